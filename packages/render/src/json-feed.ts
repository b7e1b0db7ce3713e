import type { Site } from '@stet/schema/revision'
import type { PublishedEdition } from './edition.ts'
import { feedEntry } from './feed-entries.ts'
import { JSON_FEED_PATH } from './feed-paths.ts'

/** JSON Feed 1.1 with the whole text of each, and the WebSub hub that tells of changes, if there is one; `_stet` names the revision that stands. */
export const renderJsonFeed = (editions: readonly PublishedEdition[], site: Site, hub: string | null = null): string => {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: site.name,
    home_page_url: `${site.url}/`,
    feed_url: `${site.url}${JSON_FEED_PATH}`,
    description: `Dispatches and essays from ${site.name}.`,
    ...(hub === null ? {} : { hubs: [{ type: 'WebSub', url: hub }] }),
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
    _stet: {
      kind: snapshot.kind,
      ...(snapshot.number === null ? {} : { number: snapshot.number }),
      ...(snapshot.date === null ? {} : { date: snapshot.date }),
      revision: revision.revision,
      sha256: revision.sha256,
    },
  }
}
