import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createHeld } from './held.ts'
import { createHonestReplica, createRandom } from './honest-replica.ts'
import { createLevels } from './levels.ts'
import { type ClockRange, type Scan, scanUpdate } from './scan-update.ts'

const scan = (deletes: ClockRange[], inserts: ClockRange[] = []): Scan => ({
  ok: true,
  structs: 0,
  inserts: inserts.map((range) => ({ ...range, structs: 1, from: 0, to: 0 })),
  deletes,
  isSeamless: true,
  levels: createLevels(),
  firstSets: [],
  breach: null,
})

test('deletions are news exactly once, whatever the order and overlap', () => {
  const ranges = fc.array(fc.record({ client: fc.nat(1), clock: fc.nat(30), length: fc.integer({ min: 1, max: 8 }) }), {
    maxLength: 25,
  })
  fc.assert(
    fc.property(ranges, (deletes) => {
      const held = createHeld()
      const deleted = new Set<string>()
      for (const range of deletes) {
        const clocks = Array.from({ length: range.length }, (_, index) => `${range.client}:${range.clock + index}`)
        expect(held.isNews(scan([range]))).toBe(clocks.some((clock) => !deleted.has(clock)))
        held.add(scan([range]))
        for (const clock of clocks) deleted.add(clock)
        expect(held.isNews(scan([range]))).toBe(false)
      }
    }),
    { numRuns: 500 },
  )
})

test('the state vector grows and never falls', () => {
  const held = createHeld()
  held.add(scan([], [{ client: 1, clock: 0, length: 9 }]))
  held.add(scan([], [{ client: 1, clock: 0, length: 3 }]))
  expect([...held.stateVector]).toEqual([[1, 9]])
})

test('what is held comes back from its bytes: the same vector, the same news, the same levels', () => {
  for (let seed = 5_000; seed < 5_030; seed++) {
    const random = createRandom(seed)
    const replica = createHonestReplica(random, 1 + random.below(2 ** 31))
    const held = createHeld()
    const hold = (update: Uint8Array) => held.add(scanUpdate(update, held) as Scan)
    replica.doc.on('update', hold)
    for (let edit = 0; edit < 80; edit++) replica.edit()
    replica.doc.off('update', hold)
    const again = createHeld(held.encode())
    expect(again.stateVector, `seed ${seed}`).toEqual(held.stateVector)
    expect(again.levels.ranges, `seed ${seed}`).toEqual(held.levels.ranges)
    expect(again.encode(), `seed ${seed}`).toEqual(held.encode())
    const whole = scanUpdate(Y.encodeStateAsUpdate(replica.doc), again) as Scan
    expect(again.isNews(whole), `seed ${seed}`).toBe(false)
    const news: Uint8Array[] = []
    replica.doc.on('update', (update: Uint8Array) => news.push(update))
    for (let edit = 0; edit < 20; edit++) replica.edit()
    for (const update of news) {
      expect(again.isNews(scanUpdate(update, again) as Scan), `seed ${seed}`).toBe(true)
      again.add(scanUpdate(update, again) as Scan)
    }
  }
})
