import type { RevisionFacts, Site } from '@stet/schema/revision'
import type { PublishedEdition } from './edition.ts'
import { feedContent } from './feed-content.ts'
import { firstPublishedAt } from './first-published.ts'
import { authorsOf, descriptionOf } from './masthead.ts'

/** What a feed says of one dispatch or essay, in whatever notation. */
export type FeedEntry = {
  /** The dispatch's own id: the same for ever, whatever becomes of title, number or the show's address. */
  readonly id: string
  readonly url: string
  readonly title: string
  readonly summary: string
  readonly html: string
  /** Of the first revision. */
  readonly publishedAt: string
  /** Of the revision that stands. */
  readonly modifiedAt: string
  readonly authors: readonly string[]
  readonly topics: readonly string[]
  readonly edition: PublishedEdition
}

/**
 * As many as a reader that comes by now and then needs; the site map has all. Each is there whole, up to 200 kB of it for an
 * hour of talk, and all of them are printed at once whenever something is published.
 */
export const FEED_LENGTH = 10

/** An item of the podcast is small: it names its files and holds none of the text. */
export const PODCAST_LENGTH = 100

/** Those that a feed holds: the last published. A revision brings an old one back in, so its readers learn what was put right. */
export const lastPublished = <Facts extends Pick<RevisionFacts, 'publishedAt' | 'path'>>(
  revisions: readonly Facts[],
  length = FEED_LENGTH,
): Facts[] => [...revisions].sort((a, b) => compare(b.publishedAt, a.publishedAt) || compare(a.path, b.path)).slice(0, length)

export const feedEntry = (edition: PublishedEdition, site: Site): FeedEntry => {
  const { snapshot, revision } = edition
  return {
    id: snapshot.id,
    url: `${site.url}${revision.path}`,
    title: snapshot.title === '' ? 'Untitled' : snapshot.title,
    summary: descriptionOf(snapshot),
    html: feedContent(edition, site),
    publishedAt: firstPublishedAt(revision),
    modifiedAt: revision.publishedAt,
    authors: authorsOf(snapshot),
    topics: snapshot.topics,
    edition,
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
