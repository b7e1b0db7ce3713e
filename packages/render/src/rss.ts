import type { Site } from '@stet/schema/revision'
import type { Element } from 'xast'
import { x } from 'xastscript'
import { smallArtworkAddress } from './artwork.ts'
import type { PublishedEdition } from './edition.ts'
import { rfc2822 } from './feed-dates.ts'
import { type FeedEntry, feedEntry } from './feed-entries.ts'
import { RSS_PATH } from './feed-paths.ts'
import { printXml } from './print-xml.ts'
import { showLine } from './show-words.ts'

/** RSS 2.0 with the whole text of each, and the WebSub hub that tells of changes, if there is one. For reading: the podcast has a feed of its own. */
export const renderRss = (editions: readonly PublishedEdition[], site: Site): string => {
  const entries = editions.map((edition) => feedEntry(edition, site))
  const builtAt = entries
    .map(({ modifiedAt }) => modifiedAt)
    .sort()
    .at(-1)
  const image = smallArtworkAddress(site)
  return printXml(
    x('rss', NAMESPACES, [
      x('channel', [
        x('title', site.name),
        x('link', `${site.url}/`),
        x('atom:link', { rel: 'self', type: 'application/rss+xml', href: `${site.url}${RSS_PATH}` }),
        ...(site.hub === undefined ? [] : [x('atom:link', { rel: 'hub', href: site.hub })]),
        x('description', showLine(site)),
        ...(site.language === undefined ? [] : [x('language', site.language)]),
        ...(site.licence === undefined ? [] : [x('copyright', site.licence)]),
        ...(image === null ? [] : [imageElement(image, site)]),
        ...(builtAt === undefined ? [] : [x('lastBuildDate', rfc2822(builtAt))]),
        ...entries.map(itemElement),
      ]),
    ]),
  )
}

/** The picture of a channel; readers expect its title and link to be those of the channel. */
export const imageElement = (url: string, site: Site): Element =>
  x('image', [x('url', url), x('title', site.name), x('link', `${site.url}/`)])

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
