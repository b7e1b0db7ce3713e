import { createHash } from 'node:crypto'
import { type Format, formats, siteFile } from '@stet/render/formats'
import { renderChanges } from '@stet/render/changes-page'
import { renderCorrections } from '@stet/render/corrections-page'
import { renderHome } from '@stet/render/home'
import { renderRevisionPage } from '@stet/render/html'
import { renderNotFound } from '@stet/render/not-found'
import { pageStyle } from '@stet/render/page-style'
import { CORRECTIONS_PATH } from '@stet/render/revision-paths'
import { renderRevisions } from '@stet/render/revisions-page'
import type { Site } from '@stet/schema/revision'
import { type Context, Hono } from 'hono'
import type { Revisions } from '../revisions/revisions.ts'
import { fontAnswer } from './fonts.ts'
import { respond, type StaticAnswer, staticAnswer } from './static-answer.ts'

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

/** The published pages, rendered once a revision. */
export const createSite = (revisions: Revisions, site: () => Site): PublicSite => {
  const answersByPath = new Map<string, StaticAnswer>()
  const app = new Hono()

  const once = (path: string, make: () => StaticAnswer | null): StaticAnswer | null => {
    const known = answersByPath.get(path)
    if (known !== undefined) return known
    const made = make()
    if (made !== null) answersByPath.set(path, made)
    return made
  }
  const rendered = (path: string, format: Format): StaticAnswer | null => {
    const found = revisions.newestAt(path)
    if (found === null) return null
    const { snapshot, ...facts } = found
    return staticAnswer(format.render({ snapshot, revision: facts }, site()), format.mediaType)
  }
  const home = () =>
    staticAnswer(
      renderHome(
        revisions.newest().flatMap((facts) => {
          const whole = revisions.get(facts.dispatch, facts.revision)
          return whole === null ? [] : [{ facts, snapshot: whole.snapshot }]
        }),
        site(),
      ),
      formats.html.mediaType,
    )
  /** The dispatch at a path, where it has this revision. */
  const revisionAt = (path: string, number: string) => {
    const newest = revisions.newestAt(path)
    return newest === null || !/^[1-9]\d{0,8}$/.test(number) ? null : revisions.get(newest.dispatch, Number(number))
  }
  const html = (text: string) => staticAnswer(text, formats.html.mediaType)
  const revisionList = (path: string): StaticAnswer | null => {
    const newest = revisions.newestAt(path)
    return newest === null ? null : html(renderRevisions(revisions.list(newest.dispatch), site()))
  }
  const ofItsTime = (path: string, number: string): StaticAnswer | null => {
    const found = revisionAt(path, number)
    if (found === null) return null
    const { snapshot, ...revision } = found
    return html(renderRevisionPage({ snapshot, revision }, site()))
  }
  const changes = (path: string, number: string): StaticAnswer | null => {
    const after = revisionAt(path, number)
    const before = after && revisions.get(after.dispatch, after.revision - 1)
    return before && html(renderChanges(before, after, site()))
  }
  const notFound = () => respond(staticAnswer(renderNotFound(site()), formats.html.mediaType), undefined, PAGE_HEADERS, 404)

  app.get('/', (context) => respond(once('/', home) ?? staticAnswer('', 'text/html'), context.req.header('if-none-match'), PAGE_HEADERS))
  app.get('/assets/fonts/:file', (context) => {
    const font = fontAnswer(context.req.param('file'))
    return font === null ? notFound() : respond(font, context.req.header('if-none-match'), FONT_HEADERS)
  })
  const page = (context: Context, make: () => StaticAnswer | null) => {
    const answer = once(context.req.path, make)
    return answer === null ? notFound() : respond(answer, context.req.header('if-none-match'), PAGE_HEADERS)
  }
  const folderOf = (context: Context) => `/${context.req.param('shelf')}/${context.req.param('name')}/`

  app.get(CORRECTIONS_PATH, (context) => page(context, () => html(renderCorrections(revisions.corrected(), site()))))
  app.get('/:shelf{dispatches|essays}/:name/revisions/', (context) => page(context, () => revisionList(folderOf(context))))
  app.get('/:shelf{dispatches|essays}/:name/revisions/:revision/', (context) =>
    page(context, () => ofItsTime(folderOf(context), context.req.param('revision'))),
  )
  app.get('/:shelf{dispatches|essays}/:name/revisions/:revision/changes/', (context) =>
    page(context, () => changes(folderOf(context), context.req.param('revision'))),
  )
  app.get('/:shelf{dispatches|essays}/:name', (context) =>
    revisions.newestAt(`${context.req.path}/`) === null ? notFound() : context.redirect(`${context.req.path}/`, 308),
  )
  const published = (context: Context) => {
    const format = formatOf(folderOf(context), context.req.param('file') ?? '')
    return format === null ? notFound() : page(context, () => rendered(folderOf(context), format))
  }
  app.get('/:shelf{dispatches|essays}/:name/', published)
  app.get('/:shelf{dispatches|essays}/:name/:file', published)
  app.notFound(notFound)
  return { app, forget: () => answersByPath.clear() }
}

/** `/dispatches/008/` is the page; beside it lie `008.md`, `008.json` and `008.txt`. */
const formatOf = (folder: string, file: string): Format | null =>
  Object.values(formats).find((format) => siteFile(folder, format) === `${folder.slice(1)}${file || 'index.html'}`) ?? null
