import { CloseCode } from '@stet/schema/contract/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'
import { eventually } from '../eventually.ts'
import { personOf, startTestServer, type TestServer } from '../test-server.ts'
import { updateFrame } from './frames.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const SECOND = 1_000

/** A person of their own at an open socket that writes ten letters a second, whatever becomes of it. */
const writing = async (id: string, name: string) => {
  const session = await personOf(server.access, 'publisher', name)
  const headers = { cookie: `stet_session=${session.secret}`, origin: server.url }
  const socket = server.openSocket(id, null, headers)
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return { ...session, headers, socket, ...letters(socket) }
}
const letters = (socket: WebSocket) => {
  const doc = new Y.Doc()
  let sent = 0
  doc.on('update', (update: Uint8Array) => {
    if (socket.readyState > socket.OPEN) return
    socket.send(updateFrame(update))
    sent += 1
  })
  return { type: () => doc.getText('body').insert(0, 'x'), sent: () => sent }
}
const closing = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve))
const owner = (method: string, path: string, body?: unknown) =>
  server.request(method, path, { role: 'owner', ...(body === undefined ? {} : { body }) })
const seq = async (id: string) => (await server.log.head(id))?.seq ?? 0

const turns = [
  ['lowered', (id: string) => owner('PATCH', `/api/people/${id}`, { role: 'viewer' }), 200, CloseCode.rightsChanged],
  ['removed', (id: string) => owner('DELETE', `/api/people/${id}`), 204, CloseCode.forbidden],
] as const

test.each(turns)(
  'K2: who is %s while writing loses it on open sockets within a second, and nothing later is taken',
  async (...row) => {
    const [, act, status, code] = row
    const id = await server.createDispatch()
    const [ada, bo] = [await writing(id, 'Ada'), await writing(id, 'Bo')]
    ada.type()
    bo.type()
    await eventually(async () => expect(await seq(id)).toBeGreaterThanOrEqual(2))
    const closed = closing(ada.socket)
    const before = Date.now()
    expect((await act(ada.person.id)).status).toBe(status)
    const taken = await server.log.read(id, 0)
    // The client has not heard of it yet.
    ada.type()
    expect(await closed).toBe(code)
    expect(Date.now() - before).toBeLessThan(SECOND)
    bo.type()
    await eventually(async () => expect((await server.log.read(id, 0)).at(-1)?.author).toBe(bo.person.id))
    const later = (await server.log.read(id, 0)).slice(taken.length)
    expect(later.filter(({ author }) => author === ada.person.id)).toEqual([])
    expect(bo.socket.readyState).toBe(bo.socket.OPEN)
  },
)

test('K2: who was lowered comes back to read, and what they send is refused; who was removed does not come back', async () => {
  const id = await server.createDispatch()
  const ada = await writing(id, 'Ada')
  await owner('PATCH', `/api/people/${ada.person.id}`, { role: 'viewer' })
  const again = server.openSocket(id, null, ada.headers)
  await new Promise((resolve) => again.once('open', resolve))
  const closed = closing(again)
  letters(again).type()
  expect(await closed).toBe(CloseCode.readOnly)
  await owner('DELETE', `/api/people/${ada.person.id}`)
  const gone = server.openSocket(id, null, ada.headers)
  const refused = await new Promise((resolve) =>
    gone.once('unexpected-response', (_request, answer) => resolve(answer.statusCode)),
  )
  expect(refused).toBe(401)
  expect((await server.request('GET', '/api/session', { role: null, headers: ada.headers })).status).toBe(401)
  expect(await server.access.nameOf(ada.person.id)).toBe('Ada')
})

test('K2: a token that is revoked loses its sockets at once', async () => {
  const id = await server.createDispatch()
  const made = await owner('POST', '/api/tokens', { name: 'writer', scopes: ['read:drafts', 'write:dispatches'] })
  const socket = server.openSocket(id, null, { authorization: `Bearer ${made.json.token}` })
  await new Promise((resolve) => socket.once('open', resolve))
  const closed = closing(socket)
  expect((await owner('DELETE', `/api/tokens/${made.json.made.id}`)).status).toBe(204)
  expect(await closed).toBe(CloseCode.signedOut)
})

test('K2: a right that ends while a dispatch is being opened does not come in by it', async () => {
  const slow = await startTestServer({
    wrapLog: (log) => ({
      ...log,
      load: async (room) => {
        if (removing !== null) await removing()
        return log.load(room)
      },
    }),
  })
  let removing: (() => Promise<void>) | null = null
  const id = await slow.createDispatch()
  const session = await personOf(slow.access, 'editor', 'Ada')
  removing = async () => {
    removing = null
    await slow.request('DELETE', `/api/people/${session.person.id}`, { role: 'owner' })
  }
  const socket = slow.openSocket(id, null, { cookie: `stet_session=${session.secret}`, origin: slow.url })
  const outcome = await new Promise((resolve) => {
    socket.once('unexpected-response', (_request, answer) => resolve(answer.statusCode))
    socket.once('open', () => resolve('open'))
  })
  expect(outcome).toBe(401)
  expect(removing).toBe(null)
  await slow.stop()
})

test.each([
  [['read:published'], 404],
  [['write:dispatches'], 404],
] as const)('K1: a token with the scopes %s opens no socket', async (scopes, status) => {
  const id = await server.createDispatch()
  const socket = server.openSocket(id, null, { authorization: `Bearer ${await server.createToken(...scopes)}` })
  const refused = await new Promise((resolve) =>
    socket.once('unexpected-response', (_request, answer) => resolve(answer.statusCode)),
  )
  expect(refused).toBe(status)
})

test('K1: a token with the scope read:drafts reads along, and what it sends is refused', async () => {
  const id = await server.createDispatch()
  const socket = server.openSocket(id, null, { authorization: `Bearer ${await server.createToken('read:drafts')}` })
  await new Promise((resolve) => socket.once('open', resolve))
  const closed = closing(socket)
  letters(socket).type()
  expect(await closed).toBe(CloseCode.readOnly)
})
