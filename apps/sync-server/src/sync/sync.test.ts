import { CloseCode, MessageType } from '@stet/schema/contract/sync'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'
import { eventually } from '../eventually.ts'
import type { LogEntry, UpdateLog } from '../log/update-log.ts'
import { personOf, startTestServer, type TestServer } from '../test-server.ts'
import { savedFrame, updateFrame } from './frames.ts'

let server: TestServer
const clients: ReturnType<TestServer['connect']>[] = []
/** While this stands, commits wait for it. */
let gate: Promise<void> = Promise.resolve()
let release = () => {}
let appended: LogEntry[] = []

const holdable = (log: UpdateLog): UpdateLog => ({
  ...log,
  append: async (room, entries) => {
    appended.push(...entries)
    await gate
    return log.append(room, entries)
  },
})
beforeAll(async () => {
  server = await startTestServer({ wrapLog: holdable })
})
afterEach(() => release())
afterAll(async () => {
  for (const { provider } of clients) provider.destroy()
  await server.stop()
})
const connect = async (id: string, role: 'editor' | 'viewer' = 'editor') => {
  const client = server.connect(id, role)
  clients.push(client)
  await eventually(() => expect(client.provider.synced).toBe(true))
  return client
}
const closing = (socket: WebSocket) =>
  new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
  )
const opened = (socket: WebSocket) => new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject))
const frames = (socket: WebSocket) => {
  const received: Uint8Array[] = []
  socket.on('message', (data: Buffer) => received.push(Uint8Array.from(data)))
  return received
}
const stepTwo = (update: Uint8Array) => updateFrame(update).with(1, 1)
const written = (write: (doc: Y.Doc) => void) => {
  const doc = new Y.Doc()
  write(doc)
  return Y.encodeStateAsUpdate(doc)
}
const rejected = (socket: WebSocket) =>
  new Promise<number | undefined>((resolve) => socket.once('unexpected-response', (_, { statusCode }) => resolve(statusCode)))

test('V2: two stock clients converge, and a newcomer is whole when it says synced', async () => {
  const id = await server.createDispatch()
  const [ada, bob] = [await connect(id), await connect(id)]
  ada.text.insert(0, 'let it ')
  await eventually(() => expect(bob.text.toString()).toBe('let it '))
  bob.text.insert(7, 'stand')
  await eventually(() => expect(ada.text.toString()).toBe('let it stand'))
  const late = await connect(id)
  expect(late.text.toString()).toBe('let it stand')
})

test('V2: work done offline reaches the others on return', async () => {
  const id = await server.createDispatch()
  const [ada, bob] = [await connect(id), await connect(id)]
  ada.provider.disconnect()
  ada.text.insert(0, 'from the train')
  bob.text.insert(0, 'from the desk; ')
  ada.provider.connect()
  await eventually(() => {
    expect(ada.text.length).toBe(29)
    expect(bob.text.toString()).toBe(ada.text.toString())
  })
})

test('a return that brings nothing new adds no entry', async () => {
  const id = await server.createDispatch()
  const ada = await connect(id)
  ada.text.insert(0, 'words to delete')
  ada.text.delete(0, 6)
  await eventually(async () => expect((await server.log.head(id))?.seq).toBe(3))
  ada.provider.disconnect()
  appended = []
  const socket = server.openSocket(id)
  const received = frames(socket)
  await opened(socket)
  socket.send(Uint8Array.of(MessageType.saved))
  socket.send(stepTwo(Y.encodeStateAsUpdate(ada.doc)))
  await eventually(() => expect(received).toContainEqual(savedFrame(1)))
  expect(appended).toEqual([])
  socket.close()
})

test('V1: "saved" and the other desk wait for the commit', async () => {
  const id = await server.createDispatch()
  const [socket, other] = [server.openSocket(id), server.openSocket(id)]
  const [received, heard] = [frames(socket), frames(other)]
  await Promise.all([opened(socket), opened(other)])
  gate = new Promise((resolve) => {
    release = resolve
  })
  appended = []
  const update = written((doc) => doc.getText('body').insert(0, 'held'))
  socket.send(Uint8Array.of(MessageType.saved))
  socket.send(updateFrame(update))
  socket.send(Uint8Array.of(MessageType.sync, 1, 2, 0, 0))
  await eventually(() => expect(appended).toHaveLength(1))
  await eventually(() => expect(received).toContainEqual(savedFrame(0)))
  expect([received.filter(([type]) => type === MessageType.saved), heard.some((frame) => frame[1] === 2)]).toEqual([
    [savedFrame(0)],
    false,
  ])
  release()
  await eventually(() => expect(received.at(-1)).toEqual(savedFrame(2)))
  await eventually(() => expect(heard).toContainEqual(updateFrame(update, 2)))
  expect(received.some((frame) => frame[1] === 2 && frame[0] === 0)).toBe(false)
  socket.close()
  other.close()
})

test('a refused commit closes the room for all with a code that means: come back', async () => {
  const id = await server.createDispatch()
  const ada = await connect(id)
  const socket = server.openSocket(id)
  await opened(socket)
  const closed = closing(socket)
  const log = vi.spyOn(server.log, 'append').mockResolvedValueOnce({ ok: false, fault: 'full', message: 'SQLITE_FULL' })
  ada.text.insert(0, 'not lost')
  expect(await closed).toEqual({
    code: CloseCode.notSaved,
    reason: 'not saved: the server has no space left; your changes stay with you until it can',
  })
  log.mockRestore()
  const bob = await connect(id)
  await eventually(() => expect(bob.text.toString()).toBe('not lost'))
})

