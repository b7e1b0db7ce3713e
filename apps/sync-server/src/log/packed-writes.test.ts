import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packWrites, unpackWrites } from './packed-writes.ts'

const entry = fc.record({ update: fc.uint8Array({ maxLength: 40 }), author: fc.string({ maxLength: 8 }) })
const write = fc.record(
  { room: fc.string(), entries: fc.array(entry, { maxLength: 6 }), first: fc.boolean(), lineage: fc.string() },
  { requiredKeys: ['room', 'entries', 'first'] },
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
