import { DispatchId } from '@stet/schema/ids'
import { emptyContent } from '@stet/schema/snapshot'
import { afterAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createDecodePool } from './decode-pool.ts'

const pool = createDecodePool(1)
afterAll(() => pool.close())
const id = DispatchId.parse('A'.repeat(22))
const nothing = { checkpoint: null, updates: [] }

test('content written by a worker comes back as the same snapshot', async () => {
  const content = { ...emptyContent('essay'), title: 'On tide tables', topics: ['tides'] }
  const written = await pool.run('writeContent', { content })
  if (!written.ok) throw new Error(written.message)
  const outcome = await pool.run('snapshot', { state: { checkpoint: null, updates: [written.value] }, id })
  expect(outcome).toMatchObject({ ok: true, value: { ok: true, snapshot: { ...content, id } } })
})

test('a job that throws fails alone', async () => {
  expect(await pool.run('compact', { state: { checkpoint: Uint8Array.of(9, 9, 9), updates: [] } })).toMatchObject({
    ok: false,
    fault: 'failed',
  })
  expect(await pool.run('compact', { state: nothing })).toMatchObject({ ok: true })
})

test('compacting keeps what stands and drops what was deleted', async () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.getText('body').insert(0, 'let it stand, and let this go'.repeat(50))
  doc.getText('body').delete(12, doc.getText('body').length - 12)
  const outcome = await pool.run('compact', { state: { checkpoint: null, updates } })
  if (!outcome.ok) throw new Error(outcome.message)
  const again = new Y.Doc()
  Y.applyUpdate(again, outcome.value.state)
  expect(again.getText('body').toString()).toBe('let it stand')
  expect(outcome.value.state.length).toBeLessThan(100)
})

test('an update that keeps a replica busy past the deadline is stopped, and the pool goes on', async () => {
  const busy = await pool.run('inspect', { state: nothing, update: sameKeyForever(60_000), repeats: null })
  expect(busy).toMatchObject({ ok: false, fault: 'late' })
  expect(await pool.run('compact', { state: nothing })).toMatchObject({ ok: true })
}, 15_000)

/** Sets of one key, each without an origin: every one walks over all before it. */
const sameKeyForever = (count: number): Uint8Array => {
  const bytes = [...varUint(count)]
  for (let client = count; client > 0; client--) bytes.push(1, ...varUint(client), 0, 0x28, 1, 1, 109, 1, 107, 1, 126)
  bytes.push(0)
  return Uint8Array.from(bytes)
}
const varUint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) + 128, ...varUint(Math.floor(value / 128))])
