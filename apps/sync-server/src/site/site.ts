import { createHash } from 'node:crypto'
import { renderAbout } from '@stet/render/about-page'
import { renderChanges } from '@stet/render/changes-page'
import { renderCorrections } from '@stet/render/corrections-page'
import { lastPublished } from '@stet/render/feed-entries'
import { JSON_FEED_PATH, ROBOTS_PATH, RSS_PATH, SITEMAP_PATH } from '@stet/render/feed-paths'
import { type FormatName, fileKinds, siteFile } from '@stet/render/file-kinds'
import { renderFormat } from '@stet/render/formats'
import { renderHost, renderSpeaker } from '@stet/render/gathered-pages'
import { renderHome } from '@stet/render/home'
import { renderRevisionPage } from '@stet/render/html'
import { renderJsonFeed } from '@stet/render/json-feed'
import { renderNotFound } from '@stet/render/not-found'
import { pageScript } from '@stet/render/page-script'
import { pageStyle } from '@stet/render/page-style'
import { CORRECTIONS_PATH } from '@stet/render/revision-paths'
import { renderRevisions } from '@stet/render/revisions-page'
import { renderRobots } from '@stet/render/robots'
import { renderRss } from '@stet/render/rss'
import { renderSearch } from '@stet/render/search-page'
import { ABOUT_PATH, SEARCH_PATH } from '@stet/render/site-paths'
import { renderSitemap } from '@stet/render/sitemap'
import { picturePath, renderSocialPicture } from '@stet/render/social-picture'
import { renderWithdrawn } from '@stet/render/withdrawn'
import type { Revision, RevisionFacts, Site } from '@stet/schema/revision'
import { type Context, Hono } from 'hono'
import type { Revisions } from '../revisions/revisions.ts'
import { createArchive } from './archive.ts'
import { fontAnswer } from './fonts.ts'
import { printPicture } from './print-picture.ts'
import { respond, type StaticAnswer, staticAnswer } from './static-answer.ts'

/** `isGone`: what stood there was withdrawn, and this says why. */
type SiteAnswer = { readonly answer: StaticAnswer; readonly isGone: boolean }

