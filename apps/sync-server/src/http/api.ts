import { type Route, routes } from '@stet/schema/contract/api'
import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Access } from '../access/access.ts'
import type { TrustedProxies } from './client-address.ts'
import { createOpenApi } from './open-api.ts'
import { problemResponse, refused } from './problem.ts'
import { type Handlers, serveRoute } from './serve-route.ts'

const MAX_BODY = 8 * 1024 * 1024

/** `/api`: every route of the contract, and the description of them. */
export const createApi = (
  handlers: Handlers,
  needs: { access: Access; siteUrl: () => string; proxies: TrustedProxies },
): Hono => {
  const api = new Hono()
  api.use(bodyLimit({ maxSize: MAX_BODY, onError: () => problemResponse(refused(413, 'At most 8 MiB at once')) }))
  for (const [name, route] of Object.entries(routes) as [keyof Handlers, Route][])
    api.on(route.method, route.path, named(name), serveRoute(route, handlers[name] as Parameters<typeof serveRoute>[1], needs))
  let openApi: object | null = null
  api.get('/api/openapi.json', (context) => {
    openApi ??= createOpenApi(needs.siteUrl())
    return context.json(openApi)
  })
  api.all('/api/*', () => problemResponse(refused(404, 'There is no such address; /api/openapi.json lists them all')))
  return api
}

const named =
  (route: string): MiddlewareHandler =>
  (context, next) => {
    context.set('route', route)
    return next()
  }
