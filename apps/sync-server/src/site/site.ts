import { FONTS_PATH } from '@stet/render/fonts'
import { SEARCH_PATH } from '@stet/render/site-paths'
import type { Site } from '@stet/schema/revision'
import { type Context, Hono } from 'hono'
import { fontAnswer } from './fonts.ts'
import { codingFor, isKnown, type PageAnswer, pageAnswer } from './page-answer.ts'
import type { PageRenderer } from './page-renderer.ts'
import { createPageShelf, type PageShelf } from './page-shelf.ts'
import { respond } from './static-answer.ts'

export type PublicSite = {
  readonly app: Hono
  readonly ready: PageShelf['ready']
  /** Something was published: pages are made anew when they are next asked for. */
  readonly forget: () => void
}

const FONT_HEADERS = { 'cache-control': 'public, max-age=604800' }
const NOT_FOUND = '/404.html'

/** The published pages, rendered once a revision. */
export const createSite = (renderer: Pick<PageRenderer, 'render' | 'search'>, site: () => Site): PublicSite => {
  const shelf = createPageShelf(renderer, site)
  const app = new Hono()

  const notFound = async (context: Context) => {
    const page = await shelf.get(NOT_FOUND)
    if (page === null) throw new Error('a site has a page for what is not there')
    return responseOf(page, context)
  }

  app.get(`${FONTS_PATH}:file`, (context) => {
    const font = fontAnswer(context.req.param('file'))
    return font === null ? notFound(context) : respond(font, context.req.header('if-none-match'), FONT_HEADERS)
  })
  app.get(SEARCH_PATH.slice(0, -1), (context) => context.redirect(`${SEARCH_PATH}${new URL(context.req.url).search}`, 308))
  app.get(SEARCH_PATH, async (context) =>
    responseOf(pageAnswer(await renderer.search(context.req.query('q') ?? '', site())), context),
  )
  app.get('/:shelf{dispatches|essays|speakers|sources}/:name', async (context) =>
    (await shelf.get(`${askedPath(context)}/`)) === null ? notFound(context) : context.redirect(`${askedPath(context)}/`, 308),
  )
  app.get('*', async (context) => {
    const page = await shelf.get(askedPath(context))
    return page === null ? notFound(context) : responseOf(page, context)
  })
  app.notFound(notFound)
  return { app, ready: shelf.ready, forget: shelf.forget }
}

/** As the browser asked, percent-encoded: so are the paths of the pages. */
const askedPath = (context: Context): string => new URL(context.req.url).pathname

const responseOf = ({ status, by }: PageAnswer, context: Context): Response => {
  const { etag, headers, headersAlone, bytes } = by(codingFor(context.req.header('accept-encoding')))
  return status === 200 && isKnown(etag, context.req.header('if-none-match'))
    ? new Response(null, { status: 304, headers: { ...headersAlone } })
    : new Response(bytes as Uint8Array<ArrayBuffer>, { status, headers: { ...headers } })
}
