import { DispatchId } from '@stet/schema/ids'
import { takeSnapshot } from '@stet/schema/layout/take-snapshot'
import { afterAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createDecodePool } from '../decode/decode-pool.ts'
import { type Entry, trace } from '../decode/writing-trace.ts'
import { createMemoryLog } from '../log/memory-log.ts'
import type { UpdateLog } from '../log/update-log.ts'
import { createManualClock } from '../manual-clock.ts'
import { createHistory, type HistoryFault } from './history.ts'
import type { StoredMoment } from './named-moments.ts'

const pool = createDecodePool(1)
afterAll(() => pool.close())
const id = DispatchId.parse('A'.repeat(22))

/** One entry after another, two seconds apart, as a log and as what a live replica shows after each. */
const written = async (entries: readonly Entry[]) => {
  const clock = createManualClock()
  const log = createMemoryLog(clock)
  const live = new Y.Doc()
  const shown: unknown[] = []
  for (const entry of entries) {
    clock.advance(2_000)
    await log.append(id, [entry])
    Y.applyUpdate(live, entry.update)
    const outcome = takeSnapshot(live, id)
    shown.push(outcome.ok ? outcome.snapshot : outcome.problems)
  }
  return { clock, log, shown }
}
const historyOver = (log: UpdateLog) => {
  const kept: StoredMoment[] = []
  const moments = { add: (_: unknown, moment: StoredMoment) => kept.push(moment) > 0, list: () => kept, forget: () => true }
  return createHistory({ log, pool, access: { nameOf: async (author) => `${author}!` }, moments, clock: { now: () => 0 } })
}
const sound = <T extends { ok: true }>(outcome: T | HistoryFault): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  return outcome
}

test('Y2: after each entry the dispatch is shown as a live replica showed it then', async () => {
  for (let seed = 1; seed <= 3; seed++) {
    const { log, shown } = await written(trace(seed, 50).log)
    const history = historyOver(log)
    for (const [nth, snapshot] of shown.entries())
      expect(sound(await history.moment(id, nth + 1)), `seed ${seed}: ${nth + 1}`).toMatchObject({ seq: nth + 1, snapshot })
  }
}, 60_000)

test('Y1: sessions come by pages, each once, newest first', async () => {
  const clock = createManualClock()
  const log = createMemoryLog(clock)
  for (let nth = 0; nth < 450; nth++) {
    clock.advance(600_000)
    await log.append(id, [{ update: Uint8Array.of(0, 0), author: 'ada' }])
  }
  const history = historyOver(log)
  const ends: number[] = []
  const sizes: number[] = []
  for (let before: number | null | undefined; before !== null; ) {
    const page = sound(await history.list(id, before))
    ends.push(...page.sessions.map(({ to }) => to))
    sizes.push(page.sessions.length)
    before = page.before
  }
  expect(sizes).toEqual([200, 200, 50])
  expect(ends).toEqual(Array.from({ length: 450 }, (_, nth) => 450 - nth))
})

test('who asks when too many wait is told to come back', async () => {
  const { log } = await written(trace(1, 5).log)
  const history = historyOver(log)
  const asked = await Promise.all(Array.from({ length: 30 }, () => history.moment(id, 1)))
  expect(asked.filter((outcome) => outcome.ok).length).toBe(20)
  expect(asked.filter((outcome) => !outcome.ok && outcome.fault === 'busy').length).toBe(10)
  expect((await history.moment(id, 1)).ok).toBe(true)
})
