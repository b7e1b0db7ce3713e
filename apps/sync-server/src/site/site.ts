import { createHash } from 'node:crypto'
import { FONTS_PATH } from '@stet/render/fonts'
import { renderNotFound } from '@stet/render/not-found'
import { pageStyle } from '@stet/render/page-style'
import { type SitePage, sitePageAt } from '@stet/render/site-pages'
import type { Site } from '@stet/schema/revision'
import { type Context, Hono } from 'hono'
import { recorded } from '../revisions/recorded.ts'
import type { Revisions } from '../revisions/revisions.ts'
import { fontAnswer } from './fonts.ts'
import { respond, type StaticAnswer, staticAnswer } from './static-answer.ts'

type SiteAnswer = { readonly answer: StaticAnswer; readonly page: SitePage }

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
  const answersByPath = new Map<string, SiteAnswer>()
  const record = recorded(revisions)
  const app = new Hono()

  const answerAt = (path: string): SiteAnswer | null => {
    const known = answersByPath.get(path)
    if (known !== undefined) return known
    const page = sitePageAt(record, path, site())
    if (page === null) return null
    const made = { page, answer: staticAnswer(page.render(), page.mediaType) }
    answersByPath.set(path, made)
    return made
  }
  const notFound = () => respond(staticAnswer(renderNotFound(site()), 'text/html; charset=utf-8'), undefined, PAGE_HEADERS, 404)

  app.get(`${FONTS_PATH}:file`, (context) => {
    const font = fontAnswer(context.req.param('file'))
    return font === null ? notFound() : respond(font, context.req.header('if-none-match'), FONT_HEADERS)
  })
  app.get('/:shelf{dispatches|essays}/:name', (context) =>
    record.at(`${context.req.path}/`) === null ? notFound() : context.redirect(`${context.req.path}/`, 308),
  )
  app.get('*', (context: Context) => {
    const found = answerAt(context.req.path)
    if (found === null) return notFound()
    const { answer, page } = found
    return respond(answer, context.req.header('if-none-match'), headersOf(page), page.status)
  })
  app.notFound(notFound)
  return { app, forget: () => answersByPath.clear() }
}

const headersOf = ({ isOpen }: SitePage): Record<string, string> =>
  isOpen ? { ...PAGE_HEADERS, 'access-control-allow-origin': '*' } : PAGE_HEADERS