test('V4: a viewer reads and is closed at the first change; an empty or old step 2 is honest', async () => {
  const id = await server.createDispatch()
  const ada = await connect(id)
  ada.text.insert(0, 'for all to read')
  ada.text.delete(0, 4)
  const viewer = await connect(id, 'viewer')
  await eventually(() => expect(viewer.text.toString()).toBe('all to read'))
  viewer.provider.disconnect()
  viewer.provider.connect()
  await eventually(() => expect(viewer.provider.synced).toBe(true))
  const closed = new Promise<{ code: number }>((resolve) => viewer.provider.once('closed', resolve))
  viewer.text.insert(0, 'mine: ')
  expect((await closed).code).toBe(CloseCode.readOnly)
  expect(ada.text.toString()).toBe('all to read')
})

test.each([
  ['a text frame', 'hello', CloseCode.badMessage],
  ['an unknown message', Uint8Array.of(77), CloseCode.badMessage],
  ['an unsound update', Uint8Array.of(0, 2, 3, 0, 0, 9), CloseCode.badMessage],
  ['a step 2 of a clock yet to come', Uint8Array.of(0, 1, 7, 1, 1, 7, 50, 0, 1, 0), CloseCode.notSaved],
  [
    'an update of a clock yet to come, of which nothing more is said',
    Uint8Array.of(0, 2, 7, 1, 1, 7, 50, 0, 1, 0),
    CloseCode.notSaved,
  ],
  ['a cut message', Uint8Array.of(0, 2, 200, 1), CloseCode.badMessage],
  ['presence that is no JSON', Uint8Array.of(1, 5, 1, 9, 1, 1, 120), CloseCode.badMessage],
])('%s closes its sender and nobody else', async (_, data, code) => {
  const id = await server.createDispatch()
  const ada = await connect(id)
  const socket = server.openSocket(id)
  await opened(socket)
  const closed = closing(socket)
  socket.send(data)
  expect((await closed).code).toBe(code)
  const bob = await connect(id)
  ada.text.insert(0, 'untouched')
  await eventually(() => expect(bob.text.toString()).toBe('untouched'))
  expect(ada.provider.wsconnected).toBe(true)
})

test('G5: what rests on something that another tab has yet to send is asked for, and saved only when all of it is here', async () => {
  const id = await server.createDispatch()
  const [first, second] = [new Y.Doc(), new Y.Doc()]
  first.getText('body').insert(0, 'let it ')
  Y.applyUpdate(second, Y.encodeStateAsUpdate(first))
  const updates: Uint8Array[] = []
  second.on('update', (update: Uint8Array) => updates.push(update))
  second.getText('body').insert(7, 'stand')
  second.getText('body').insert(12, '!')
  const socket = server.openSocket(id)
  const received = frames(socket)
  await opened(socket)
  socket.send(Uint8Array.of(MessageType.saved))
  for (const update of updates) socket.send(updateFrame(update))
  await eventually(() => expect(received.filter(([type, step]) => type === 0 && step === 0)).toHaveLength(2))
  socket.send(stepTwo(Y.encodeStateAsUpdate(second)))
  await eventually(() => expect(received.at(-1)).toEqual(savedFrame(3)))
  expect(received.filter(([type]) => type === MessageType.saved)).toEqual([savedFrame(0), savedFrame(3)])
  const late = await connect(id)
  expect(late.text.toString()).toBe('let it stand!')
  socket.close()
})

test('a large honest update is let through after inspection, and what follows it keeps its order', async () => {
  const id = await server.createDispatch()
  const [ada, bob] = [await connect(id), await connect(id)]
  ada.text.insert(0, 'x'.repeat(200_000))
  ada.text.insert(200_000, ' end')
  await eventually(() => expect(bob.text.length).toBe(200_004))
})

test('W1: presence carries the signed-in name, goes at once with its connection, and newcomers see who is here', async () => {
  const id = await server.createDispatch()
  const [ada, bob] = [await connect(id), await connect(id)]
  ada.provider.awareness.setLocalState({ person: { id: 'x', name: 'the pope', color: 9 }, field: 'title' })
  const seenBy = (client: typeof ada) => client.provider.awareness.getStates().get(ada.doc.clientID)
  await eventually(() => expect(seenBy(bob)).toMatchObject({ person: { name: 'editor' }, field: 'title' }))
  const late = await connect(id)
  await eventually(() => expect(seenBy(late)).toMatchObject({ field: 'title' }))
  ada.provider.disconnect()
  await eventually(() => expect([seenBy(bob), seenBy(late)]).toEqual([undefined, undefined]))
  ada.provider.connect()
  await eventually(() => expect(seenBy(bob)).toMatchObject({ field: 'title' }))
})

test('V5: nobody gets in without credentials, and what is absent looks like what is forbidden', async () => {
  const id = await server.createDispatch()
  expect(await rejected(server.openSocket(id, null))).toBe(401)
  expect(await rejected(server.openSocket(id, null, { authorization: 'Bearer stet_wrong' }))).toBe(401)
  expect(await rejected(server.openSocket('A'.repeat(22)))).toBe(404)
  expect(await rejected(server.openSocket('../etc'))).toBe(404)
})

test('V5: a cookie opens the socket for our own pages only, and signing out closes it', async () => {
  const id = await server.createDispatch()
  const session = await personOf(server.access, 'editor', 'Ada')
  const cookie = `stet_session=${session.secret}`
  expect(await rejected(server.openSocket(id, null, { cookie, origin: 'https://evil.example' }))).toBe(403)
  expect(await rejected(server.openSocket(id, null, { cookie }))).toBe(403)
  const socket = server.openSocket(id, null, { cookie, origin: server.url })
  await opened(socket)
  const closed = closing(socket)
  expect((await server.request('DELETE', '/api/session', { role: null, headers: { cookie, origin: server.url } })).status).toBe(
    204,
  )
  expect((await closed).code).toBe(CloseCode.signedOut)
})
