import { copyFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { openSqliteLog } from './sqlite-log.ts'
import type { Damage } from './update-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'stet-damage-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const update = (value: number) => Uint8Array.of(0, value)

/** Two rooms of five entries each, room `r` with a checkpoint at 2; then what is done to the file, and the log opened again. */
const damaged = async (damage: string | ((files: { database: string; heads: string }) => void)) => {
  const name = join(folder, `${files++}`)
  const each = { database: `${name}.sqlite`, heads: `${name}.heads` }
  const before = await openSqliteLog(each)
  for (const room of ['r', 's'])
    for (let value = 1; value <= 5; value++) await before.append(room, [{ update: update(value), author: 'ada' }])
  await before.storeCheckpoint('r', { seq: 2, state: update(20), holdings: update(6) })
  const { epoch } = (await before.head('r')) as { epoch: { lineage: string } }
  await before.close()
  if (typeof damage === 'string') {
    const intruder = new Database(each.database)
    intruder.exec(damage)
    intruder.close()
  } else damage(each)
  const told: [string, Damage][] = []
  const log = await openSqliteLog(each, (...args) => told.push(args))
  return { log, told, lineage: epoch.lineage }
}
const append = (log: Awaited<ReturnType<typeof damaged>>['log'], room: string) =>
  log.append(room, [{ update: update(9), author: 'bob' }])

test.each([
  ['a lost end', "DELETE FROM entries WHERE room = 'r' AND seq = 5", 5, 'lost', [3, 4]],
  ['a lost row', "DELETE FROM entries WHERE room = 'r' AND seq = 4", 4, 'lost', [3]],
  ['an altered row', "UPDATE entries SET bytes = x'0063' WHERE room = 'r' AND seq = 4", 4, 'altered', [3]],
  ['a head that is not what was written', "UPDATE heads SET at = at + 1 WHERE room = 'r'", 6, 'altered', [3, 4, 5]],
  ['a lost head', "DELETE FROM heads WHERE room = 'r'", 1, 'lost', [3, 4, 5]],
] as const)(
  'V10, V11: %s makes the room damaged: it shows its sound part and takes nothing more',
  async (_, damage, seq, kind, seqs) => {
    const { log, told } = await damaged(damage)
    const stored = await log.load('r')
    expect([stored.checkpoint?.state, stored.rows.map((row) => row.seq)]).toEqual([update(20), seqs])
    expect(stored.damage).toMatchObject({ seq, kind })
    expect(await append(log, 'r')).toMatchObject({ ok: false, fault: 'damaged' })
    await log.load('r')
    expect(told.map(([room]) => room)).toEqual(['r'])
    expect(await append(log, 's')).toMatchObject({ ok: true, seq: 6 })
    expect((await log.load('s')).damage).toBeNull()
    await log.close()
  },
)

test('V10: a write-ahead log that lost its end is noticed at opening, for the rooms it held', async () => {
  const name = join(folder, `${files++}`)
  const each = { database: `${name}.sqlite`, heads: `${name}.heads` }
  const before = await openSqliteLog(each)
  await append(before, 'early')
  for (let value = 1; value <= 5; value++) await append(before, 'late')
  // As a killed process leaves it: nothing folded.
  const copy = { database: `${name}.copy.sqlite`, heads: `${name}.copy.heads` }
  copyFileSync(each.database, copy.database)
  copyFileSync(`${each.database}-wal`, `${copy.database}-wal`)
  copyFileSync(each.heads, copy.heads)
  truncateSync(`${copy.database}-wal`, statSync(`${copy.database}-wal`).size - 100)
  await before.close()
  const told: [string, Damage][] = []
  const log = await openSqliteLog(copy, (...args) => told.push(args))
  expect(told).toMatchObject([['late', { seq: 5, kind: 'lost' }]])
  expect((await log.load('late')).rows).toHaveLength(4)
  expect(await append(log, 'late')).toMatchObject({ ok: false, fault: 'damaged' })
  expect(await append(log, 'early')).toMatchObject({ ok: true, seq: 2 })
  await log.close()
})

test('V10: a database that is gone leaves damaged rooms of a known lineage, none that begins anew', async () => {
  const { log, told, lineage } = await damaged(({ database }) => rmSync(database))
  expect(told.map(([room, { seq, kind }]) => [room, seq, kind])).toEqual([
    ['r', 1, 'lost'],
    ['s', 1, 'lost'],
  ])
  expect(await log.head('r')).toMatchObject({ seq: 0, epoch: { lineage, epoch: '' } })
  expect(await log.create('r', { update: update(1), author: 'ada' })).toMatchObject({ ok: false, fault: 'damaged' })
  await log.close()
})

test('a checkpoint that is not what was written is left out, and the room goes on from its entries', async () => {
  const { log, told } = await damaged("UPDATE checkpoints SET state = x'00'")
  const stored = await log.load('r')
  expect([stored.checkpoint, stored.rows.length, stored.damage, told]).toEqual([null, 5, null, []])
  expect(await append(log, 'r')).toMatchObject({ ok: true, seq: 6 })
  await log.close()
})

test('rows before a sound checkpoint are history: the room goes on', async () => {
  const { log } = await damaged("UPDATE entries SET author = 'mallory' WHERE room = 'r' AND seq = 1")
  expect((await log.load('r')).damage).toBeNull()
  expect(await append(log, 'r')).toMatchObject({ ok: true, seq: 6 })
  await expect(log.read('r', 0)).rejects.toThrow('entry 1 is not what was written')
  await log.close()
})

test('V10: raw rejects a range that holds what is not as it was written, and gives the sound ones before and after it', async () => {
  const { log } = await damaged("UPDATE entries SET author = 'mallory' WHERE room = 'r' AND seq = 3")
  await expect(log.raw('r', { after: 0, upTo: 5 })).rejects.toThrow('entry 3 is not what was written')
  expect((await log.raw('r', { after: 0, upTo: 2 })).map(({ to }) => to)).toEqual([1, 2])
  expect((await log.raw('r', { after: 3, upTo: 5 })).map(({ to }) => to)).toEqual([4, 5])
  await log.close()
})

test('V10: raw does not end early where the end is lost', async () => {
  const { log } = await damaged("DELETE FROM entries WHERE room = 'r' AND seq = 3")
  await expect(log.raw('r', { after: 1, upTo: 5 })).rejects.toThrow('entry 3 is missing')
  await expect(log.raw('r', { after: 2, upTo: 3 })).rejects.toThrow('entry 3 was saved and is gone')
  await log.close()
})

test('a head file that is gone or damaged is made anew, and nothing is taken for lost', async () => {
  for (const damage of [
    ({ heads }: { heads: string }) => rmSync(heads),
    ({ heads }: { heads: string }) => truncateSync(heads, 200),
  ]) {
    const { log, told } = await damaged(damage)
    expect(told).toEqual([])
    expect(await append(log, 'r')).toMatchObject({ ok: true, seq: 6 })
    await log.close()
  }
})

test('tables of the first layout are brought up to date with all their entries', async () => {
  const name = join(folder, `${files++}`)
  const each = { database: `${name}.sqlite`, heads: `${name}.heads` }
  const first = await openSqliteLog(each)
  await append(first, 'r')
  await first.close()
  rmSync(each.heads)
  const db = new Database(each.database)
  db.exec(`
    CREATE TABLE old (room TEXT PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
    INSERT INTO old SELECT room, seq, at, hash FROM heads;
    DROP TABLE heads; ALTER TABLE old RENAME TO heads; PRAGMA user_version = 0;
  `)
  db.close()
  const log = await openSqliteLog(each)
  expect(await append(log, 'r')).toMatchObject({ ok: true, seq: 2 })
  expect((await log.head('r'))?.epoch?.lineage).toMatch(/^[\w-]{22}$/)
  expect((await log.load('r')).rows).toHaveLength(2)
  await log.close()
})
