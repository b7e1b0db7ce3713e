import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '@stet/schema/contract/people'
import pino, { type Logger } from 'pino'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { type Clock, systemClock } from './clock.ts'
import type { UpdateLog } from './log/update-log.ts'
import { createMetrics } from './metrics/metrics.ts'
import { openAdapters } from './open-adapters.ts'
import { createServer } from './server.ts'

/** For tests: the real server on a port of its own, over a folder of its own or one that is given. */
export const startTestServer = async (
  options: { folder?: string; wrapLog?: (log: UpdateLog) => UpdateLog; clock?: Clock; logger?: Logger } = {},
) => {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'stet-server-'))
  const metrics = createMetrics({ ofProcess: false })
  const { adapters, close } = await openAdapters(folder, {
    clock: options.clock ?? systemClock,
    logger: options.logger ?? pino({ level: 'silent' }),
    metrics,
    name: 'The Test Show',
  })
  const log = options.wrapLog?.(adapters.log) ?? adapters.log
  const server = createServer(
    {
      port: 0,
      host: '127.0.0.1',
      dataFolder: folder,
      name: 'The Test Show',
      limits: 1,
      logLevel: 'silent',
      metrics: null,
      url: null,
    },
    { ...adapters, log },
  )
  const { port } = await server.listen()
  const url = `http://127.0.0.1:${port}`
  const tokens = new Map<string, string>()
  const tokenOf = (role: Exclude<Role, 'owner'>): string => {
    const known = tokens.get(role) ?? adapters.access.createToken({ role, name: role, days: 1 }).token
    tokens.set(role, known)
    return known
  }
  const request = async (
    method: string,
    path: string,
    options: { role?: Exclude<Role, 'owner'> | null; body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const { role = 'editor', body, headers } = options
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(role === null ? {} : { authorization: `Bearer ${tokenOf(role)}` }),
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
    access: adapters.access,
    metrics,
    tokenOf,
    request,
    createDispatch: async (content?: unknown): Promise<string> =>
      (await request('POST', '/api/dispatches', { body: content === undefined ? {} : { content } })).json.id,
    /** A bare socket; frames that come in are kept. */
    openSocket: (id: string, role: Exclude<Role, 'owner'> | null = 'editor', headers: Record<string, string> = {}) =>
      new WebSocket(`${url.replace('http', 'ws')}/sync/${id}`, {
        headers: { ...(role === null ? {} : { authorization: `Bearer ${tokenOf(role)}` }), ...headers },
      }),
    /** The stock client. */
    connect: (id: string, role: Exclude<Role, 'owner'> = 'editor', doc = new Y.Doc()) => {
      class Authorised extends WebSocket {
        constructor(address: string, protocols: string[]) {
          super(address, protocols, { headers: { authorization: `Bearer ${tokenOf(role)}` } })
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
