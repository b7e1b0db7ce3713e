import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { openSqliteRows } from './sqlite-rows.ts'

/** Packing that alters one byte. */
vi.mock('./pack.ts', async (importOriginal) => {
  const pack = await importOriginal<typeof import('./pack.ts')>()
  return {
    ...pack,
    packRows: ((rows, link) =>
      pack.packRows(
        rows.map((row, nth) => (nth === 1 ? { ...row, update: Uint8Array.of(9) } : row)),
        link,
      )) satisfies typeof pack.packRows,
  }
})

const folder = mkdtempSync(join(tmpdir(), 'stet-failing-pack-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('V20: entries that do not come out of a pack as they went in stay entries, and the checkpoint before stands', () => {
  const files = { database: join(folder, 'log.sqlite'), heads: join(folder, 'log.heads') }
  const rows = openSqliteRows(files, { now: () => 1_000 }, { onDamaged: () => {}, onFailed: () => {} })
  const entries = [1, 2, 3].map((value) => ({ update: Uint8Array.of(value), author: 'ada' }))
  rows.commit([{ room: 'r', entries, first: false }])
  const checkpoint = { seq: 3, state: Uint8Array.of(1), holdings: Uint8Array.of(1) }
  expect(() => rows.storeCheckpoint('r', checkpoint)).toThrow('entries 1 to 3 do not come out of their pack')
  expect(rows.load('r').checkpoint).toBe(null)
  expect(rows.read('r', 0).map(({ update }) => update[0])).toEqual([1, 2, 3])
  expect(rows.commit([{ room: 'r', entries, first: false }])).toMatchObject([{ ok: true, seq: 6 }])
  rows.close()
})
