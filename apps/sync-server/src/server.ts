import { createServer as createHttpServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Site } from '@stet/schema/revision'
import { toldOf } from '@stet/schema/show'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import type { Access } from './access/access.ts'
import { openCatalogue } from './catalogue/catalogue.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { DecodePool } from './decode/decode-pool.ts'
import { createHistory } from './history/history.ts'
import type { NamedMoments } from './history/named-moments.ts'
import { createApi } from './http/api.ts'
import { createHandlers } from './http/handlers.ts'
import { createHealth } from './http/health.ts'
import { problemResponse, refused } from './http/problem.ts'
import { createRequestLog } from './http/request-log.ts'
import type { UpdateLog } from './log/update-log.ts'
import { measuredLog } from './metrics/measured-log.ts'
import { measuredPools } from './metrics/measured-pool.ts'
import type { Metrics } from './metrics/metrics.ts'
import { createFillIn } from './revisions/fill-in.ts'
import { createPublisher } from './revisions/publish.ts'
import { createReview } from './revisions/review.ts'
import type { Revisions } from './revisions/revisions.ts'
import type { Steps } from './revisions/steps.ts'
import { createRooms } from './rooms/rooms.ts'
import type { ShowSettings } from './show/show-settings.ts'
import { createDesk } from './site/desk.ts'
import { createSite } from './site/site.ts'
import { widened } from './sync/limits.ts'
import { createSyncServer } from './sync/sync-server.ts'

export type Adapters = {
  readonly log: UpdateLog
  readonly pool: DecodePool
  /** For what was: nobody who writes waits for it. */
  readonly historyPool: DecodePool
  readonly moments: NamedMoments
  readonly access: Access
  readonly revisions: Revisions
  readonly showSettings: ShowSettings
  readonly steps: Steps
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  /** `:memory:` will do: it is made from the log. */
  readonly catalogueFile: string
  readonly deskFolder: string
}

export type Server = {
  /** Resolves with the public origin once the port is open. */
  readonly listen: () => Promise<{ url: string; port: number }>
  /** In good order: sockets are told to come back, what was submitted is stored. The adapters are left open. */
  readonly close: () => Promise<void>
}

const STOP_TIME = 3_000

export const createServer = (config: Config, adapters: Adapters): Server => {
  const { access, revisions, showSettings, steps, clock, logger, metrics } = adapters
  const log = measuredLog(adapters.log, metrics)
  const { pool, historyPool } = measuredPools({ pool: adapters.pool, historyPool: adapters.historyPool }, metrics)
  let isGoingDown = false
  let url = config.url ?? `http://localhost:${config.port}`
  const site = (): Site => ({ ...toldOf(showSettings.get().show), url })
  const siteUrl = () => url

  const catalogue = openCatalogue(adapters.catalogueFile, { log, pool, clock, logger })
  const rooms = createRooms({ log, pool, clock, logger, onCommitted: catalogue.changed })
  const sync = createSyncServer({ access, rooms, log, pool, clock, logger, metrics, limits: widened(config.limits), siteUrl })
  metrics.watch('stet_rooms', rooms.openCount)
  metrics.watch('stet_connections', sync.connectionCount)
  const publicSite = createSite(revisions, site)
  const handlers = createHandlers({
    access,
    catalogue,
    clock,
    history: createHistory({ log, pool: historyPool, access, moments: adapters.moments, clock }),
    log,
    pool,
    publisher: createPublisher({
      log,
      pool,
      catalogue,
      revisions,
      steps,
      fillIn: createFillIn({ log, pool, rooms }),
      clock,
      logger,
    }),
    review: createReview({ log, pool, catalogue, steps, clock }),
    revisions,
    showSettings,
    site,
    steps,
    onSignedOut: sync.signOut,
    onPublished: publicSite.forget,
    onShowChanged: publicSite.forget,
  })

  const app = new Hono()
  app.use(createRequestLog(logger, metrics))
  app.onError((error, context) => {
    const requestId = context.get('requestId')
    const { method, path } = context.req
    logger.error({ requestId, method, path, error: String(error.stack) }, 'a request failed')
    return problemResponse(refused(500, `The server failed at this; its log says why, under ${requestId}`))
  })
  app.route('/', createHealth({ log, pool, isGoingDown: () => isGoingDown }))
  app.route('/', createApi(handlers, { access, siteUrl }))
  app.route('/', createDesk(adapters.deskFolder))
  app.mount('/', publicSite.app.fetch)

  const http = createHttpServer(getRequestListener(app.fetch))
  // Longer than proxies and clients keep a connection that nobody uses (most of them a minute), so that none of them sends a
  // request into one that closes at this very moment.
  http.keepAliveTimeout = 75_000
  http.on('upgrade', sync.upgrade)

  return {
    listen: () =>
      new Promise((resolve, reject) => {
        http.once('error', reject)
        http.listen(config.port, config.host, () => {
          const address = http.address()
          const port = typeof address === 'object' && address !== null ? address.port : config.port
          url = config.url ?? `http://localhost:${port}`
          resolve({ url, port })
        })
      }),
    close: async () => {
      isGoingDown = true
      const stopped = new Promise<void>((resolve) => http.close(() => resolve()))
      await sync.close()
      http.closeIdleConnections()
      const cut = setTimeout(() => http.closeAllConnections(), STOP_TIME)
      await stopped
      clearTimeout(cut)
      await rooms.drain()
      await catalogue.close()
    },
  }
}
