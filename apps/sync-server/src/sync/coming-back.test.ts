import { EPOCH_PARAM, HEARD_PARAM, heardText, MessageType } from '@stet/schema/contract/sync'
import * as decoding from 'lib0/decoding'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { eventually } from '../eventually.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { SyncStep } from './frames.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

/** A desk: it asks for all, or for what came after what it has heard, and keeps what it is told. */
const visit = async (id: string, doc: Y.Doc, heard?: { epoch: string; seq: number }) => {
  const socket = server.openSocket(`${id}?${EPOCH_PARAM}=tell${heard === undefined ? '' : `&${HEARD_PARAM}=${heardText(heard)}`}`)
  const told = { epoch: '', seq: null as number | null, bytes: 0, isWhole: false }
  socket.on('message', (data: Buffer) => {
    const decoder = decoding.createDecoder(Uint8Array.from(data))
    const type = decoding.readVarUint(decoder)
    if (type === MessageType.epoch) {
      decoding.readVarString(decoder)
      told.epoch = decoding.readVarString(decoder)
    }
    if (type === MessageType.sync) {
      const step = decoding.readVarUint(decoder)
      const bytes = decoding.readVarUint8Array(decoder)
      if (step === SyncStep.one) return
      told.bytes += bytes.length
      Y.applyUpdate(doc, bytes, 'server')
      told.isWhole ||= step === SyncStep.two
      if (told.isWhole && decoding.hasContent(decoder)) told.seq = decoding.readVarUint(decoder)
    }
    if (type === MessageType.saved) {
      decoding.readVarUint(decoder)
      if (told.isWhole && decoding.hasContent(decoder)) told.seq = decoding.readVarUint(decoder)
    }
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  socket.send(Uint8Array.of(MessageType.saved))
  socket.send(Uint8Array.of(MessageType.sync, SyncStep.one, 1, 0))
  await eventually(() => expect(told.isWhole).toBe(true))
  return { socket, told }
}
const write = async (id: string, words: number, text: string) => {
  const { doc, provider } = server.connect(id)
  await eventually(() => expect(provider.synced).toBe(true))
  const seq = (await server.log.head(id))?.seq ?? 0
  for (let word = 0; word < words; word++) doc.getText('body').insert(doc.getText('body').length, text)
  await eventually(async () => expect((await server.log.head(id))?.seq).toBe(seq + words))
  provider.destroy()
}

test('V18: who comes back and says what it has heard is handed what came after, and nothing else', async () => {
  const id = await server.createDispatch()
  await write(id, 200, 'what was written before; ')
  const doc = new Y.Doc()
  const first = await visit(id, doc)
  expect(first.told.seq).toBe(201)
  first.socket.close()
  await write(id, 100, '.')

  const second = await visit(id, doc, { epoch: first.told.epoch, seq: 201 })
  expect(second.told.bytes).toBeLessThan(3_000)
  expect(second.told.seq).toBe(301)
  const all = new Y.Doc()
  const newcomer = await visit(id, all)
  expect(doc.getText('body').toString()).toBe(all.getText('body').toString())
  for (const { socket } of [second, newcomer]) socket.close()
})

test('V18: what others write and what one writes oneself both count as heard', async () => {
  const id = await server.createDispatch()
  const [ada, bo] = [new Y.Doc(), new Y.Doc()]
  const desks = [await visit(id, ada), await visit(id, bo)] as const
  const send = (update: Uint8Array, nth: 0 | 1) =>
    desks[nth].socket.send(Buffer.concat([Uint8Array.of(MessageType.sync, SyncStep.update, update.length), update]))
  ada.on('update', (update: Uint8Array, origin: unknown) => origin !== 'server' && send(update, 0))
  bo.on('update', (update: Uint8Array, origin: unknown) => origin !== 'server' && send(update, 1))
  ada.getText('body').insert(0, 'ada')
  await eventually(() => expect(desks.map(({ told }) => told.seq)).toEqual([2, 2]))
  bo.getText('body').insert(0, 'bo')
  ada.getText('body').insert(3, '!')
  await eventually(() => expect(desks.map(({ told }) => told.seq)).toEqual([4, 4]))
  expect(ada.getText('body').toString()).toBe(bo.getText('body').toString())
  for (const { socket } of desks) socket.close()
})

test.each([
  ['of another epoch', (epoch: string) => ({ epoch: epoch.replace(/./g, 'A'), seq: 3 })],
  ['further than the server is', (epoch: string) => ({ epoch, seq: 9 })],
])('V18: who says to have heard something %s is handed the whole', async (_, heard) => {
  const id = await server.createDispatch()
  await write(id, 3, 'all of it; ')
  const { told, socket } = await visit(id, new Y.Doc())
  socket.close()
  const doc = new Y.Doc()
  const again = await visit(id, doc, heard(told.epoch))
  expect(doc.getText('body').toString()).toBe('all of it; '.repeat(3))
  again.socket.close()
})
