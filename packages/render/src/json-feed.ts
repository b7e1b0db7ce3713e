import { type Audio, audioAddress } from '@stet/schema/audio'
import type { Site } from '@stet/schema/revision'
import { artworkAddress, smallArtworkAddress } from './artwork.ts'
import type { PublishedEdition } from './edition.ts'
import { feedEntry } from './feed-entries.ts'
import { JSON_FEED_PATH } from './feed-paths.ts'
import { showLine } from './show-words.ts'

/** JSON Feed 1.1 with the whole text of each, and the WebSub hub that tells of changes, if there is one; `_stet` names the revision that stands. */
export const renderJsonFeed = (editions: readonly PublishedEdition[], site: Site): string => {
  const [icon, favicon] = [artworkAddress(site), smallArtworkAddress(site)]
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: site.name,
    home_page_url: `${site.url}/`,
    feed_url: `${site.url}${JSON_FEED_PATH}`,
    description: showLine(site),
    ...(icon === null ? {} : { icon, favicon }),
    ...(site.language === undefined ? {} : { language: site.language }),
    ...(site.hub === undefined ? {} : { hubs: [{ type: 'WebSub', url: site.hub }] }),
    items: editions.map((edition) => itemOf(edition, site)),
  }
  return `${JSON.stringify(feed, null, 2)}\n`
}

const itemOf = (edition: PublishedEdition, site: Site) => {
  const { id, url, title, summary, html, publishedAt, modifiedAt, authors, topics } = feedEntry(edition, site)
  const { snapshot, revision } = edition
  return {
    id,
    url,
    title,
    ...(summary === '' ? {} : { summary }),
    content_html: html,
    date_published: publishedAt,
    date_modified: modifiedAt,
    ...(authors.length === 0 ? {} : { authors: authors.map((name) => ({ name })) }),
    ...(topics.length === 0 ? {} : { tags: topics }),
    language: snapshot.language,
    ...(snapshot.audio === undefined ? {} : { attachments: [attachmentOf(snapshot.audio, site)] }),
    _stet: {
      kind: snapshot.kind,
      ...(snapshot.number === null ? {} : { number: snapshot.number }),
      ...(snapshot.date === null ? {} : { date: snapshot.date }),
      revision: revision.revision,
      sha256: revision.sha256,
    },
  }
}

const attachmentOf = (audio: Audio, site: Site) => ({
  url: new URL(audioAddress(audio), site.url).href,
  mime_type: audio.type,
  ...(audio.bytes === null ? {} : { size_in_bytes: audio.bytes }),
  ...(audio.seconds === null ? {} : { duration_in_seconds: audio.seconds }),
})
