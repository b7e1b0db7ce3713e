import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createHeld } from './held.ts'
import { createHonestReplica, createRandom } from './honest-replica.ts'
import { joinUpdates, type Piece } from './join-updates.ts'
import { type Scan, scanUpdate } from './scan-update.ts'

/** What three replicas write who hear of each other late; now and then one says again all that it has. */
const write = (seed: number, edits: number): { pieces: Piece[]; room: Y.Doc } => {
  const random = createRandom(seed)
  const replicas = [1, 2, 3].map((id) => createHonestReplica(random, id + random.below(2 ** 31)))
  const held = createHeld()
  const room = new Y.Doc()
  const pieces: Piece[] = []
  const send = (update: Uint8Array) => {
    const scan = scanUpdate(update, held) as Scan
    held.add(scan)
    Y.applyUpdate(room, update)
    pieces.push({ ...scan, update })
  }
  for (const { doc } of replicas) doc.on('update', (update: Uint8Array, origin: unknown) => origin !== 'room' && send(update))
  for (let edit = 0; edit < edits; edit++) {
    random.pick(replicas).edit()
    if (random.below(5) === 0) Y.applyUpdate(random.pick(replicas).doc, Y.encodeStateAsUpdate(room), 'room')
    if (random.below(20) === 0) send(Y.encodeStateAsUpdate(random.pick(replicas).doc))
  }
  return { pieces, room }
}
const replay = (pieces: readonly Piece[]) => {
  const doc = new Y.Doc()
  for (const { update } of pieces) Y.applyUpdate(doc, update)
  return doc
}
const expectSame = (doc: Y.Doc, room: Y.Doc, seed: number) => {
  expect(doc.store.pendingStructs, `seed ${seed}`).toBeNull()
  expect(Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(room)), `seed ${seed}`).toBe(true)
  for (const [name, type] of [
    ['body', Y.Text],
    ['meta', Y.Map],
    ['list', Y.Array],
  ] as const)
    expect(doc.get(name, type as typeof Y.Text).toJSON(), `seed ${seed}`).toEqual(room.get(name, type as typeof Y.Text).toJSON())
}

test.each(Array.from({ length: 40 }, (_, index) => 3_000 + index))(
  'V17: joined updates say what they said one by one, and can be joined again (seed %i)',
  (seed) => {
    const { pieces, room } = write(seed, 150)
    const random = createRandom(seed)
    const joined: Piece[] = []
    for (let at = 0; at < pieces.length; ) {
      const count = 1 + random.below(30)
      joined.push(...joinUpdates(pieces.slice(at, at + count)))
      at += count
    }
    expect(joined.length).toBeLessThan(pieces.length)
    expectSame(replay(joined), room, seed)
    expectSame(replay(joinUpdates(joined)), room, seed)
  },
)

test.each(Array.from({ length: 40 }, (_, index) => 4_000 + index))(
  'V17: who hears joined updates before all that they rest on comes to the same (seed %i)',
  (seed) => {
    const { pieces, room } = write(seed, 150)
    const random = createRandom(seed)
    const half = Math.floor(pieces.length / 2)
    const doc = new Y.Doc()
    for (let at = half; at < pieces.length; ) {
      const count = 1 + random.below(30)
      for (const { update } of joinUpdates(pieces.slice(at, at + count))) Y.applyUpdate(doc, update)
      at += count
    }
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(replay(pieces.slice(0, half))))
    expect(doc.store.pendingDs, `seed ${seed}`).toBeNull()
    expectSame(doc, room, seed)
  },
)

test('V17: a scan of what was joined finds the parts where the joining says they lie', () => {
  for (let seed = 3_000; seed < 3_010; seed++) {
    const held = createHeld()
    for (const { update, inserts, deletes, isSeamless } of joinUpdates(write(seed, 150).pieces)) {
      const scan = scanUpdate(update, held) as Scan
      expect(scan, `seed ${seed}`).toMatchObject({ ok: true, inserts, deletes, isSeamless })
      expect(scan.breach ?? '', `seed ${seed}`).not.toMatch(/do not rise/)
      held.add(scan)
    }
  }
})

test('letters that several people type in turns become one update', () => {
  const docs = [1, 2, 3].map((id) => Object.assign(new Y.Doc(), { clientID: id }))
  const updates: Uint8Array[] = []
  for (const doc of docs) doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let letter = 0; letter < 90; letter++) docs[letter % 3]?.getText('body').insert(Math.floor(letter / 3), 'e')
  const held = createHeld()
  const pieces = updates.map((update) => {
    const scan = scanUpdate(update, held) as Scan
    held.add(scan)
    return { ...scan, update }
  })
  const joined = joinUpdates(pieces)
  expect(joined).toHaveLength(1)
  expect(replay(joined).getText('body').length).toBe(90)
})
