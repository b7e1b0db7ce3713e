import { copyFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { openSqliteLog } from './sqlite-log.ts'
import { type Damage, DamagedLog } from './update-log.ts'

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
  const log = await openSqliteLog(each, { onDamaged: (...args) => told.push(args) })
  return { log, told, lineage: epoch.lineage }
}
const append = (log: Awaited<ReturnType<typeof damaged>>['log'], room: string) =>
  log.append(room, [{ update: update(9), author: 'bob' }])

test.each([
  ['a lost end', "DELETE FROM entries WHERE room = 'r' AND seq = 5", 5, 'lost', [3, 4]],
  ['a lost row', "DELETE FROM entries WHERE room = 'r' AND seq = 4", 4, 'lost', [3]],
  ['an altered row', "UPDATE entries SET bytes = x'0063' WHERE room = 'r' AND seq = 4", 4, 'altered', [3]],
  ['an altered end', "UPDATE entries SET at = at + 1 WHERE room = 'r' AND seq = 5", 5, 'altered', [3, 4]],
  ['a lineage that is not what was written', "UPDATE rooms SET lineage = 'other' WHERE room = 'r'", 6, 'altered', [3, 4, 5]],
  ['a lost lineage', "DELETE FROM rooms WHERE room = 'r'", 6, 'lost', [3, 4, 5]],
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
  const log = await openSqliteLog(copy, { onDamaged: (...args) => told.push(args) })
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

test('V10: a checkpoint that is not what was written is left out, and the room goes on from all its entries', async () => {
  const { log, told } = await damaged("UPDATE checkpoints SET state = x'00'")
  const stored = await log.load('r')
  expect([stored.checkpoint, stored.rows.map((row) => row.update[1]), stored.damage, told]).toEqual([
    null,
    [1, 2, 3, 4, 5],
    null,
    [],
  ])
  expect(await append(log, 'r')).toMatchObject({ ok: true, seq: 6 })
  await log.close()
})

test.each([
  [
    'an altered pack',
    "UPDATE history SET updates = zeroblob(length(updates)) WHERE room = 'r'",
    'from entry 1 on is not what was',
  ],
  [
    'a pack by another author',
    "UPDATE history SET facts = zeroblob(length(facts)) WHERE room = 'r'",
    'from entry 1 on is not what was',
  ],
  ['a lost pack', "DELETE FROM history WHERE room = 'r'", 'entry 1 is missing'],
])('V10: %s leaves a room with a sound checkpoint whole, and its history is not served', async (_, damage, message) => {
  const { log, told } = await damaged(damage)
  const stored = await log.load('r')
  expect([stored.checkpoint?.seq, stored.rows.length, stored.damage, told]).toEqual([2, 3, null, []])
  expect(await append(log, 'r')).toMatchObject({ ok: true, seq: 6 })
  await expect(log.read('r', 0)).rejects.toThrow(message)
  await expect(log.read('r', 0, 1)).rejects.toThrow(DamagedLog)
  await expect(log.read('r', 0, 5)).rejects.toThrow(DamagedLog)
  expect((await log.read('r', 2, 5)).map(({ seq }) => seq)).toEqual([3, 4, 5])
  expect((await log.read('r', 2)).map(({ seq }) => seq)).toEqual([3, 4, 5, 6])
  await log.storeCheckpoint('r', { seq: 5, state: update(50), holdings: update(6) })
  expect((await log.load('r')).rows.map(({ seq }) => seq)).toEqual([6])
  await log.close()
})

test('V11: a room whose checkpoint and history are both damaged is damaged', async () => {
  const { log } = await damaged('UPDATE history SET hash = zeroblob(32); UPDATE checkpoints SET hash = zeroblob(32)')
  expect(await log.load('r')).toMatchObject({ checkpoint: null, rows: [], damage: { seq: 1, kind: 'altered' } })
  expect(await append(log, 'r')).toMatchObject({ ok: false, fault: 'damaged' })
  expect(await append(log, 's')).toMatchObject({ ok: true })
  await log.close()
})

test('V10: raw rejects a range that holds what is not as it was written, and gives what is before and after it', async () => {
  const { log } = await damaged("UPDATE entries SET author = 'mallory' WHERE room = 'r' AND seq = 4")
  await expect(log.read('r', 0, 5)).rejects.toThrow('entry 4 is not what was written')
  expect((await log.read('r', 0, 3)).map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect((await log.read('r', 4, 5)).map(({ seq }) => seq)).toEqual([5])
  await log.close()
})

test('V10: raw does not end early where the end is lost', async () => {
  const { log } = await damaged("DELETE FROM entries WHERE room = 'r' AND seq = 3")
  await expect(log.read('r', 1, 5)).rejects.toThrow('entry 3 is missing')
  await expect(log.read('r', 2, 3)).rejects.toThrow('entry 3 was saved and is gone')
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
