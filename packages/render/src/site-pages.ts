import type { Revision, RevisionFacts, Site } from '@stet/schema/revision'
import { renderAbout } from './about-page.ts'
import { hostsOf, newestFirst, speakersOf } from './archive-entry.ts'
import { renderChanges } from './changes-page.ts'
import { renderCorrections } from './corrections-page.ts'
import { lastPublished, PODCAST_LENGTH } from './feed-entries.ts'
import { JSON_FEED_PATH, PODCAST_PATH, ROBOTS_PATH, RSS_PATH, SITEMAP_PATH } from './feed-paths.ts'
import { type FormatName, fileKinds, formatsOf, siteFile } from './file-kinds.ts'
import { formsOf } from './formats.ts'
import { renderHost, renderSpeaker } from './gathered-pages.ts'
import { renderHome } from './home.ts'
import { renderRevisionPage } from './html.ts'
import { renderJsonFeed } from './json-feed.ts'
import { renderNotFound } from './not-found.ts'
import { renderPodcastFeed } from './podcast-feed.ts'
import { correctedIn, type PublicRecord, type Standing, shownIn, withdrawnIn } from './public-record.ts'
import { CORRECTIONS_PATH, changesPath, revisionPath, revisionsPath } from './revision-paths.ts'
import { renderRevisions } from './revisions-page.ts'
import { renderRobots } from './robots.ts'
import { renderRss } from './rss.ts'
import { renderSearchIndex } from './search-index.ts'
import { renderSearch } from './search-page.ts'
import { ABOUT_PATH, hostPath, SEARCH_INDEX_PATH, SEARCH_PATH, speakerPath } from './site-paths.ts'
import { renderSitemap } from './sitemap.ts'
import { picturePath, renderSocialPicture } from './social-picture.ts'
import { renderWithdrawn } from './withdrawn.ts'

/**
 * One public address and what stands there. The server answers with it and the bot exports it: a page that is added to `showPages` or
 * `dispatchPages` is in both.
 */
export type SitePage = {
  /** From the root of the site; one that ends with `/` is a page. */
  readonly path: string
  readonly mediaType: string
  /** 410: the reason why it was taken back stands there. */
  readonly status: 200 | 404 | 410
  /** Of one revision: it says the same for as long as it stands. */
  readonly isLasting: boolean
  /** Players on other sites fetch it themselves. */
  readonly isOpen: boolean
  readonly render: () => string | Uint8Array
}

/** Makes PNG of an SVG drawing. It takes what only a machine of our own has. */
export type PrintPicture = (svg: string) => Uint8Array

/** The page at one address, which may name the file it lies in; null where there is none. */
export const sitePageAt = (record: PublicRecord, address: string, site: Site, print: PrintPicture): SitePage | null => {
  const path = address.replace(/\/index\.html$/, '/')
  const folder = /^\/(dispatches|essays)\/[^/]+\//.exec(path)?.[0]
  const standing = folder === undefined ? null : record.at(folder)
  if (folder !== undefined && standing === null) return null
  const pages = standing === null ? showPages(record, site) : dispatchPages(record, standing, site, print)
  return pages.find((page) => page.path === path) ?? null
}

/** Where a page lies in a folder of the site. What was taken back stands there as a page alone: a file cannot give the reason. */
export const fileOf = ({ path, status }: SitePage): string | null => {
  if (path.endsWith('/')) return `${decodeURIComponent(path.slice(1))}index.html`
  return status === 410 ? null : path.slice(1)
}

