import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createHeld } from './held.ts'
import { createHonestReplica, createRandom } from './honest-replica.ts'
import { scanUpdate } from './scan-update.ts'

const seeds = Array.from({ length: 40 }, (_, index) => 1_000 + index)
const nothing = createHeld()
const encodedVector = (doc: Y.Doc) => new Map([...Y.decodeStateVector(Y.encodeStateVector(doc))].sort())
const sorted = (vector: ReadonlyMap<number, number>) => new Map([...vector].sort())

/** Three replicas edit and exchange updates late; the room sees every update in an order a server could see. */
const playHonestly = (seed: number, edits: number) => {
  const random = createRandom(seed)
  const replicas = [1, 2, 3].map((id) => createHonestReplica(random, id + random.below(2 ** 31)))
  const held = createHeld()
  const room = new Y.Doc()
  const updates: Uint8Array[] = []
  const send = (update: Uint8Array) => {
    const scan = scanUpdate(update, held)
    if (!scan.ok) throw new Error(`seed ${seed}: an honest update was refused: ${scan.kind}: ${scan.reason}`)
    held.add(scan)
    expect(held.isNews(scan)).toBe(false)
    Y.applyUpdate(room, update)
    updates.push(update)
    expect(sorted(held.stateVector), `seed ${seed}`).toEqual(encodedVector(room))
  }
  for (const { doc } of replicas) doc.on('update', (update: Uint8Array, origin: unknown) => origin !== 'room' && send(update))
  for (let edit = 0; edit < edits; edit++) {
    random.pick(replicas).edit()
    if (random.below(5) === 0) Y.applyUpdate(random.pick(replicas).doc, Y.encodeStateAsUpdate(room), 'room')
    // A reconnecting client says everything beyond some older state, and all deletions.
    if (random.below(20) === 0) send(Y.encodeStateAsUpdate(random.pick(replicas).doc))
  }
  return { updates, held, room }
}

test.each(seeds)('V3: every honest update is accepted and the state vector is that of a replica (seed %i)', (seed) => {
  playHonestly(seed, 120)
})

test('a merged and a collected state is accepted as a whole', () => {
  for (const seed of seeds.slice(0, 10)) {
    const { updates, room } = playHonestly(seed, 100)
    for (const whole of [Y.encodeStateAsUpdate(room), Y.mergeUpdates(updates.slice(0, 90))]) {
      const scan = scanUpdate(whole, nothing)
      expect(scan, `seed ${seed}`).toMatchObject({ ok: true })
      const held = createHeld()
      if (scan.ok) held.add(scan)
      const replica = new Y.Doc()
      Y.applyUpdate(replica, whole)
      expect(sorted(held.stateVector), `seed ${seed}`).toEqual(encodedVector(replica))
    }
  }
})

test('V3: a mutated update never makes the scanner throw, and what it accepts Yjs decodes to the same', () => {
  let accepted = 0
  for (const seed of seeds.slice(0, 12)) {
    const random = createRandom(seed)
    const { updates, held } = playHonestly(seed, 40)
    for (let round = 0; round < 400; round++) {
      const mutated = Uint8Array.from(random.pick(updates))
      for (let change = random.below(3); change >= 0; change--) mutated[random.below(mutated.length)] = random.below(256)
      const bytes = random.below(4) === 0 ? mutated.subarray(0, random.below(mutated.length)) : mutated
      const scan = scanUpdate(bytes, held)
      if (!scan.ok) continue
      accepted += 1
      const label = `seed ${seed} round ${round}: ${Buffer.from(bytes).toString('hex')}`
      const decoded = Y.decodeUpdate(bytes)
      expect(decoded.structs.length, label).toBe(scan.structs)
      const deletes = [...decoded.ds.clients].flatMap(([client, items]) =>
        items.filter(({ len }) => len > 0).map(({ clock, len }) => ({ client, clock, length: len })),
      )
      expect(scan.deletes, label).toEqual(deletes)
      const { from, to } = Y.parseUpdateMeta(bytes)
      expect(
        scan.inserts.map(({ client, clock }) => [client, clock]),
        label,
      ).toEqual([...from])
      // A trailing skip is no content, so the scanner may stop before Yjs's count.
      for (const { client, clock, length } of scan.inserts) expect(clock + length, label).toBeLessThanOrEqual(to.get(client) ?? 0)
    }
  }
  expect(accepted).toBeGreaterThan(100)
})

const written = (write: (doc: Y.Doc) => void, clientID = 7) => {
  const doc = new Y.Doc()
  doc.clientID = clientID
  write(doc)
  return Y.encodeStateAsUpdate(doc)
}

test.each([
  ['trailing bytes', [0, 0, 9], 'unsound', 'trailing'],
  ['an end in the middle', [1, 1, 7], 'unsound', 'count'],
  ['a count larger than the bytes left', [255, 255, 3, 1, 1, 1], 'unsound', 'count'],
  ['a struct of a clock yet to come', [1, 1, 7, 50, 0, 1, 0], 'missing', 'gap'],
  ['a clock past 2^31', [1, 1, 7, 0, 0, 128, 128, 128, 128, 16, 0], 'unsound', 'clock'],
  ['a deletion of what is not here', [0, 1, 7, 1, 0, 5], 'missing', 'gap'],
  ['a subdocument', [1, 1, 7, 0, 9, 1, 1, 97, 1, 97, 118, 0, 0], 'unsound', 'content'],
  ['the key __proto__', [...written((doc) => doc.getMap('m').set('k', JSON.parse('{"__proto__":1}')))], 'unsound', 'key'],
  ['text that is not UTF-8', [1, 1, 7, 0, 4, 1, 1, 97, 2, 0xc0, 0x80, 0], 'unsound', 'text'],
])('%s is refused', (_, bytes, fault, kind) => {
  expect(scanUpdate(Uint8Array.from(bytes), nothing)).toMatchObject({ ok: false, fault, kind })
})

test('values nested deeper than 32 are refused', () => {
  let value: unknown = 1
  for (let depth = 0; depth < 40; depth++) value = [value]
  expect(
    scanUpdate(
      written((doc) => doc.getMap('m').set('k', value)),
      nothing,
    ),
  ).toMatchObject({ kind: 'depth' })
  expect(
    scanUpdate(
      written((doc) => doc.getText('t').insertEmbed(0, { value })),
      nothing,
    ),
  ).toMatchObject({ kind: 'depth' })
})

test('an update that points at what the room has not got is said to miss something', () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.getText('t').insert(0, 'first')
  doc.clientID = 99
  doc.getText('t').insert(5, ' second')
  expect(scanUpdate(updates[1] as Uint8Array, nothing)).toMatchObject({ ok: false, fault: 'missing' })
})

test('the empty update is sound and carries nothing', () => {
  expect(scanUpdate(Uint8Array.of(0, 0), nothing)).toMatchObject({
    ok: true,
    structs: 0,
    inserts: [],
    deletes: [],
    breach: null,
  })
})
