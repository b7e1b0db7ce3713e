import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packWrites, packWritten, unpackWrites, unpackWritten } from './packed-writes.ts'
import type { Written } from './sqlite-rows.ts'

const entry = fc.record({ update: fc.uint8Array({ maxLength: 40 }), author: fc.string({ maxLength: 8 }) })
const write = fc.record(
  { room: fc.string(), entries: fc.array(entry, { maxLength: 6 }), first: fc.boolean(), lineage: fc.string() },
  { requiredKeys: ['room', 'entries', 'first'] },
)
const written: fc.Arbitrary<Written> = fc.oneof(
  fc.record({ ok: fc.constant(true as const), seq: fc.nat(), at: fc.maxSafeNat(), wrote: fc.boolean() }),
  fc.record({
    ok: fc.constant(false as const),
    damage: fc.record({ seq: fc.nat(), kind: fc.constantFrom('lost', 'altered', 'unreadable'), message: fc.string() }),
  }),
)

test('what is packed for the log’s thread comes out as it was', () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 8 }), (writes) => {
      const { bytes, ...packed } = packWrites(writes)
      expect(unpackWrites(structuredClone({ ...packed, bytes }, { transfer: [bytes.buffer] }))).toEqual(writes)
      expect(bytes.length).toBe(0)
    }),
  )
})

test('what became of each write comes back as it was', () => {
  fc.assert(
    fc.property(fc.array(written, { maxLength: 8 }), (all) => {
      expect(unpackWritten(structuredClone(packWritten(all)))).toEqual(all)
    }),
  )
})
