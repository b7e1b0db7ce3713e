import { expect, test } from 'vitest'
import { updatesIn } from '../decode/raw-pages.ts'
import { createMemoryLog } from '../log/memory-log.ts'
import type { RawStretch } from '../log/update-log.ts'
import { createManualClock } from '../manual-clock.ts'
import { readRaw } from './read-raw.ts'

const byte = (seq: number) => seq % 251

test('a long log is read page by page, each entry once and in order', async () => {
  const log = createMemoryLog(createManualClock())
  const entries = Array.from({ length: 700 }, (_, nth) => ({ update: Uint8Array.of(byte(nth + 1)), author: `${nth % 3}` }))
  await log.append('r', entries)
  const asked: number[] = []
  const counting = {
    ...log,
    raw: (room: string, range: { after: number; upTo: number }) => {
      asked.push(range.upTo - range.after)
      return log.raw(room, range)
    },
  }
  const { pages, stretches } = await readRaw(counting, 'r', 100, 600)
  expect(asked).toEqual([200, 200, 100])
  expect(stretches.map(({ to }) => to)).toEqual(Array.from({ length: 500 }, (_, nth) => nth + 101))
  expect([...updatesIn(pages)].map(({ update, author }) => [update[0], author])).toEqual(
    stretches.map(({ to }) => [byte(to), `${(to - 1) % 3}`]),
  )
})

test('a stretch that is longer than a page is read whole, and one that reaches too far is left out', async () => {
  const stretch = (from: number, to: number): RawStretch => ({
    from,
    to,
    begunAt: 0,
    at: 0,
    author: 'ada',
    bytes: 1,
    update: Uint8Array.of(byte(from)),
  })
  const all = [stretch(1, 10), stretch(11, 5_000), stretch(5_001, 5_002), stretch(5_003, 9_000)]
  const log = {
    ...createMemoryLog(createManualClock()),
    raw: async (_: string, { after, upTo }: { after: number; upTo: number }) =>
      all.filter(({ from, to }) => from > after && to <= upTo),
  }
  const read = async (upTo: number) => (await readRaw(log, 'r', 0, upTo)).stretches.map(({ to }) => to)
  expect(await read(9_000)).toEqual([10, 5_000, 5_002, 9_000])
  expect(await read(8_999)).toEqual([10, 5_000, 5_002])
  expect(await read(4_999)).toEqual([10])
  expect(await read(9)).toEqual([])
})
