import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { openSqliteRows } from './sqlite-rows.ts'

const folder = mkdtempSync(join(tmpdir(), 'stet-history-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0

const KIBIBYTE = 1024
/** A log with a clock that goes on ten seconds with each entry, and a second look at its tables. */
const open = () => {
  const name = join(folder, `${files++}`)
  const each = { database: `${name}.sqlite`, heads: `${name}.heads` }
  let now = Date.UTC(2026, 0, 31)
  const rows = openSqliteRows(each, { now: () => (now += 10_000) }, { onDamaged: () => {}, onFailed: () => {} })
  const look = new Database(each.database, { readonly: true })
  const count = (sql: string) => look.prepare<{ n: number }>(`SELECT (SELECT ${sql}) AS n`).get()?.n ?? 0
  let seq = 0
  return {
    rows,
    count,
    write: (entries: number, bytes = 20) => {
      for (let left = entries; left > 0; left -= 100)
        rows.commit([
          {
            room: 'r',
            entries: Array.from({ length: Math.min(left, 100) }, () => ({
              update: new Uint8Array(bytes).fill(++seq % 256),
              author: seq % 3 === 0 ? 'ada' : 'bob',
            })),
            first: false,
          },
        ])
    },
    checkpoint: () => rows.storeCheckpoint('r', { seq, state: Uint8Array.of(1), holdings: Uint8Array.of(1) }),
    close: () => {
      look.close()
      rows.close()
    },
  }
}

test('V21: what a checkpoint stands for leaves the entries, so that opening a room reads its tail alone', () => {
  const log = open()
  log.write(300)
  log.checkpoint()
  log.write(5)
  expect([log.count('count(*) FROM entries'), log.rows.load('r').rows.length]).toEqual([5, 5])
  expect(log.rows.read('r', 0).map(({ seq }) => seq)).toEqual(Array.from({ length: 305 }, (_, index) => index + 1))
  log.close()
})

test('V20: packs hold every entry with its author, time and bytes, and stay small when checkpoints are frequent', () => {
  const log = open()
  const kept = open()
  for (let round = 0; round < 20; round++) {
    for (const each of [log, kept]) each.write(200)
    log.checkpoint()
  }
  expect(log.rows.read('r', 0)).toEqual(kept.rows.read('r', 0))
  expect(log.count('count(*) FROM history')).toBe(4)
  expect(log.count('sum(seq - from_seq + 1) FROM history')).toBe(4_000)
  log.close()
  kept.close()
})

test('V20: a large update has a pack of its own, and small ones fill theirs', () => {
  const log = open()
  log.write(3)
  log.write(1, 200 * KIBIBYTE)
  log.write(500, KIBIBYTE)
  log.checkpoint()
  const largest = log.count('max(bytes) FROM history WHERE from_seq > 1')
  expect(largest).toBeLessThanOrEqual(64 * KIBIBYTE)
  expect(log.rows.read('r', 0).map(({ update }) => update.length)).toEqual([
    ...Array.from({ length: 3 }, () => 20),
    200 * KIBIBYTE,
    ...Array.from({ length: 500 }, () => KIBIBYTE),
  ])
  log.close()
})

test('V21: a tail that is too long to go at once goes in several times, and is whole meanwhile', () => {
  const log = open()
  log.write(5_000)
  for (const left of [3_001, 1_002, 0, 0]) {
    log.write(1)
    log.checkpoint()
    expect(log.count('count(*) FROM entries')).toBe(left)
    expect(log.rows.load('r').rows).toEqual([])
    expect(log.rows.read('r', 0).length).toBe(log.rows.head('r')?.seq)
  }
  log.close()
})

test('V10: an entry that is not what was written is not hidden in a pack', () => {
  const log = open()
  log.write(10)
  const intruder = new Database(join(folder, `${files - 1}.sqlite`))
  intruder.exec('UPDATE entries SET at = at + 1 WHERE seq = 6')
  intruder.close()
  log.checkpoint()
  expect(log.count('max(seq) FROM history')).toBe(5)
  expect(() => log.rows.read('r', 0)).toThrow('entry 6 is not what was written')
  log.close()
})