/** Pages of the show as a whole: they change with everything that is published. */
export const showPages = (record: PublicRecord, site: Site): SitePage[] => {
  const wholeOf = (listed: readonly RevisionFacts[]) =>
    listed.map(({ dispatch, revision }) => editionOf(record.get(dispatch, revision)))
  const feedEditions = () => wholeOf(lastPublished(shownIn(record)))
  const entries = newestFirst(record.entries())
  const spoken = new Set(entries.flatMap(({ path, hasAudio }) => (hasAudio ? [path] : [])))
  const episodes = () =>
    wholeOf(
      lastPublished(
        shownIn(record).filter(({ path }) => spoken.has(path)),
        PODCAST_LENGTH,
      ),
    )
  return [
    page('/', () => renderHome(entries, site)),
    page(ABOUT_PATH, () => renderAbout(entries, site)),
    ...speakersOf(entries).map((speaker) => page(speakerPath(speaker.slug), () => renderSpeaker(speaker, site))),
    ...hostsOf(entries).map((host) => page(hostPath(host.host), () => renderHost(host, site))),
    // As it stands before anything is asked; a server answers what is.
    page(SEARCH_PATH, () => renderSearch('', [], site)),
    file(SEARCH_INDEX_PATH, 'application/json', () => renderSearchIndex(entries)),
    page(CORRECTIONS_PATH, () => renderCorrections(correctedIn(record), withdrawnIn(record), site)),
    file(RSS_PATH, 'application/rss+xml; charset=utf-8', () => renderRss(feedEditions(), site)),
    file(JSON_FEED_PATH, 'application/feed+json; charset=utf-8', () => renderJsonFeed(feedEditions(), site)),
    file(PODCAST_PATH, 'application/rss+xml; charset=utf-8', () => renderPodcastFeed(episodes(), site)),
    file(SITEMAP_PATH, 'application/xml; charset=utf-8', () => renderSitemap(entries, site)),
    file(ROBOTS_PATH, 'text/plain; charset=utf-8', () => renderRobots(site)),
    // Where static hosts look for it.
    { ...page('/404.html', () => renderNotFound(site)), status: 404 },
  ]
}

/** All that stands below the address of one dispatch or essay. Of what is withdrawn: the reason, at each of its addresses. */
export const dispatchPages = (
  record: PublicRecord,
  { newest, withdrawal }: Standing,
  site: Site,
  print: PrintPicture,
): SitePage[] => {
  const pages = revisionPages(record, newest, site)
  if (withdrawal !== null) {
    const forms = (Object.keys(fileKinds) as FormatName[]).map((format) => addressOf(newest.path, format))
    return [...forms, picturePath(newest.path), ...pages.map(({ path }) => path)].map((path) =>
      tombstone(newest, withdrawal, path, site),
    )
  }
  const whole = record.get(newest.dispatch, newest.revision)
  const picture = file(picturePath(newest.path), 'image/png', () => print(renderSocialPicture(editionOf(whole), site)))
  return [...formPages(whole, site), picture, ...pages]
}

const formPages = (whole: Revision, site: Site): SitePage[] => {
  const forms = formsOf(editionOf(whole), site)
  return formatsOf(whole.snapshot).map((format) => ({
    ...file(addressOf(whole.path, format), fileKinds[format].mediaType, () => forms.bytes(format)),
    isOpen: PLAYED.includes(format),
  }))
}

const addressOf = (path: string, format: FormatName): string =>
  format === 'html' ? path : `/${siteFile(path, fileKinds[format])}`

const PLAYED: readonly FormatName[] = ['vtt', 'srt', 'transcript', 'chapters']

const revisionPages = (record: PublicRecord, { dispatch, path }: RevisionFacts, site: Site): SitePage[] => {
  const listed = record.list(dispatch)
  const whole = (revision: number) => record.get(dispatch, revision)
  return [
    page(revisionsPath(path), () => renderRevisions(listed, site)),
    ...listed.flatMap(({ revision }) => [
      lasting(revisionPath(path, revision), () => renderRevisionPage(editionOf(whole(revision)), site)),
      ...(revision === 1
        ? []
        : [lasting(changesPath(path, revision), () => renderChanges(whole(revision - 1), whole(revision), site))]),
    ]),
  ]
}

const tombstone = (
  newest: RevisionFacts,
  withdrawal: NonNullable<Standing['withdrawal']>,
  path: string,
  site: Site,
): SitePage => ({
  ...page(path, () => renderWithdrawn(newest, withdrawal, site)),
  status: 410,
})

const file = (path: string, mediaType: string, render: SitePage['render']): SitePage => ({
  path,
  mediaType,
  status: 200,
  isLasting: false,
  isOpen: false,
  render,
})
const page = (path: string, render: SitePage['render']): SitePage => file(path, fileKinds.html.mediaType, render)
const lasting = (path: string, render: SitePage['render']): SitePage => ({ ...page(path, render), isLasting: true })

const editionOf = ({ snapshot, ...revision }: Revision) => ({ snapshot, revision })
