import type { Role } from '@stet/schema/contract/people'
import { MessageType } from '@stet/schema/contract/sync'
import { newDispatchId } from '@stet/schema/ids'
import { LAYOUT_VERSION } from '@stet/schema/snapshot'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as syncProtocol from 'y-protocols/sync'
import * as Y from 'yjs'
import { contentKind } from './counting-socket.ts'
import { createFeed } from './feed.ts'
import { createLineages } from './lineages.ts'
import type { Kept, LocalStore } from './local-store.ts'
import type { Outbox } from './outbox.ts'
import { openReplica } from './replica.ts'

const SYNC = 0

/** A socket whose other end is the test. */
class OpenSocket {
  static readonly OPEN = 1
  static last: OpenSocket | null = null
  readonly OPEN = OpenSocket.OPEN
  readonly readyState = OpenSocket.OPEN
  readonly sent: Uint8Array[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: Uint8Array }) => void) | null = null
  constructor() {
    OpenSocket.last = this
  }
  send(data: Uint8Array) {
    this.sent.push(data)
  }
  close() {}
}

beforeEach(() => {
  vi.stubGlobal('WebSocket', OpenSocket)
  vi.stubGlobal('document', { addEventListener: () => undefined, removeEventListener: () => undefined })
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
})
afterEach(() => void vi.unstubAllGlobals())

const openAs = async (role: Role) => {
  const kept: Kept[] = []
  const store = {
    load: async () => ({ updates: [], damaged: 0, unsent: [], heard: null }),
    append: async (_dispatch: string, rows: readonly Kept[]) => ({ ok: true, value: rows.map((row) => kept.push(row)) }),
  } as unknown as LocalStore
  const replica = await openReplica({
    id: newDispatchId(),
    person: { id: 'p', name: 'Vic', color: 1, role },
    store,
    outbox: { untilRegistered: async () => true } as unknown as Outbox,
    lineages: createLineages(null),
    socketOrigin: 'ws://desk.example',
    onLost: () => undefined,
    signedIn: createFeed(true),
  })
  const socket = OpenSocket.last
  if (socket === null) throw new Error('a replica connects')
  socket.onopen?.()
  const met = encoding.createEncoder()
  encoding.writeVarUint(met, MessageType.epoch)
  for (const name of ['lineage', 'epoch']) encoding.writeVarString(met, name)
  encoding.writeVarUint(met, 0)
  socket.onmessage?.({ data: encoding.toUint8Array(met) })
  const tell = (write: (encoder: encoding.Encoder) => void) => {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, SYNC)
    write(encoder)
    socket.onmessage?.({ data: encoding.toUint8Array(encoder) })
  }
  return {
    replica,
    kept,
    contentSent: () => socket.sent.map(contentKind).filter((kind) => kind !== null),
    receive: (update: Uint8Array) => tell((encoder) => syncProtocol.writeUpdate(encoder, update)),
    ask: () => tell((encoder) => syncProtocol.writeSyncStep1(encoder, new Y.Doc())),
  }
}

/** One makes a word strong while another deletes it: whoever hears of both, Yjs takes away the format that is left over. */
const strongAndGone = (layout: number): Uint8Array[] => {
  const ada = new Y.Doc()
  ada.getMap('meta').set('layout', layout)
  ada.getText('body').insert(0, 'the lamp was out for nine nights')
  const first = Y.encodeStateAsUpdate(ada)
  const bo = new Y.Doc()
  Y.applyUpdate(bo, first)
  const before = Y.encodeStateVector(ada)
  ada.getText('body').delete(4, 4)
  bo.getText('body').format(4, 4, { strong: true })
  return [first, Y.encodeStateAsUpdate(bo, before), Y.encodeStateAsUpdate(ada, before)]
}

const listen = async (role: Role, layout: number) => {
  const desk = await openAs(role)
  let tidied = 0
  desk.replica.dispatch.doc.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin === null) tidied += 1
  })
  for (const update of strongAndGone(layout)) desk.receive(update)
  desk.ask()
  await desk.replica.flush()
  return { ...desk, tidied }
}

test('what Yjs tidies up is sent by a replica that may write', async () => {
  const { tidied, contentSent, replica } = await listen('editor', LAYOUT_VERSION)
  expect(tidied).toBe(1)
  expect(contentSent()).toEqual(['update', 'step2'])
  await replica.close()
})

for (const [who, role, layout] of [
  ['a viewer', 'viewer', LAYOUT_VERSION],
  ['a desk whose layout is too old', 'editor', LAYOUT_VERSION + 1],
] as const)
  test(`E4: ${who} sends no content, not even what Yjs tidies up by itself, and keeps all of it`, async () => {
    const { tidied, contentSent, replica, kept } = await listen(role, layout)
    expect(tidied).toBe(1)
    expect(contentSent()).toEqual([])
    expect(replica.status.get().unsent).toBe(0)
    expect(kept.map(({ unsent }) => unsent)).toEqual([0])
    const copy = new Y.Doc()
    for (const { update } of kept) Y.applyUpdate(copy, update)
    expect(Y.encodeStateAsUpdate(copy)).toEqual(Y.encodeStateAsUpdate(replica.dispatch.doc))
    await replica.close()
  })

test('E4: what was written before the right to write was lost is said to stay here', async () => {
  const { replica, receive } = await openAs('editor')
  replica.dispatch.body.insertBlock(null, { kind: 'turn' }, 'me')
  const newer = new Y.Doc()
  newer.getMap('meta').set('layout', LAYOUT_VERSION + 1)
  receive(Y.encodeStateAsUpdate(newer))
  await replica.flush()
  expect(replica.status.get()).toMatchObject({ state: 'read only', text: 'Read only' })
  expect(replica.status.get().detail).toContain('2 changes made on this device stay here and were not sent.')
  await replica.close()
})
