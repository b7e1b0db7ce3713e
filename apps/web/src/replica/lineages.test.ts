import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import type { DispatchListing } from '@stet/schema/contract/api'
import { MessageType } from '@stet/schema/contract/sync'
import { type DispatchId, newDispatchId } from '@stet/schema/ids'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as syncProtocol from 'y-protocols/sync'
import * as Y from 'yjs'
import { contentKind } from './counting-socket.ts'
import { type DeskDatabase, openDatabase } from './database.ts'
import { createFeed } from './feed.ts'
import { createLineages } from './lineages.ts'
import { createLocalStore } from './local-store.ts'
import { createOutbox } from './outbox.ts'
import { openReplica } from './replica.ts'

const OLD = 'lineage-of-the-old-one'
const NEW = 'lineage-of-the-new-one'
const [EPOCH_1, EPOCH_2] = ['epoch-number-one-of-it', 'epoch-number-two-of-it']

/** A socket whose other end is the test. */
class OpenSocket {
  static readonly OPEN = 1
  static all: OpenSocket[] = []
  readonly OPEN = OpenSocket.OPEN
  readonly readyState = OpenSocket.OPEN
  readonly url: string
  readonly sent: Uint8Array[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: Uint8Array }) => void) | null = null
  constructor(url: string) {
    this.url = url
    OpenSocket.all.push(this)
  }
  send(data: Uint8Array) {
    this.sent.push(data)
  }
  close() {}
}

let db: DeskDatabase
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  OpenSocket.all = []
  vi.stubGlobal('WebSocket', OpenSocket)
  vi.stubGlobal('document', { addEventListener: () => undefined, removeEventListener: () => undefined })
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  const opened = await openDatabase()
  if (opened === null) throw new Error('fake-indexeddb opens')
  db = opened
})
afterEach(() => void vi.unstubAllGlobals())

const noServer = (async () => ({ ok: true, value: {} })) as never
const open = async (id: DispatchId) => {
  const [store, lineages] = [createLocalStore(db), createLineages(db)]
  const before = OpenSocket.all.length
  const replica = await openReplica({
    id,
    person: { id: 'p', name: 'Ada', color: 1, role: 'editor' },
    store,
    lineages,
    outbox: createOutbox(db, noServer),
    socketOrigin: 'ws://desk.example',
    onLost: () => undefined,
    signedIn: createFeed(true),
  })
  await vi.waitFor(() => expect(OpenSocket.all[before]?.onopen).toBeTypeOf('function'))
  const socket = OpenSocket.all[before] as OpenSocket
  socket.onopen?.()
  const tell = (write: (encoder: encoding.Encoder) => void) => {
    const encoder = encoding.createEncoder()
    write(encoder)
    socket.onmessage?.({ data: encoding.toUint8Array(encoder) })
  }
  const sync = (write: (encoder: encoding.Encoder) => void) =>
    tell((encoder) => {
      encoding.writeVarUint(encoder, MessageType.sync)
      write(encoder)
    })
  const contentSent = () => socket.sent.filter((frame) => contentKind(frame) !== null)
  return {
    id,
    replica,
    store,
    lineages,
    socket,
    text: replica.dispatch.text('summary'),
    contentSent,
    /** As the server begins a connection: which dispatch it has, then what it holds. */
    meet: (lineage: string, epoch: string, damaged: boolean, held = new Y.Doc()) => {
      tell((encoder) => {
        encoding.writeVarUint(encoder, MessageType.epoch)
        encoding.writeVarString(encoder, lineage)
        encoding.writeVarString(encoder, epoch)
        encoding.writeVarUint(encoder, damaged ? 1 : 0)
      })
      sync((encoder) => syncProtocol.writeSyncStep1(encoder, held))
      sync((encoder) => syncProtocol.writeSyncStep2(encoder, held))
    },
    /** The server has committed all that was sent. */
    save: () =>
      tell((encoder) => {
        encoding.writeVarUint(encoder, MessageType.saved)
        encoding.writeVarUint(encoder, contentSent().length)
      }),
  }
}
const wordsOf = (...words: string[]) => {
  const doc = new Y.Doc()
  for (const each of words) doc.getText('summary').insert(0, each)
  return doc
}
/** A dispatch that this device has met at the server before, with words that the server has committed. */
const metBefore = async () => {
  const desk = await open(newDispatchId())
  desk.text.insert(0, 'written here')
  desk.meet(OLD, EPOCH_1, false)
  desk.save()
  await vi.waitFor(async () =>
    expect(await desk.lineages.get(desk.id)).toMatchObject({ lineage: OLD, epoch: EPOCH_1, copy: desk.id }),
  )
  await desk.replica.close()
  return desk
}

test('V12: a connection asks which dispatch it meets', async () => {
  const desk = await open(newDispatchId())
  expect(desk.socket.url).toContain('epoch=tell')
  await desk.replica.close()
})

