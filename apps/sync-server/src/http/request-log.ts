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

type Answered = { readonly method: string; readonly path: string; readonly route: string; readonly status: number }

/** What is noted of each request, whoever answers it. */
export type RequestNotes = {
  /** Where the id of a request stands, in and out. */
  readonly header: typeof REQUEST_ID
  readonly begin: (givenId: string | string[] | undefined) => {
    readonly requestId: string
    readonly answered: (facts: Answered) => void
  }
}

/**
 * Gives each request an id, which its answer carries and every line of the log about it; a proxy in front may give its own. Of a request
 * the log holds how it was answered and the path alone: secrets travel in headers, cookies and bodies.
 */
export const createRequestNotes = (logger: Logger, metrics: Pick<Metrics, 'answered'>): RequestNotes => ({
  header: REQUEST_ID,
  begin: (given) => {
    const begun = performance.now()
    const requestId = givenId(given) ?? randomBytes(9).toString('base64url')
    return {
      requestId,
      answered: ({ method, path, route, status }) => {
        const milliseconds = performance.now() - begun
        metrics.answered(route, status, milliseconds)
        const isFault = status >= 500
        if (!isFault && !logger.isLevelEnabled('info')) return
        const facts = { requestId, method, path, route, status, ms: Math.round(milliseconds) }
        if (isFault) logger.warn(facts, 'a request was answered with a fault')
        else logger.info(facts, 'a request was answered')
      },
    }
  },
})

export const createRequestLog =
  (notes: RequestNotes): MiddlewareHandler =>
  async (context, next) => {
    const { requestId, answered } = notes.begin(context.req.header(REQUEST_ID))
    context.set('requestId', requestId)
    await next()
    context.header(REQUEST_ID, requestId)
    answered({ method: context.req.method, path: context.req.path, route: routeOf(context), status: context.res.status })
  }

const givenId = (header: string | string[] | undefined): string | null =>
  typeof header === 'string' && /^[\w.-]{1,64}$/.test(header) ? header : null

/** Few names, whatever is asked for. */
const routeOf = (context: Context): string => {
  const route: string | undefined = context.get('route')
  if (route !== undefined) return route
  const [, first = ''] = context.req.path.split('/', 2)
  return ['api', 'desk', 'healthz', 'readyz'].includes(first) ? first : 'site'
}
