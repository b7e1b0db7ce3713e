import type { Heard } from '@stet/schema/contract/sync'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { Kept, LocalStore, Written } from './local-store.ts'
import { createUpdateWriter } from './update-writer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const updatesOf = (words: readonly string[]): Uint8Array[] => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => void updates.push(update))
  for (const word of words) doc.getText('title').insert(0, word)
  return updates
}

type Append = (kept: readonly Kept[], heard: Heard | null) => Promise<Written<number[]>>

const openWriter = (append: Append, committed = () => 0, heard: () => Heard | null = () => null) => {
  const kept: { row: number; through: number }[] = []
  const store = { append: (_dispatch: string, rows: readonly Kept[], heard: Heard | null) => append(rows, heard) } as LocalStore
  const writer = createUpdateWriter({
    store,
    dispatch: 'a',
    committed,
    heard,
    onKept: (row, through) => void kept.push({ row, through }),
  })
  return { writer, kept }
}

test('what comes within a batch is one row, that counts the own changes in it', async () => {
  const rows: Kept[] = []
  const { writer, kept } = openWriter(async (batch) => ({ ok: true, value: batch.map((row) => rows.push(row)) }))
  for (const [index, update] of updatesOf(['a', 'b', 'c']).entries())
    writer.write({ update, own: index !== 1, through: index + 1 })
  expect(writer.storing.get().state).toBe('writing')
  await vi.advanceTimersByTimeAsync(250)
  expect(writer.storing.get().state).toBe('kept')
  expect(rows.map(({ unsent }) => unsent)).toEqual([2])
  expect(kept).toEqual([{ row: 1, through: 3 }])
})

test('changes that the server committed meanwhile are not marked unsent', async () => {
  const rows: Kept[] = []
  const { writer, kept } = openWriter(
    async (batch) => ({ ok: true, value: batch.map((row) => rows.push(row)) }),
    () => 2,
  )
  for (const [index, update] of updatesOf(['a', 'b']).entries()) writer.write({ update, own: true, through: index + 1 })
  await writer.flush()
  expect(rows.map(({ unsent }) => unsent)).toEqual([0])
  expect(kept).toEqual([])
})

test('a refused batch is a state, is kept, and is written when there is room again', async () => {
  let hasRoom = false
  const rows: Kept[] = []
  const { writer } = openWriter(async (batch) =>
    hasRoom ? { ok: true, value: batch.map((row) => rows.push(row)) } : { ok: false, fault: 'full' },
  )
  for (const update of updatesOf(['a'])) writer.write({ update, own: true, through: 1 })
  await vi.advanceTimersByTimeAsync(250)
  expect(writer.storing.get()).toEqual({ state: 'failing', fault: 'full' })
  hasRoom = true
  await vi.advanceTimersByTimeAsync(3_100)
  expect(writer.storing.get().state).toBe('kept')
  expect(rows).toHaveLength(1)
})

test('O5: what was heard is noted with the rows that hold it, and after a failure with those that bring it', async () => {
  let seq = 0
  let isFull = false
  const noted: [seq: number, updates: number][] = []
  let tried = 0
  const { writer } = openWriter(
    async (batch, heard) => {
      tried += 1
      if (isFull) return { ok: false, fault: 'full' }
      noted.push([heard?.seq ?? 0, batch.length])
      return { ok: true, value: batch.map((_, row) => row) }
    },
    () => 0,
    () => ({ epoch: 'e'.repeat(22), seq }),
  )
  const [first, second, third] = updatesOf(['a', 'b', 'c']).map((update) => ({ update, own: false, through: 0 }))
  seq = 1
  if (first) writer.write(first)
  await vi.advanceTimersByTimeAsync(250)
  isFull = true
  seq = 2
  if (second) writer.write(second)
  await vi.advanceTimersByTimeAsync(250)
  expect([tried, noted]).toEqual([2, [[1, 1]]])
  isFull = false
  seq = 3
  if (third) writer.write(third)
  await vi.advanceTimersByTimeAsync(4_000)
  // Both updates lie in one row.
  expect(noted).toEqual([
    [1, 1],
    [3, 1],
  ])
})
