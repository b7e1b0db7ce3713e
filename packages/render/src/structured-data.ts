import { type Audio, audioAddress } from '@stet/schema/audio'
import { followableUrl } from '@stet/schema/link'
import type { Published, Site } from '@stet/schema/revision'
import { type Snapshot, type Source, spokenText } from '@stet/schema/snapshot'
import { timelineOf } from '@stet/schema/timeline'
import { anchorsOf } from './anchors.ts'
import { artworkAddress } from './artwork.ts'
import type { StructuredData } from './chrome.ts'
import { isoDuration } from './clock-element.ts'
import { type Corrected, correctionsOf } from './corrections.ts'
import { fileKinds, hasFormat, siteFile } from './file-kinds.ts'
import { firstPublishedAt } from './first-published.ts'
import { authorsOf, descriptionOf } from './masthead.ts'

/** What stands on the page of a dispatch or an essay, in the words of schema.org. */
export const structuredData = (snapshot: Snapshot, revision: Published, site: Site): StructuredData => {
  const url = `${site.url}${revision.path}`
  const shared = {
    url,
    mainEntityOfPage: url,
    description: descriptionOf(snapshot),
    inLanguage: snapshot.language,
    datePublished: firstPublishedAt(revision),
    dateModified: revision.publishedAt,
    keywords: snapshot.topics,
    publisher: { '@type': 'Organization', name: site.name, url: `${site.url}/`, ...pictureOf(site, 'logo') },
    citation: snapshot.sources.map(citationOf),
    correction: correctionsOf(revision).map(correctionOf),
  }
  return snapshot.kind === 'dispatch' ? episodeOf(snapshot, revision, url, site, shared) : articleOf(snapshot, shared)
}

/** The show as a whole, for its front page. */
export const seriesData = (site: Site): StructuredData => ({
  '@type': 'PodcastSeries',
  name: site.name,
  url: `${site.url}/`,
  ...pictureOf(site, 'image'),
})

const pictureOf = (site: Site, property: 'image' | 'logo') => {
  const url = artworkAddress(site)
  const pixels = site.artwork?.pixels
  return url === null ? {} : { [property]: { '@type': 'ImageObject', url, width: pixels, height: pixels } }
}

/** The length of a recording is its duration; while there is none, that of the words is how long they take. */
const episodeOf = (snapshot: Snapshot, revision: Published, url: string, site: Site, shared: object): StructuredData => {
  const ends = [...timelineOf(snapshot).values()].map(({ start, length }) => start + length)
  return {
    '@type': 'PodcastEpisode',
    name: snapshot.title,
    ...(snapshot.number === null ? {} : { episodeNumber: snapshot.number }),
    ...(snapshot.date === null ? {} : { dateCreated: snapshot.date }),
    ...shared,
    ...(snapshot.audio === undefined
      ? { timeRequired: isoDuration(Math.round(Math.max(0, ...ends))) }
      : recordingOf(snapshot.audio, revision, snapshot, site)),
    partOfSeries: seriesData(site),
    author: authorsOf(snapshot).map((name) => ({ '@type': 'Person', name })),
    hasPart: clipsOf(snapshot, url),
  }
}

const recordingOf = (audio: Audio, revision: Published, snapshot: Snapshot, site: Site) => {
  const duration = audio.seconds === null ? {} : { duration: isoDuration(audio.seconds) }
  return {
    ...duration,
    associatedMedia: {
      '@type': 'AudioObject',
      contentUrl: new URL(audioAddress(audio), site.url).href,
      encodingFormat: audio.type,
      ...duration,
      ...(audio.bytes === null ? {} : { contentSize: String(audio.bytes) }),
      ...(hasFormat(snapshot, 'vtt') ? { transcript: `${site.url}/${siteFile(revision.path, fileKinds.vtt)}` } : {}),
    },
  }
}

const articleOf = (snapshot: Snapshot, shared: object): StructuredData => ({
  '@type': 'NewsArticle',
  headline: snapshot.title,
  ...shared,
  author: snapshot.byline === null ? [] : [writerOf(snapshot.byline)],
})

const writerOf = ({ handle, role }: NonNullable<Snapshot['byline']>) => ({
  '@type': 'Person',
  name: handle === '' ? role : handle,
  ...(role === '' ? {} : { jobTitle: role }),
})

/** Chapters as parts of the whole, each by its place on the page. */
const clipsOf = (snapshot: Snapshot, url: string) => {
  const anchors = anchorsOf(snapshot.body)
  const timeline = timelineOf(snapshot)
  return snapshot.body.flatMap(({ kind, id, content }) => {
    const timing = timeline.get(id)
    if (kind !== 'chapter' || content.length === 0 || timing === undefined) return []
    return [
      {
        '@type': 'Clip',
        name: spokenText(content),
        url: `${url}#${anchors.get(id) ?? ''}`,
        startOffset: timing.start,
        endOffset: timing.start + timing.length,
      },
    ]
  })
}

const citationOf = ({ title, publisher, url }: Source) => {
  const address = followableUrl(url)
  return {
    '@type': 'CreativeWork',
    name: title,
    ...(publisher === '' ? {} : { publisher: { '@type': 'Organization', name: publisher } }),
    ...(address === null ? {} : { url: address }),
  }
}

const correctionOf = ({ publishedAt, correction: { wrong, stands } }: Corrected) => ({
  '@type': 'CorrectionComment',
  datePublished: publishedAt,
  text: `${wrong} ${stands}`,
})
