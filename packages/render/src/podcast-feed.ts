import { audioAddress } from '@stet/schema/audio'
import type { Site } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'
import type { Element } from 'xast'
import { x } from 'xastscript'
import { artworkAddress } from './artwork.ts'
import type { PublishedEdition } from './edition.ts'
import { rfc2822 } from './feed-dates.ts'
import { PODCAST_PATH } from './feed-paths.ts'
import { type FormatName, fileKinds, hasFormat, siteFile } from './file-kinds.ts'
import { firstPublishedAt } from './first-published.ts'
import { descriptionOf } from './masthead.ts'
import { podcastGuid } from './podcast-guid.ts'
import { printXml } from './print-xml.ts'
import { imageElement } from './rss.ts'
import { showLine } from './show-words.ts'

/** RSS 2.0 for podcast players, with what Apple and the Podcasting 2.0 namespace ask for. Only what has a recording is an episode. */
export const renderPodcastFeed = (editions: readonly PublishedEdition[], site: Site): string => {
  const feed = `${site.url}${PODCAST_PATH}`
  const { category = 'News', isExplicit = false } = site.podcast ?? {}
  const image = artworkAddress(site)
  return printXml(
    x('rss', NAMESPACES, [
      x('channel', [
        x('title', site.name),
        x('link', `${site.url}/`),
        x('atom:link', { rel: 'self', type: 'application/rss+xml', href: feed }),
        x('description', showLine(site)),
        x('language', site.language ?? editions[0]?.snapshot.language ?? 'en'),
        ...(site.licence === undefined ? [] : [x('copyright', site.licence), x('podcast:license', site.licence)]),
        ...(site.aiNote === undefined ? [] : [x('podcast:txt', { purpose: 'ai-content' }, site.aiNote)]),
        x('itunes:author', site.name),
        x('itunes:type', 'episodic'),
        x('itunes:category', { text: category }),
        x('itunes:explicit', String(isExplicit)),
        ...(image === null ? [] : [x('itunes:image', { href: image }), imageElement(image, site)]),
        x('podcast:guid', podcastGuid(feed)),
        x('podcast:medium', 'podcast'),
        ...editions.flatMap((edition) => itemElement(edition, site)),
      ]),
    ]),
  )
}

const NAMESPACES = {
  version: '2.0',
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:itunes': 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  'xmlns:podcast': 'https://podcastindex.org/namespace/1.0',
}

const itemElement = ({ snapshot, revision }: PublishedEdition, site: Site): Element[] => {
  const { audio } = snapshot
  if (audio === undefined) return []
  const summary = descriptionOf(snapshot)
  const file = (format: FormatName) => `${site.url}/${siteFile(revision.path, fileKinds[format])}`
  return [
    x('item', [
      x('title', snapshot.title === '' ? 'Untitled' : snapshot.title),
      x('link', `${site.url}${revision.path}`),
      x('guid', { isPermaLink: 'false' }, snapshot.id),
      x('pubDate', rfc2822(firstPublishedAt(revision))),
      ...(summary === '' ? [] : [x('description', summary)]),
      // Where nobody knows how long it is, players expect a 0.
      x('enclosure', {
        url: new URL(audioAddress(audio), site.url).href,
        length: String(audio.bytes ?? 0),
        type: audio.type,
      }),
      ...(audio.seconds === null ? [] : [x('itunes:duration', String(audio.seconds))]),
      x('itunes:episodeType', 'full'),
      ...(snapshot.number === null
        ? []
        : [x('itunes:episode', String(snapshot.number)), x('podcast:episode', String(snapshot.number))]),
      ...(['vtt', 'srt', 'transcript'] as const)
        .filter((format) => hasFormat(snapshot, format))
        .map((format) => x('podcast:transcript', { url: file(format), type: bareType(format), language: snapshot.language })),
      ...(hasFormat(snapshot, 'chapters') ? [x('podcast:chapters', { url: file('chapters'), type: bareType('chapters') })] : []),
      ...personElements(snapshot),
    ]),
  ]
}

/** Players compare types letter by letter, without a charset. */
const bareType = (format: FormatName): string => fileKinds[format].mediaType.split(';')[0] ?? ''

const LONGEST_NAME = 128

const personElements = ({ speakers }: Snapshot): Element[] =>
  speakers.filter(({ name }) => name !== '').map(({ name }) => x('podcast:person', { role: 'host' }, name.slice(0, LONGEST_NAME)))
