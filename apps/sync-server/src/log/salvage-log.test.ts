import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { salvageLog } from './salvage-log.ts'
import { openSqliteLog } from './sqlite-log.ts'
import { verifyLog } from './verify-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'stet-salvage-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const update = (value: number) => Uint8Array.of(0, value)

/** Two rooms of five entries each, three of them in packs; what `damage` does to them; and what is salvaged. */
const salvaged = async (damage: string) => {
  const name = join(folder, `${files++}`)
  const each = { database: `${name}.sqlite`, heads: `${name}.heads` }
  const log = await openSqliteLog(each)
  for (const room of ['r', 's']) {
    for (let value = 1; value <= 5; value++) await log.append(room, [{ update: update(value), author: 'ada' }])
    await log.storeCheckpoint(room, { seq: 3, state: update(30), holdings: update(6) })
  }
  await log.close()
  const old = new Database(each.database)
  old.exec(damage)
  const fresh = `${name}.salvaged.sqlite`
  const lines = salvageLog(old, new Map(), fresh, Date.UTC(2026, 0, 31))
  return { old, lines, fresh, reopen: () => openSqliteLog({ database: fresh, heads: `${fresh}.heads` }) }
}
const contentOf = (db: Database, room: string) =>
  ['rooms', 'history', 'checkpoints', 'entries'].map((table) => db.prepare(`SELECT * FROM ${table} WHERE room = ?`).all(room))

test('V13: a sound dispatch goes over byte for byte, with its history and its checkpoint', async () => {
  const { old, lines, fresh } = await salvaged("DELETE FROM entries WHERE room = 's' AND seq = 4")
  expect(lines).toEqual([expect.stringMatching(/^s: /)])
  const db = new Database(fresh)
  expect(contentOf(db, 'r')).toEqual(contentOf(old, 'r'))
  expect(verifyLog(db, new Map()).faults).toEqual([])
  for (const each of [db, old]) each.close()
})

test.each([
  ['the checkpoint', "UPDATE checkpoints SET state = x'00' WHERE room = 's'", [1, 2, 3, 4, 5], 'its history is kept'],
  ['history', "UPDATE history SET updates = x'00' WHERE room = 's'", [30, 4, 5], 'before entry 3 is in the old log only'],
  ['an entry after both', "UPDATE entries SET bytes = x'00' WHERE room = 's' AND seq = 5", [1, 2, 3, 4], 'its history is kept'],
])('V11, V13: where %s is damaged, all that is sound goes on', async (_, damage, left, says) => {
  const { old, lines, reopen } = await salvaged(damage)
  old.close()
  expect(lines).toEqual([expect.stringContaining(says)])
  const log = await reopen()
  expect((await log.read('s', 0)).map((row) => row.update[1])).toEqual(left)
  expect(await log.append('s', [{ update: update(9), author: 'bob' }])).toMatchObject({ ok: true, seq: left.length + 1 })
  await log.close()
})
