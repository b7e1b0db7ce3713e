import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHeld } from './held.ts'
import { createLevels } from './levels.ts'
import type { ClockRange, Scan } from './scan-update.ts'

const scan = (deletes: ClockRange[], inserts: ClockRange[] = []): Scan => ({
  ok: true,
  structs: 0,
  inserts: inserts.map((range) => ({ ...range, structs: 1, from: 0, to: 0 })),
  deletes,
  deletions: { clients: 0, from: 0 },
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
