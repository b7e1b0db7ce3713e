import type { Site } from '@stet/schema/revision'
import type { Element } from 'xast'
import { x } from 'xastscript'
import type { PublishedEdition } from './edition.ts'
import { type FeedEntry, feedEntry } from './feed-entries.ts'
import { RSS_PATH } from './feed-paths.ts'
import { printXml } from './print-xml.ts'

/** RSS 2.0 with the whole text of each, and the WebSub hub that tells of changes, if there is one. A dispatch without a recording has no enclosure, so this is no podcast. */
export const renderRss = (editions: readonly PublishedEdition[], site: Site, hub: string | null = null): string => {
  const entries = editions.map((edition) => feedEntry(edition, site))
  const builtAt = entries
    .map(({ modifiedAt }) => modifiedAt)
    .sort()
    .at(-1)
  return printXml(
    x('rss', NAMESPACES, [
      x('channel', [
        x('title', site.name),
        x('link', `${site.url}/`),
        x('atom:link', { rel: 'self', type: 'application/rss+xml', href: `${site.url}${RSS_PATH}` }),
        ...(hub === null ? [] : [x('atom:link', { rel: 'hub', href: hub })]),
        x('description', `Dispatches and essays from ${site.name}.`),
        ...(builtAt === undefined ? [] : [x('lastBuildDate', rfc2822(builtAt))]),
        ...entries.map(itemElement),
      ]),
    ]),
  )
}

const NAMESPACES = {
  version: '2.0',
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
}

const itemElement = (entry: FeedEntry): Element =>
  x('item', [
    x('title', entry.title),
    x('link', entry.url),
    x('guid', { isPermaLink: 'false' }, entry.id),
    x('pubDate', rfc2822(entry.publishedAt)),
    ...entry.authors.map((name) => x('dc:creator', name)),
    ...entry.topics.map((topic) => x('category', topic)),
    ...(entry.summary === '' ? [] : [x('description', entry.summary)]),
    x('content:encoded', entry.html),
  ])

/** `Sun, 12 Apr 2026 08:30:00 GMT`: this one form of a date is the same on every machine, by the language's own definition. */
const rfc2822 = (at: string): string => new Date(at).toUTCString()