export type PublicSite = {
  readonly app: Hono
  /** Something was published: pages are made anew when they are next asked for. */
  readonly forget: () => void
}

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Only our own style and script, by their hashes. */
const POLICY = [
  "default-src 'none'",
  `style-src ${sourceOf(pageStyle)}`,
  `script-src ${sourceOf(pageScript)}`,
  "font-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')
const PAGE_HEADERS = { 'content-security-policy': POLICY, 'cache-control': 'no-cache' }
const FONT_HEADERS = { 'cache-control': 'public, max-age=604800' }

/** The published pages, rendered once a revision. `hub`: of WebSub, which tells readers of the feeds; null: none. */
export const createSite = (revisions: Revisions, site: () => Site, hub: string | null): PublicSite => {
  const answersByPath = new Map<string, SiteAnswer>()
  const archive = createArchive(revisions)
  const pictures = new Map<string, Promise<StaticAnswer>>()
  const app = new Hono()

  const once = (path: string, make: () => SiteAnswer | null): SiteAnswer | null => {
    const known = answersByPath.get(path)
    if (known !== undefined) return known
    const made = make()
    if (made !== null) answersByPath.set(path, made)
    return made
  }
  const html = (text: string) => staticAnswer(text, fileKinds.html.mediaType)
  const wholeOf = (listed: readonly RevisionFacts[]) =>
    listed.flatMap(({ dispatch, revision }) => revisions.get(dispatch, revision) ?? [])
  const home = () => html(renderHome(archive.shown().entries, site()))
  const about = () => html(renderAbout(archive.shown().entries, site()))
  const corrections = () => html(renderCorrections(revisions.corrected(), revisions.withdrawn(), site()))

  const feedEditions = () => wholeOf(lastPublished(revisions.newest())).map(editionOf)
  const rss = () => staticAnswer(renderRss(feedEditions(), site(), hub), 'application/rss+xml; charset=utf-8')
  const jsonFeed = () => staticAnswer(renderJsonFeed(feedEditions(), site(), hub), 'application/feed+json; charset=utf-8')
  const sitemap = () => staticAnswer(renderSitemap(archive.shown().entries, site()), 'application/xml; charset=utf-8')
  const robots = () => staticAnswer(renderRobots(site()), 'text/plain; charset=utf-8')

  const rendered = (format: FormatName) => (newest: Revision) => {
    const bytes = renderFormat(format, editionOf(newest), site())
    return bytes && staticAnswer(bytes, fileKinds[format].mediaType)
  }
  const revisionList = ({ dispatch }: Revision) => html(renderRevisions(revisions.list(dispatch), site()))
  const ofItsTime = (number: string) => (newest: Revision) => {
    const found = revisionOf(newest, number)
    return found && html(renderRevisionPage(editionOf(found), site()))
  }
  const changes = (number: string) => (newest: Revision) => {
    const after = revisionOf(newest, number)
    const before = after && revisions.get(after.dispatch, after.revision - 1)
    return before && html(renderChanges(before, after, site()))
  }
  const speaker = (slug: string) => {
    const found = archive.shown().speakerBySlug.get(slug)
    return found && { answer: html(renderSpeaker(found, site())), isGone: false }
  }
  const host = (name: string) => {
    const found = archive.shown().hostByName.get(name)
    return found && { answer: html(renderHost(found, site())), isGone: false }
  }
  const drawing = (newest: Revision) => staticAnswer(renderSocialPicture(editionOf(newest), site()), 'image/svg+xml')
  /** Known by what is drawn, so one that is printed while something is published is nobody else's. */
  const printed = (svg: StaticAnswer): Promise<StaticAnswer> => {
    const known = pictures.get(svg.etag)
    if (known !== undefined) return known
    const made = printPicture(Buffer.from(svg.bytes).toString()).then((png) => staticAnswer(png, 'image/png'))
    pictures.set(svg.etag, made)
    return made
  }
  const revisionOf = ({ dispatch }: Revision, number: string) =>
    /^[1-9]\d{0,8}$/.test(number) ? revisions.get(dispatch, Number(number)) : null
  const notFound = () => respond(staticAnswer(renderNotFound(site()), fileKinds.html.mediaType), undefined, PAGE_HEADERS, 404)

  const answer = (context: Context, make: () => SiteAnswer | null, headers: Record<string, string> = PAGE_HEADERS) => {
    const made = once(context.req.path, make)
    return made === null
      ? notFound()
      : respond(made.answer, context.req.header('if-none-match'), headers, made.isGone ? 410 : 200)
  }
  /** Something of a dispatch; where that is withdrawn, the reason stands in place of all of it. */
  const ofDispatch =
    (context: Context, make: (newest: Revision) => StaticAnswer | null): (() => SiteAnswer | null) =>
    () => {
      const newest = revisions.newestAt(`/${context.req.param('shelf')}/${context.req.param('name')}/`)
      const made = newest && make(newest)
      if (newest === null || made === null) return null
      const withdrawal = revisions.withdrawal(newest.dispatch)
      return withdrawal === null
        ? { answer: made, isGone: false }
        : { answer: html(renderWithdrawn(newest, withdrawal, site())), isGone: true }
    }

  const ofShow = {
    '/': home,
    [ABOUT_PATH]: about,
    [CORRECTIONS_PATH]: corrections,
    [RSS_PATH]: rss,
    [JSON_FEED_PATH]: jsonFeed,
    [SITEMAP_PATH]: sitemap,
    [ROBOTS_PATH]: robots,
  }
  for (const [path, make] of Object.entries(ofShow))
    app.get(path, (context) => answer(context, () => ({ answer: make(), isGone: false })))
  app.get('/speakers/:slug/', (context) => answer(context, () => speaker(context.req.param('slug')) ?? null))
  app.get('/sources/:host/', (context) => answer(context, () => host(context.req.param('host')) ?? null))
  // Not kept: there are more questions than answers to keep.
  app.get(SEARCH_PATH, async (context) => {
    const found = html(renderSearch(context.req.query('q') ?? '', await archive.texts(), site()))
    return respond(found, context.req.header('if-none-match'), PAGE_HEADERS)
  })
  app.get('/assets/fonts/:file', (context) => {
    const font = fontAnswer(context.req.param('file'))
    return font === null ? notFound() : respond(font, context.req.header('if-none-match'), FONT_HEADERS)
  })
  app.get('/:shelf{dispatches|essays}/:name', (context) =>
    revisions.newestAt(`${context.req.path}/`) === null ? notFound() : context.redirect(`${context.req.path}/`, 308),
  )
  app.get('/:shelf{dispatches|essays}/:name/', (context) => answer(context, ofDispatch(context, rendered('html'))))
  app.get('/:shelf{dispatches|essays}/:name/revisions/', (context) => answer(context, ofDispatch(context, revisionList)))
  app.get('/:shelf{dispatches|essays}/:name/revisions/:revision/', (context) =>
    answer(context, ofDispatch(context, ofItsTime(context.req.param('revision')))),
  )
  app.get('/:shelf{dispatches|essays}/:name/revisions/:revision/changes/', (context) =>
    answer(context, ofDispatch(context, changes(context.req.param('revision')))),
  )
  app.get(picturePath('/:shelf{dispatches|essays}/:name/'), async (context) => {
    const drawn = once(context.req.path, ofDispatch(context, drawing))
    if (drawn === null || drawn.isGone) return answer(context, () => drawn)
    return respond(await printed(drawn.answer), context.req.header('if-none-match'), PAGE_HEADERS)
  })
  app.get('/:shelf{dispatches|essays}/:name/:file', (context) => {
    const { shelf, name, file } = context.req.param()
    const format = formatOf(`/${shelf}/${name}/`, file)
    return format === null ? notFound() : answer(context, ofDispatch(context, rendered(format)), headersOf(format))
  })
  app.notFound(notFound)
  const forget = () => {
    answersByPath.clear()
    pictures.clear()
    archive.forget()
  }
  return { app, forget }
}

const editionOf = ({ snapshot, ...revision }: Revision) => ({ snapshot, revision })

/** `/dispatches/008/` is the page; beside it lie `008.md`, `008.vtt` and the others. */
const formatOf = (folder: string, file: string): FormatName | null =>
  (Object.keys(fileKinds) as FormatName[]).find(
    (format) => siteFile(folder, fileKinds[format]) === `${folder.slice(1)}${file}`,
  ) ?? null

/** Players on other sites fetch these themselves. */
const PLAYED: readonly FormatName[] = ['vtt', 'srt', 'transcript', 'chapters']

const headersOf = (format: FormatName): Record<string, string> =>
  PLAYED.includes(format) ? { ...PAGE_HEADERS, 'access-control-allow-origin': '*' } : PAGE_HEADERS
