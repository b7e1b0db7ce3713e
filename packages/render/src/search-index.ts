import { type ArchiveEntry, newestFirst } from './archive-entry.ts'

/**
 * What the search page looks through where no server answers it: of each dispatch its title, what it is about, who speaks and what it
 * cites. The words of scripts are not in it, so that it stays small however much is published.
 */
export type IndexedEntry = {
  readonly path: string
  readonly title: string
  readonly designation: string
  readonly blurb: string
  /** Speakers and sources. */
  readonly names: string
}

/** The newest first. */
export const renderSearchIndex = (entries: readonly ArchiveEntry[]): string =>
  `${JSON.stringify(newestFirst(entries).map(indexed))}\n`

const indexed = ({ path, title, designation, blurb, byline, speakers, sources }: ArchiveEntry): IndexedEntry => ({
  path,
  title,
  designation,
  blurb,
  names: [
    ...new Set([byline, ...speakers.map(({ name }) => name), ...sources.map((source) => `${source.title} ${source.host}`)]),
  ].join('\n'),
})