test('V12: an older state of the same lineage is given what it lacks, and the epoch is noted once that is committed', async () => {
  const { id } = await metBefore()
  const desk = await open(id)
  expect(desk.replica.status.get().unsent).toBe(0)
  desk.meet(OLD, EPOCH_2, false)
  const [step2] = desk.contentSent()
  expect(step2?.length).toBeGreaterThan(10)
  expect((await desk.lineages.get(id))?.epoch).toBe(EPOCH_1)
  desk.save()
  await vi.waitFor(async () => expect((await desk.lineages.get(id))?.epoch).toBe(EPOCH_2))
  await desk.replica.close()
})

test('V12: another lineage is not merged either way; the copy here is kept as a dispatch of its own', async () => {
  const { id } = await metBefore()
  const desk = await open(id)
  desk.text.insert(0, 'unsent and ')
  desk.meet(NEW, EPOCH_2, false, wordsOf('quite another dispatch'))
  desk.text.insert(0, 'still typing: ')
  expect([desk.contentSent(), desk.text.toString()]).toEqual([[], 'still typing: unsent and written here'])
  await vi.waitFor(() => expect(desk.replica.putAside.get()).not.toBeNull())
  expect(desk.replica.status.get().state).toBe('put aside')
  const keptAs = desk.replica.putAside.get()?.keptAs as DispatchId
  await desk.replica.close()

  const kept = await open(keptAs)
  expect(kept.text.toString()).toContain('unsent and written here')
  expect(kept.replica.dispatch.text('title').toString()).toBe('Recovered: ')
  kept.meet('lineage-of-the-kept-one', EPOCH_1, false)
  expect(kept.contentSent()).toHaveLength(1)
  await kept.replica.close()

  const anew = await open(id)
  expect([anew.replica.hasContents.get(), anew.text.toString()]).toEqual([false, ''])
  anew.meet(NEW, EPOCH_2, false, wordsOf('quite another dispatch'))
  expect([anew.text.toString(), anew.replica.putAside.get()]).toEqual(['quite another dispatch', null])
  expect(await anew.store.unsentByDispatch()).not.toContain(id)
  await anew.replica.close()
})

test('V12: two tabs that meet another lineage keep what both have in one dispatch', async () => {
  const { id } = await metBefore()
  const [one, two] = [await open(id), await open(id)]
  one.text.insert(0, 'one; ')
  two.text.insert(two.text.length, '; two')
  for (const tab of [one, two]) {
    tab.meet(NEW, EPOCH_2, false)
    await vi.waitFor(() => expect(tab.replica.putAside.get()).not.toBeNull())
  }
  const keptAs = one.replica.putAside.get()?.keptAs as DispatchId
  expect(two.replica.putAside.get()).toEqual({ keptAs })
  const kept = await open(keptAs)
  expect(kept.text.toString()).toBe('one; written here; two')
  for (const { replica } of [one, two, kept]) await replica.close()
})

test('V11: a damaged dispatch is read and sent nothing, and what is here goes up when it is repaired', async () => {
  const { id } = await metBefore()
  const desk = await open(id)
  desk.meet(OLD, '', true)
  desk.text.insert(0, 'kept ')
  expect([desk.contentSent(), desk.replica.status.get().state, desk.replica.hasContents.get()]).toEqual([[], 'damaged', true])
  desk.meet(OLD, EPOCH_2, false)
  const [, , length, ...update] = desk.contentSent()[0] as Uint8Array
  expect(desk.contentSent()).toHaveLength(1)
  const server = new Y.Doc()
  Y.applyUpdate(server, Uint8Array.from(update.slice(0, length)))
  expect(server.getText('summary').toString()).toBe('kept written here')
  desk.save()
  await vi.waitFor(async () => expect((await desk.lineages.get(id))?.epoch).toBe(EPOCH_2))
  await desk.replica.close()
})

test('V12: dispatches of another epoch, and those that the same show lost, are to be given back; another show is given nothing', async () => {
  const lineages = createLineages(db)
  await lineages.note('a', OLD, EPOCH_1)
  await lineages.note('b', NEW, EPOCH_1)
  const listing = (id: string, lineage: string, epoch: string) => ({ id, lineage, epoch }) as unknown as DispatchListing
  const known = new Map([['c', listing('c', OLD, EPOCH_1)]])
  const c = listing('c', OLD, EPOCH_2)
  expect(await lineages.toGiveBack([listing('a', OLD, EPOCH_1), listing('b', NEW, EPOCH_1), c], known)).toEqual({
    behind: [],
    lost: [],
  })
  expect(await lineages.toGiveBack([listing('a', OLD, EPOCH_2), c], known)).toMatchObject({
    behind: ['a'],
    lost: [{ dispatch: 'b', lineage: NEW }],
  })
  const another = listing('c', 'another-lineage-of-it-c', EPOCH_2)
  for (const listed of [[another], []]) expect(await lineages.toGiveBack(listed, known)).toEqual({ behind: [], lost: [] })
})
