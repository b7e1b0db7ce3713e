import { randomBytes } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import type { Metrics } from '../metrics/metrics.ts'

export const REQUEST_ID = 'x-request-id'

declare module 'hono' {
  interface ContextVariableMap {
    requestId: string
    /** The name of a route of the contract. */
    route: string
  }
}

/**
 * Gives each request an id, which its answer carries and every line of the log about it; a proxy in front may give its own. Of a request
 * the log holds how it was answered and the path alone: secrets travel in headers, cookies and bodies.
 */
export const createRequestLog =
  (logger: Logger, metrics: Pick<Metrics, 'answered'>): MiddlewareHandler =>
  async (context, next) => {
    const begun = performance.now()
    const requestId = givenId(context.req.header(REQUEST_ID)) ?? randomBytes(9).toString('base64url')
    context.set('requestId', requestId)
    await next()
    context.header(REQUEST_ID, requestId)
    const { status } = context.res
    const milliseconds = performance.now() - begun
    const route = routeOf(context)
    metrics.answered(route, status, milliseconds)
    const facts = { requestId, method: context.req.method, path: context.req.path, route, status, ms: Math.round(milliseconds) }
    if (status >= 500) logger.warn(facts, 'a request was answered with a fault')
    else logger.info(facts, 'a request was answered')
  }

const givenId = (header: string | undefined): string | null =>
  header !== undefined && /^[\w.-]{1,64}$/.test(header) ? header : null

/** Few names, whatever is asked for. */
const routeOf = (context: Context): string => {
  const route: string | undefined = context.get('route')
  if (route !== undefined) return route
  const [, first = ''] = context.req.path.split('/', 2)
  return ['api', 'desk', 'healthz', 'readyz'].includes(first) ? first : 'site'
}
