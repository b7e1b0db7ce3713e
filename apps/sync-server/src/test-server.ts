import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HumanRole, type Role, type Scope } from '@stet/schema/contract/people'
import pino, { type Logger } from 'pino'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Access } from './access/access.ts'
import type { OidcSettings } from './access/oidc-settings.ts'
import { openPeople } from './access/open-people.ts'
import { createPasswordHasher } from './access/password-hash.ts'
import type { NewSession } from './access/sessions.ts'
import { type Clock, systemClock } from './clock.ts'
import { dataFiles, prepareDataFolder } from './data-folder.ts'
import { openDeskDatabase } from './desk-database.ts'
import { NO_PROXIES, type TrustedProxies } from './http/client-address.ts'
import type { UpdateLog } from './log/update-log.ts'
import { createMetrics } from './metrics/metrics.ts'
import { openAdapters } from './open-adapters.ts'
import type { Neighbour } from './outside/reachable.ts'
import { createServer } from './server.ts'

/** For tests: a new person of that role, signed in. */
export const personOf = async (access: Access, role: HumanRole, name: string): Promise<NewSession> => {
  const { code } = await access.invitations.create({ role, uses: 1, days: 7, madeBy: 'the test' })
  const outcome = await access.invitations.accept(code, name, 'a test')
  if (!outcome.ok) throw new Error(outcome.fault)
  return outcome.session
}

/** For tests: the real server on a port of its own, over a folder of its own or one that is given. */
export const startTestServer = async (
  options: {
    folder?: string
    wrapLog?: (log: UpdateLog) => UpdateLog
    clock?: Clock
    proxies?: TrustedProxies
    logger?: Logger
    hub?: string
    neighbours?: readonly Neighbour[]
    oidc?: OidcSettings
    people?: string
  } = {},
) => {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'stet-server-'))
  const metrics = createMetrics({ ofProcess: false })
  const logger = options.logger ?? pino({ level: 'silent' })
  prepareDataFolder(folder)
  const opened = await openPeople({ people: options.people ?? null, dataFolder: folder }, logger)
  if (!opened.ok) throw new Error(opened.message)
  const { adapters, close } = await openAdapters(folder, {
    clock: options.clock ?? systemClock,
    logger,
    metrics,
    people: opened.people,
    name: 'The Test Show',
  })
  const log = options.wrapLog?.(adapters.log) ?? adapters.log
  const server = createServer(
    {
      port: 0,
      host: '127.0.0.1',
      dataFolder: folder,
      hub: options.hub ?? null,
      name: 'The Test Show',
      podcast: { category: 'News', isExplicit: false },
      limits: 1,
      logLevel: 'silent',
      metrics: null,
      trustedProxies: options.proxies ?? NO_PROXIES,
      neighbours: options.neighbours ?? [],
      oidc: options.oidc ?? null,
      people: options.people ?? null,
      url: null,
    },
    { ...adapters, log, hasher: createPasswordHasher({ N: 2 ** 10, r: 8, p: 1 }) },
  )
  const { port } = await server.listen()
  const url = `http://127.0.0.1:${port}`
  const { access } = adapters
  /** Of each role a person of that name, and a bot whose token is good for everything. */
  const credentials = Object.fromEntries(
    await Promise.all(HumanRole.options.map(async (role) => [role, await cookieOf(role)] as const)),
  ) as Record<HumanRole, { cookie: string; origin: string }>
  async function cookieOf(role: HumanRole) {
    const { secret } = await personOf(access, role, role)
    return { cookie: `stet_session=${secret}`, origin: url }
  }
  const createToken = async (...scopes: Scope[]) => (await access.tokens.create({ name: 'bot', scopes, days: 1 })).token
  const token = await createToken('read:published', 'read:drafts', 'write:dispatches', 'publish')
  const headersOf = (role: Role | null): Record<string, string> =>
    role === null ? {} : role === 'bot' ? { authorization: `Bearer ${token}` } : credentials[role]
  const request = async (
    method: string,
    path: string,
    options: { role?: Role | null; body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const { role = 'publisher', body, headers } = options
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...headersOf(role),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : null }
  }
  return {
    url,
    folder,
    log: adapters.log,
    access,
    metrics,
    token,
    createToken,
    /** All that is stored in these tables. */
    readDesk: (tables: readonly string[]): string => {
      const db = openDeskDatabase(dataFiles(folder).desk)
      const rows = tables.map((table) => db.prepare(`SELECT * FROM ${table}`).all())
      db.close()
      return JSON.stringify(rows)
    },
    headersOf,
    request,
    createDispatch: async (content?: unknown): Promise<string> =>
      (await request('POST', '/api/dispatches', { body: content === undefined ? {} : { content } })).json.id,
    /** A bare socket; frames that come in are kept. */
    openSocket: (id: string, role: Role | null = 'publisher', headers: Record<string, string> = {}) =>
      new WebSocket(`${url.replace('http', 'ws')}/sync/${id}`, {
        headers: { ...headersOf(role), ...headers },
      }),
    /** The stock client. */
    connect: (id: string, role: Role = 'publisher', doc = new Y.Doc()) => {
      class Authorised extends WebSocket {
        constructor(address: string, protocols: string[]) {
          super(address, protocols, { headers: headersOf(role) })
        }
      }
      const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/sync`, id, doc, {
        WebSocketPolyfill: Authorised as unknown as typeof globalThis.WebSocket,
        disableBc: true,
      })
      return { doc, provider, text: doc.getText('body') }
    },
    stop: async (keepFolder = false) => {
      await server.close()
      await close()
      if (!keepFolder) rmSync(folder, { recursive: true })
    },
  }
}
export type TestServer = Awaited<ReturnType<typeof startTestServer>>
