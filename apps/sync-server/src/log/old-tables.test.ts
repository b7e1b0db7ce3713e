import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { createHeld } from '../sync/held.ts'
import { CHAIN_START, hashParts, hashRow } from './row-hash.ts'
import { openSqliteLog } from './sqlite-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'stet-old-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0

const ENTRIES = `CREATE TABLE entries (
  room TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL, bytes BLOB NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY (room, seq)) STRICT, WITHOUT ROWID;`
/** Of a dispatch in which nothing was written. */
const STATE = Uint8Array.of(0, 0)
const update = (value: number) => Uint8Array.of(0, value)

/** Room `r` of five entries, as an older server left it. */
const old = (version: 0 | 1, damage = '') => {
  const name = join(folder, `${files++}`)
  const each = { database: `${name}.sqlite`, heads: `${name}.heads` }
  const db = new Database(each.database)
  db.pragma('journal_mode = WAL')
  db.exec(ENTRIES)
  let hash = CHAIN_START
  const hashes = [hash]
  for (let seq = 1; seq <= 5; seq++) {
    hash = hashRow(hash, { seq, at: 1_000 + seq, author: 'ada', update: update(seq) })
    hashes.push(hash)
    db.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)').run('r', seq, 1_000 + seq, 'ada', update(seq), hash)
  }
  if (version === 0) {
    db.exec(`CREATE TABLE heads (room TEXT PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
      CREATE TABLE checkpoints (room TEXT PRIMARY KEY, seq INTEGER NOT NULL, state BLOB NOT NULL, state_vector BLOB NOT NULL) STRICT;`)
    db.prepare('INSERT INTO heads VALUES (?, ?, ?, ?)').run('r', 5, 1_005, hash)
  } else {
    db.exec(`CREATE TABLE heads (room TEXT PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, hash BLOB NOT NULL,
        lineage TEXT NOT NULL, epoch TEXT NOT NULL, sha256 BLOB NOT NULL) STRICT;
      CREATE TABLE checkpoints (room TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash BLOB NOT NULL, state BLOB NOT NULL,
        state_vector BLOB NOT NULL, sha256 BLOB NOT NULL) STRICT;
      CREATE TABLE probe (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;
      PRAGMA user_version = 1;`)
    const sha256 = hashParts(['head 5 1005', 'r', hash, 'the lineage', 'the epoch'])
    db.prepare('INSERT INTO heads VALUES (?, ?, ?, ?, ?, ?, ?)').run('r', 5, 1_005, hash, 'the lineage', 'the epoch', sha256)
    const atTwo = hashes[2] as Uint8Array
    const seal = hashParts(['checkpoint 2', 'r', atTwo, STATE, update(6)])
    db.prepare('INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?, ?)').run('r', 2, atTwo, STATE, update(6), seal)
  }
  db.exec(damage)
  db.close()
  return each
}
const open = openSqliteLog

test('tables of the first layout are brought up to date with all their entries', async () => {
  const log = await open(old(0))
  expect(await log.append('r', [{ update: update(6), author: 'bob' }])).toMatchObject({ ok: true, seq: 6 })
  expect((await log.head('r'))?.epoch?.lineage).toMatch(/^[\w-]{22}$/)
  expect((await log.load('r')).rows).toHaveLength(6)
  await log.close()
})

test('tables of the second layout are brought up to date with entries, lineage, epoch and checkpoint', async () => {
  const each = old(1)
  for (let round = 0; round < 2; round++) {
    const log = await open(each)
    expect(await log.head('r')).toMatchObject({ seq: 5 + round, epoch: { lineage: 'the lineage', epoch: 'the epoch' } })
    const { checkpoint, rows, damage } = await log.load('r')
    expect([checkpoint, rows.map(({ seq }) => seq).slice(0, 3), damage]).toEqual([
      { seq: 2, state: STATE, holdings: createHeld().encode() },
      [3, 4, 5],
      null,
    ])
    expect((await log.read('r', 0)).slice(0, 5)).toEqual(
      [1, 2, 3, 4, 5].map((seq) => ({ seq, at: 1_000 + seq, author: 'ada', update: update(seq) })),
    )
    expect(await log.append('r', [{ update: update(6), author: 'bob' }])).toMatchObject({ ok: true, seq: 6 + round })
    await log.close()
  }
})

test.each([
  ['a head that is not what was written', 'UPDATE heads SET at = at + 1'],
  ['an end that was lost', 'DELETE FROM entries WHERE seq = 5'],
])('V10: %s in older tables is damage afterwards too', async (_, damage) => {
  const log = await open(old(1, damage))
  expect((await log.load('r')).damage).not.toBeNull()
  expect(await log.append('r', [{ update: update(6), author: 'bob' }])).toMatchObject({ ok: false, fault: 'damaged' })
  await log.close()
})

test('a checkpoint of older tables that is not what was written is left out', async () => {
  const log = await open(old(1, "UPDATE checkpoints SET state = x'00'"))
  const { checkpoint, rows, damage } = await log.load('r')
  expect([checkpoint, rows.length, damage]).toEqual([null, 5, null])
  await log.close()
})
