import { expect, test } from 'vitest'
import { updatesIn } from '../decode/raw-pages.ts'
import { createMemoryLog } from '../log/memory-log.ts'
import type { UpdateLog } from '../log/update-log.ts'
import { createManualClock } from '../manual-clock.ts'
import { readPages } from './read-pages.ts'

const byte = (seq: number) => seq % 251

test('a long log is read page by page, each entry once and in order', async () => {
  const log = createMemoryLog(createManualClock())
  await log.append(
    'r',
    Array.from({ length: 2_700 }, (_, nth) => ({ update: Uint8Array.of(byte(nth + 1)), author: `${nth % 3}` })),
  )
  const asked: number[] = []
  const read: UpdateLog['read'] = (room, after, upTo = 0) => {
    asked.push(upTo - after)
    return log.read(room, after, upTo)
  }
  const { pages, entries } = await readPages({ ...log, read }, 'r', 100, 2_600)
  expect(asked).toEqual([900, 1_000, 600])
  expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 2_500 }, (_, nth) => nth + 101))
  expect([...updatesIn(pages)].map(({ update, author }) => [update[0], author])).toEqual(
    entries.map(({ seq }) => [byte(seq), `${(seq - 1) % 3}`]),
  )
})
