import type { Route } from '@stet/schema/contract/api'
import { type RouteName, routes } from '@stet/schema/contract/routes'
import type { Site } from '@stet/schema/revision'
import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { respond, type StaticAnswer, staticAnswer } from '../site/static-answer.ts'
import { API_PAGE_POLICY, renderApiPage } from './api-page.ts'
import { createOpenApi, type OpenApi } from './open-api.ts'
import { problemResponse, refused } from './problem.ts'
import { type AnyHandler, type Handlers, type ServeNeeds, serveRoute } from './serve-route.ts'

const MAX_BODY = 8 * 1024 * 1024

/** `/api`: every route of the contract, and the description of them, for machines and as a page. */
export const createApi = (handlers: Handlers, needs: ServeNeeds & { readonly site: () => Site }): Hono => {
  const api = new Hono()
  api.use(bodyLimit({ maxSize: MAX_BODY, onError: () => problemResponse(refused(413, 'At most 8 MiB at once')) }))
  const handlerOf = (name: string) => handlers[name as RouteName] as AnyHandler
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const stateHandler = route.state === undefined ? null : handlerOf(route.state)
    api.on(route.method, route.path, named(name), serveRoute({ route, handler: handlerOf(name), stateHandler }, needs))
  }
  let openApi: OpenApi | null = null
  const description = () => {
    openApi ??= createOpenApi(needs.site().url)
    return openApi
  }
  let page: StaticAnswer | null = null
  api.get('/api/openapi.json', (context) => context.json(description()))
  api.get('/api', (context) => context.redirect('/api/', 308))
  api.get('/api/', (context) => {
    page ??= staticAnswer(renderApiPage(description(), needs.site()), 'text/html; charset=utf-8')
    const headers = { 'cache-control': 'no-cache', 'content-security-policy': API_PAGE_POLICY }
    return respond(page, context.req.header('if-none-match'), headers)
  })
  api.all('/api/*', () => problemResponse(refused(404, 'There is no such address; /api/ lists them all')))
  return api
}

const named =
  (route: string): MiddlewareHandler =>
  (context, next) => {
    context.set('route', route)
    return next()
  }
