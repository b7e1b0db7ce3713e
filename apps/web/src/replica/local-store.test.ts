import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type DeskDatabase, openDatabase } from './database.ts'
import { createLocalStore } from './local-store.ts'

let db: DeskDatabase
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  const opened = await openDatabase()
  if (opened === null) throw new Error('fake-indexeddb opens')
  db = opened
})

const bytes = (...values: number[]) => Uint8Array.from(values)
const joined = (updates: readonly Uint8Array[]) => Uint8Array.from(updates.flatMap((update) => [...update]))

test('O1: what is appended is loaded, in order, for its dispatch alone', async () => {
  const store = createLocalStore(db)
  await store.append('a', [
    { update: bytes(1), unsent: 1 },
    { update: bytes(2), unsent: 0 },
  ])
  await store.append('b', [{ update: bytes(9), unsent: 0 }])
  await store.append('a', [{ update: bytes(3), unsent: 2 }])
  const loaded = await store.load('a')
  expect(loaded.updates).toEqual([bytes(1), bytes(2), bytes(3)])
  expect(loaded.unsent.map(({ changes }) => changes)).toEqual([1, 2])
  expect(await store.unsentByDispatch()).toEqual(new Map([['a', 3]]))
})

test('a row that was sent is not unsent any more', async () => {
  const store = createLocalStore(db)
  const written = await store.append('a', [{ update: bytes(1), unsent: 1 }])
  if (written.ok) await store.markSent(written.value)
  expect((await store.load('a')).unsent).toEqual([])
})

test('one damaged row is left out and told of; the sound ones are loaded', async () => {
  const store = createLocalStore(db)
  const written = await store.append(
    'a',
    [1, 2, 3].map((value) => ({ update: bytes(value), unsent: 0 })),
  )
  const damagedRow = written.ok ? written.value[1] : undefined
  await db.put('updates', { dispatch: 'a', update: bytes(7), checksum: 0 }, damagedRow)
  expect(await store.load('a')).toMatchObject({ updates: [bytes(1), bytes(3)], damaged: 1 })
})

test('O5: how much of the log is here is told as long as every row is', async () => {
  const store = createLocalStore(db)
  const heard = { epoch: 'e'.repeat(22), seq: 7 }
  const written = await store.append('a', [{ update: bytes(1), unsent: 0 }], heard)
  await store.append('a', [{ update: bytes(2), unsent: 1 }])
  expect((await store.load('a')).heard).toEqual(heard)
  expect((await store.load('b')).heard).toBeNull()
  await db.put('updates', { dispatch: 'a', update: bytes(7), checksum: 0 }, written.ok ? written.value[0] : undefined)
  expect((await store.load('a')).heard).toBeNull()
})

test('compaction puts one row in the place of the sound ones, and leaves the damaged and the unsent marks alone', async () => {
  const store = createLocalStore(db)
  await store.append(
    'a',
    [1, 2, 3].map((value) => ({ update: bytes(value), unsent: 1 })),
  )
  await db.add('updates', { dispatch: 'a', update: bytes(7), checksum: 0 })
  expect(await store.compact('a', joined)).toEqual({ ok: true, value: 3 })
  const loaded = await store.load('a')
  expect(loaded.updates).toEqual([bytes(1, 2, 3)])
  expect(loaded.damaged).toBe(1)
  expect(loaded.unsent).toHaveLength(3)
})

test('a row that another tab appends while one compacts is kept', async () => {
  const store = createLocalStore(db)
  await store.append(
    'a',
    [1, 2].map((value) => ({ update: bytes(value), unsent: 0 })),
  )
  let appended: Promise<unknown> = Promise.resolve()
  await store.compact('a', (updates) => {
    appended = createLocalStore(db).append('a', [{ update: bytes(8), unsent: 0 }])
    return joined(updates)
  })
  await appended
  expect(joined((await store.load('a')).updates.toSorted((x, y) => (x[0] ?? 0) - (y[0] ?? 0)))).toEqual(bytes(1, 2, 8))
})

test('a full device is an answer, and the sound rows stay', async () => {
  const store = createLocalStore(db)
  await store.append('a', [{ update: bytes(1), unsent: 0 }])
  const full = new Proxy(db, {
    get: (target, key) => {
      if (key === 'transaction')
        return () => {
          throw new DOMException('no room', 'QuotaExceededError')
        }
      return Reflect.get(target, key)
    },
  })
  expect(await createLocalStore(full).append('a', [{ update: bytes(2), unsent: 1 }])).toEqual({ ok: false, fault: 'full' })
  expect((await store.load('a')).updates).toEqual([bytes(1)])
})

test('where the browser keeps nothing, writing says so and loading finds nothing', async () => {
  const store = createLocalStore(null)
  expect(await store.append('a', [{ update: bytes(1), unsent: 1 }])).toEqual({ ok: false, fault: 'unavailable' })
  expect(await store.load('a')).toEqual({ updates: [], damaged: 0, unsent: [], heard: null })
})

test('two tabs write one dispatch; a third finds both', async () => {
  const [one, two] = [new Y.Doc(), new Y.Doc()]
  const stores = [createLocalStore(db), createLocalStore(db)] as const
  one.getText('title').insert(0, 'left ')
  two.getText('title').insert(0, 'right ')
  await Promise.all([
    stores[0].append('a', [{ update: Y.encodeStateAsUpdate(one), unsent: 1 }]),
    stores[1].append('a', [{ update: Y.encodeStateAsUpdate(two), unsent: 1 }]),
  ])
  const third = new Y.Doc()
  for (const update of (await stores[0].load('a')).updates) Y.applyUpdate(third, update)
  expect(third.getText('title').toString().split(' ').sort()).toEqual(['', 'left', 'right'])
})
