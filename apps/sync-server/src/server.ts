import { createServer as createHttpServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Site } from '@stet/schema/revision'
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
import { problemResponse, refused } from './http/problem.ts'
import type { UpdateLog } from './log/update-log.ts'
import type { Revisions } from './revisions/revisions.ts'
import { createRooms } from './rooms/rooms.ts'
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
  readonly clock: Clock
  readonly logger: Logger
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
  const { log, pool, access, revisions, clock, logger } = adapters
  let url = config.url ?? `http://localhost:${config.port}`
  const site = (): Site => ({ name: config.name, url })
  const siteUrl = () => url

  const catalogue = openCatalogue(adapters.catalogueFile, { log, pool, clock, logger })
  const rooms = createRooms({ log, pool, clock, logger, onCommitted: catalogue.changed })
  const sync = createSyncServer({ access, rooms, log, pool, clock, logger, limits: widened(config.limits), siteUrl })
  const publicSite = createSite(revisions, site)
  const handlers = createHandlers({
    access,
    catalogue,
    clock,
    history: createHistory({ log, pool: adapters.historyPool, access, moments: adapters.moments, clock }),
    log,
    pool,
    revisions,
    site,
    onSignedOut: sync.signOut,
    onPublished: publicSite.forget,
  })

  const app = new Hono()
  app.onError((error, context) => {
    logger.error({ method: context.req.method, path: context.req.path, error: String(error.stack) }, 'a request failed')
    return problemResponse(refused(500, 'The server failed at this; its log says why'))
  })
  app.get('/healthz', async (context) =>
    (await log.canAppend()) ? context.json({ status: 'ok' }) : problemResponse(refused(503, 'The log cannot be written')),
  )
  app.route('/', createApi(handlers, { access, siteUrl }))
  app.route('/', createDesk(adapters.deskFolder))
  app.mount('/', publicSite.app.fetch)

  const http = createHttpServer(getRequestListener(app.fetch))
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
