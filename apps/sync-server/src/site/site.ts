import { createHash } from 'node:crypto'
import { renderChanges } from '@stet/render/changes-page'
import { renderCorrections } from '@stet/render/corrections-page'
import { lastPublished } from '@stet/render/feed-entries'
import { JSON_FEED_PATH, ROBOTS_PATH, RSS_PATH, SITEMAP_PATH } from '@stet/render/feed-paths'
import { type FormatName, fileKinds, siteFile } from '@stet/render/file-kinds'
import { renderFormat } from '@stet/render/formats'
import { renderHome } from '@stet/render/home'
import { renderRevisionPage } from '@stet/render/html'
import { renderJsonFeed } from '@stet/render/json-feed'
import { renderNotFound } from '@stet/render/not-found'
import { pageStyle } from '@stet/render/page-style'
import { CORRECTIONS_PATH } from '@stet/render/revision-paths'
import { renderRevisions } from '@stet/render/revisions-page'
import { renderRobots } from '@stet/render/robots'
import { renderRss } from '@stet/render/rss'
import { renderSitemap } from '@stet/render/sitemap'
import { renderWithdrawn } from '@stet/render/withdrawn'
import type { Revision, RevisionFacts, Site } from '@stet/schema/revision'
import { type Context, Hono } from 'hono'
import type { Revisions } from '../revisions/revisions.ts'
import { fontAnswer } from './fonts.ts'
import { respond, type StaticAnswer, staticAnswer } from './static-answer.ts'

/** `isGone`: what stood there was withdrawn, and this says why. */
type SiteAnswer = { readonly answer: StaticAnswer; readonly isGone: boolean }

export type PublicSite = {
  readonly app: Hono
  /** Something was published: pages are made anew when they are next asked for. */
  readonly forget: () => void
}

/** Only our own style, by its hash; pages have no scripts. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'`,
  "font-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
const PAGE_HEADERS = { 'content-security-policy': POLICY, 'cache-control': 'no-cache' }
const FONT_HEADERS = { 'cache-control': 'public, max-age=604800' }

/** The published pages, rendered once a revision. `hub`: of WebSub, which tells readers of the feeds; null: none. */
export const createSite = (revisions: Revisions, site: () => Site, hub: string | null): PublicSite => {
  const answersByPath = new Map<string, SiteAnswer>()
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
  const home = () =>
    html(
      renderHome(
        wholeOf(revisions.newest()).map(({ snapshot, ...facts }) => ({ facts, snapshot })),
        site(),
      ),
    )
  const corrections = () => html(renderCorrections(revisions.corrected(), revisions.withdrawn(), site()))

  const feedEditions = () => wholeOf(lastPublished(revisions.newest())).map(editionOf)
  const rss = () => staticAnswer(renderRss(feedEditions(), site(), hub), 'application/rss+xml; charset=utf-8')
  const jsonFeed = () => staticAnswer(renderJsonFeed(feedEditions(), site(), hub), 'application/feed+json; charset=utf-8')
  const sitemap = () => staticAnswer(renderSitemap(revisions.newest(), site()), 'application/xml; charset=utf-8')
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
  const ofDispatch = (
    context: Context,
    make: (newest: Revision) => StaticAnswer | null,
    headers: Record<string, string> = PAGE_HEADERS,
  ) =>
    answer(
      context,
      () => {
        const newest = revisions.newestAt(`/${context.req.param('shelf')}/${context.req.param('name')}/`)
        const made = newest && make(newest)
        if (newest === null || made === null) return null
        const withdrawal = revisions.withdrawal(newest.dispatch)
        return withdrawal === null
          ? { answer: made, isGone: false }
          : { answer: html(renderWithdrawn(newest, withdrawal, site())), isGone: true }
      },
      headers,
    )

  const ofShow = {
    '/': home,
    [CORRECTIONS_PATH]: corrections,
    [RSS_PATH]: rss,
    [JSON_FEED_PATH]: jsonFeed,
    [SITEMAP_PATH]: sitemap,
    [ROBOTS_PATH]: robots,
  }
  for (const [path, make] of Object.entries(ofShow))
    app.get(path, (context) => answer(context, () => ({ answer: make(), isGone: false })))
  app.get('/assets/fonts/:file', (context) => {
    const font = fontAnswer(context.req.param('file'))
    return font === null ? notFound() : respond(font, context.req.header('if-none-match'), FONT_HEADERS)
  })
  app.get('/:shelf{dispatches|essays}/:name', (context) =>
    revisions.newestAt(`${context.req.path}/`) === null ? notFound() : context.redirect(`${context.req.path}/`, 308),
  )
  app.get('/:shelf{dispatches|essays}/:name/', (context) => ofDispatch(context, rendered('html')))
  app.get('/:shelf{dispatches|essays}/:name/revisions/', (context) => ofDispatch(context, revisionList))
  app.get('/:shelf{dispatches|essays}/:name/revisions/:revision/', (context) =>
    ofDispatch(context, ofItsTime(context.req.param('revision'))),
  )
  app.get('/:shelf{dispatches|essays}/:name/revisions/:revision/changes/', (context) =>
    ofDispatch(context, changes(context.req.param('revision'))),
  )
  app.get('/:shelf{dispatches|essays}/:name/:file', (context) => {
    const { shelf, name, file } = context.req.param()
    const format = formatOf(`/${shelf}/${name}/`, file)
    return format === null ? notFound() : ofDispatch(context, rendered(format), headersOf(format))
  })
  app.notFound(notFound)
  return { app, forget: () => answersByPath.clear() }
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
