import { titleSlug } from '@stet/schema/address'
import type { RevisionFacts } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'
import { formatNumber } from '@stet/schema/timeline'
import { hasChapters } from './chapters-json.ts'
import { hasTranscript } from './spoken-turns.ts'

export type FileKind = {
  /** As people call it. */
  readonly name: string
  readonly extension: string
  readonly mediaType: string
  /** What a dispatch or essay must have for there to be such a file of it. */
  readonly needs: 'transcript' | 'chapters' | 'sources' | null
}

/** Every form a dispatch or essay can be had in, in the order in which a page lists them. */
export const fileKinds = {
  html: { name: 'Page', extension: 'html', mediaType: 'text/html; charset=utf-8', needs: null },
  text: { name: 'Text', extension: 'txt', mediaType: 'text/plain; charset=utf-8', needs: null },
  md: { name: 'Markdown', extension: 'md', mediaType: 'text/markdown; charset=utf-8', needs: null },
  json: { name: 'JSON', extension: 'json', mediaType: 'application/json', needs: null },
  vtt: { name: 'WebVTT', extension: 'vtt', mediaType: 'text/vtt; charset=utf-8', needs: 'transcript' },
  srt: { name: 'SubRip', extension: 'srt', mediaType: 'application/x-subrip; charset=utf-8', needs: 'transcript' },
  transcript: { name: 'Podcast transcript', extension: 'transcript.json', mediaType: 'application/json', needs: 'transcript' },
  chapters: { name: 'Chapters', extension: 'chapters.json', mediaType: 'application/json+chapters', needs: 'chapters' },
  csl: { name: 'CSL-JSON', extension: 'csl.json', mediaType: 'application/vnd.citationstyles.csl+json', needs: 'sources' },
  bib: { name: 'BibTeX', extension: 'bib', mediaType: 'application/x-bibtex; charset=utf-8', needs: 'sources' },
  csv: { name: 'CSV', extension: 'csv', mediaType: 'text/csv; charset=utf-8; header=present', needs: 'sources' },
  zip: { name: 'All files', extension: 'zip', mediaType: 'application/zip', needs: null },
} as const satisfies Record<string, FileKind>

export type FormatName = keyof typeof fileKinds

export const isFormatName = (name: string): name is FormatName => Object.hasOwn(fileKinds, name)

/** The forms that a dispatch or essay has. */
export const formatsOf = (snapshot: Snapshot): FormatName[] =>
  (Object.keys(fileKinds) as FormatName[]).filter((name) => hasFormat(snapshot, name))

export const hasFormat = (snapshot: Snapshot, name: FormatName): boolean => {
  switch (fileKinds[name].needs) {
    case 'transcript':
      return hasTranscript(snapshot)
    case 'chapters':
      return hasChapters(snapshot)
    case 'sources':
      return snapshot.sources.length > 0
    case null:
      return true
  }
}

/**
 * Where a form of a revision lies, from the root of the site: the page is the folder's index, the others stand beside it
 * under the folder's name. `/dispatches/008/` as Markdown is `dispatches/008/008.md`.
 */
export const siteFile = (revisionPath: string, kind: FileKind): string => {
  const folder = revisionPath.replace(/^\/|\/$/g, '')
  return `${folder}/${fileName(folder.slice(folder.lastIndexOf('/') + 1), kind)}`
}

/** `index.html`, `008.md` */
export const fileName = (stem: string, { extension }: FileKind): string =>
  extension === fileKinds.html.extension ? 'index.html' : `${stem}.${extension}`

/** What its files are called by: the last step of its path; of a draft, what that would be. */
export const stemOf = (snapshot: Snapshot, revision: RevisionFacts | null): string => {
  if (revision !== null) return revision.path.split('/')[2] ?? ''
  const { kind, number, title } = snapshot
  return (kind === 'dispatch' && number !== null ? formatNumber(number) : titleSlug(title)) || 'untitled'
}
