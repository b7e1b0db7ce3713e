import { createServer as createHttpServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { shownOf } from '@stet/schema/artwork'
import { MAX_ARTWORK_BYTES } from '@stet/schema/contract/artwork'
import { MAX_AUDIO_BYTES } from '@stet/schema/contract/audio'
import { PROVIDER_CALLBACK } from '@stet/schema/contract/identity-routes'
import type { Site } from '@stet/schema/revision'
import { toldOf } from '@stet/schema/show'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import type { Access } from './access/access.ts'
import { createAttempts } from './access/attempts.ts'
import { createOpenIdProvider } from './access/openid-provider.ts'
import type { PasswordHasher } from './access/password-hash.ts'
import { PeopleUnreachable } from './access/people-database.ts'
import { createArtworkRoutes } from './artwork/artwork-routes.ts'
import type { ArtworkStore } from './artwork/artwork-store.ts'
import { createAudioRoutes } from './audio/audio-routes.ts'
import type { AudioStore } from './audio/audio-store.ts'
import type { AuditLog } from './audit/audit-log.ts'
import { audited } from './audit/audited.ts'
import { openCatalogue } from './catalogue/catalogue.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { DecodePool } from './decode/decode-pool.ts'
import { announced } from './events/announced.ts'
import { createEventStreams } from './events/event-stream.ts'
import { createHistory } from './history/history.ts'
import type { NamedMoments } from './history/named-moments.ts'
import { createApi } from './http/api.ts'
import { createHandlers } from './http/handlers.ts'
import { createHealth } from './http/health.ts'
import type { KeptAnswers } from './http/kept-answers.ts'
import { createOnce } from './http/once.ts'
import { peopleUnreachable, problemResponse, refused } from './http/problem.ts'
import { createProviderCallback } from './http/provider-callback.ts'
import { createRates } from './http/rates.ts'
import { createRequestLog, createRequestNotes } from './http/request-log.ts'
import { createTurnsByKey } from './http/turns-by-key.ts'
import type { UpdateLog } from './log/update-log.ts'
import { createMemoryAtRest } from './memory-at-rest.ts'
import { measuredLog } from './metrics/measured-log.ts'
import { measuredPools } from './metrics/measured-pool.ts'
import type { Metrics } from './metrics/metrics.ts'
import { createOutside } from './outside/outside.ts'
import { createFillIn } from './revisions/fill-in.ts'
import { createPublisher } from './revisions/publish.ts'
import { createReview } from './revisions/review.ts'
import type { Revisions } from './revisions/revisions.ts'
import type { Steps } from './revisions/steps.ts'
import { createRooms } from './rooms/rooms.ts'
import type { ShowSettings } from './show/show-settings.ts'
import { createDesk } from './site/desk.ts'
import type { PageRenderer } from './site/page-renderer.ts'
import { createSite } from './site/site.ts'
import { siteFront } from './site/site-front.ts'
import { widened } from './sync/limits.ts'
import { createSyncServer } from './sync/sync-server.ts'
import { createCourier } from './webhooks/courier.ts'
import { createHubPing } from './webhooks/hub.ts'
import type { Webhooks } from './webhooks/webhooks.ts'

export type Adapters = {
  readonly log: UpdateLog
  readonly pool: DecodePool
  /** For what was: nobody who writes waits for it. */
  readonly historyPool: DecodePool
  readonly moments: NamedMoments
  readonly access: Access
  readonly audit: AuditLog
  readonly hasher: PasswordHasher
  readonly revisions: Revisions
  /** Of the same revisions. */
  readonly pages: Pick<PageRenderer, 'render' | 'search'>
  readonly showSettings: ShowSettings
  readonly steps: Steps
  readonly webhooks: Webhooks
  readonly keptAnswers: KeptAnswers
  readonly audio: AudioStore
  readonly artwork: ArtworkStore
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
  const { access, audio, artwork, showSettings, clock, logger, metrics } = adapters
  const events = createEventStreams({ access, steps: adapters.steps, clock })
  const { revisions, steps } = announced(adapters, events.wake)
  const log = measuredLog(adapters.log, metrics)
  const { pool, historyPool } = measuredPools({ pool: adapters.pool, historyPool: adapters.historyPool }, metrics)
  let isGoingDown = false
  let url = config.url ?? `http://localhost:${config.port}`
  const site = (): Site => {
    const standing = artwork.get()
    return {
      ...toldOf(showSettings.get().show),
      url,
      ...(standing === null ? {} : { artwork: shownOf(standing) }),
      podcast: config.podcast,
      ...(config.hub === null ? {} : { hub: config.hub }),
    }
  }
  const siteUrl = () => url

  const catalogue = openCatalogue(adapters.catalogueFile, { log, pool, clock, logger })
  const rooms = createRooms({ log, pool, clock, logger, onCommitted: catalogue.changed })
  const sync = createSyncServer({
    access,
    rooms,
    log,
    pool,
    clock,
    logger,
    metrics,
    limits: widened(config.limits),
    siteUrl,
    proxies: config.trustedProxies,
    onAllLeft: () => memoryAtRest.allLeft(),
  })
  const memoryAtRest = createMemoryAtRest(clock, () => sync.connectionCount() === 0)
  metrics.watch('stet_rooms', rooms.openCount)
  metrics.watch('stet_connections', sync.connectionCount)
  const publicSite = createSite(adapters.pages, site)
  const outside = createOutside({ neighbours: config.neighbours })
  const telling = { outside, clock, logger, siteUrl }
  const courier = createCourier({ webhooks: adapters.webhooks, ...telling })
  const hub = config.hub === null ? null : createHubPing(config.hub, telling)
  const attempts = createAttempts(clock)
  const redirectUri = () => `${url}${PROVIDER_CALLBACK}`
  const provider = config.oidc === null ? null : createOpenIdProvider(config.oidc, { outside, clock, redirectUri })
  const handlers = createHandlers({
    access,
    attempts,
    artwork,
    audit: adapters.audit,
    catalogue,
    clock,
    hasher: adapters.hasher,
    history: createHistory({ log, pool: historyPool, access, moments: adapters.moments, clock }),
    log,
    logger,
    pool,
    provider,
    publisher: createPublisher({
      log,
      pool,
      catalogue,
      revisions,
      steps,
      audio,
      fillIn: createFillIn({ log, pool, rooms }),
      clock,
      logger,
    }),
    review: createReview({ log, pool, catalogue, steps, clock }),
    revisions,
    showSettings,
    site,
    steps,
    sockets: sync,
    webhooks: adapters.webhooks,
    onPublished: () => {
      publicSite.forget()
      courier.wake()
      hub?.wake()
    },
    onMessageWaiting: courier.wake,
    onShowChanged: publicSite.forget,
  })

  const app = new Hono()
  const notes = createRequestNotes(logger, metrics)
  app.use(createRequestLog(notes))
  app.onError((error, context) => {
    if (error instanceof PeopleUnreachable) {
      logger.warn({ requestId: context.get('requestId'), error: error.message }, 'people cannot be asked')
      return peopleUnreachable()
    }
    const requestId = context.get('requestId')
    const { method, path } = context.req
    logger.error({ requestId, method, path, error: String(error.stack) }, 'a request failed')
    return problemResponse(refused(500, `The server failed at this; its log says why, under ${requestId}`))
  })
  app.route('/', createHealth({ log, pool, isGoingDown: () => isGoingDown }))
  // Before the routes of the contract, whose bodies are small.
  app.route('/', createAudioRoutes({ audio, access, revisions, siteUrl, maxBytes: MAX_AUDIO_BYTES }))
  app.route('/', createArtworkRoutes({ artwork, access, siteUrl, maxBytes: MAX_ARTWORK_BYTES, onShowChanged: publicSite.forget }))
  if (provider !== null)
    app.route(
      '/',
      createProviderCallback({
        access,
        attempts,
        audit: adapters.audit,
        provider,
        proxies: config.trustedProxies,
        siteUrl,
        clock,
        logger,
      }),
    )
  const once = createOnce(adapters.keptAnswers, clock)
  const rates = createRates(clock, config.limits)
  app.route('/', events.app)
  app.route(
    '/',
    createApi(audited(handlers, adapters.audit), {
      access,
      siteUrl,
      site,
      proxies: config.trustedProxies,
      once,
      rates,
      inTurn: createTurnsByKey(),
    }),
  )
  app.route('/', createDesk(adapters.deskFolder))
  app.mount('/', publicSite.app.fetch)

  const http = createHttpServer(siteFront(publicSite, notes, getRequestListener(app.fetch)))
  // Longer than proxies and clients keep a connection that nobody uses (most of them a minute), so that none of them sends a
  // request into one that closes at this very moment.
  http.keepAliveTimeout = 75_000
  // A recording takes long on a slow line; one that stops coming is cut by its reader.
  http.requestTimeout = 4 * 60 * 60 * 1000
  http.on('upgrade', sync.upgrade)

  return {
    listen: () =>
      new Promise((resolve, reject) => {
        http.once('error', reject)
        http.listen(config.port, config.host, () => {
          const address = http.address()
          const port = typeof address === 'object' && address !== null ? address.port : config.port
          url = config.url ?? `http://localhost:${port}`
          // What a stop has cut short is sent now.
          courier.wake()
          hub?.wake()
          resolve({ url, port })
        })
      }),
    close: async () => {
      isGoingDown = true
      const stopped = new Promise<void>((resolve) => http.close(() => resolve()))
      events.close()
      await sync.close()
      await Promise.all([courier.close(), hub?.close()])
      http.closeIdleConnections()
      const cut = setTimeout(() => http.closeAllConnections(), STOP_TIME)
      await stopped
      clearTimeout(cut)
      await rooms.drain()
      await catalogue.close()
    },
  }
}
