import { expect, test } from 'vitest'
import { openDeskDatabase } from '../desk-database.ts'
import { createManualClock } from '../manual-clock.ts'
import { firstBreak } from './audit-chain.ts'
import { createSqliteAuditLog, readAuditEntries } from './sqlite-audit-log.ts'

const written = async () => {
  const db = openDeskDatabase(':memory:')
  const audit = createSqliteAuditLog(db, createManualClock())
  for (const about of ['one', 'two', 'three', 'four'])
    await audit.add({ act: 'published', by: 'ada', about, address: '192.0.2.1' })
  return { db, audit }
}

test('K11: entries are numbered from 1, read in order, and nothing can be changed or taken out', async () => {
  const { db, audit } = await written()
  expect((await audit.read(1, 2)).map(({ seq, about }) => [seq, about])).toEqual([
    [2, 'two'],
    [3, 'three'],
  ])
  expect((await audit.newest())?.seq).toBe(4)
  for (const sql of ["UPDATE audit SET about = 'x'", 'DELETE FROM audit WHERE seq = 4'])
    expect(() => db.exec(sql)).toThrow('only added to')
})

test.each([
  ["UPDATE audit SET about = 'x' WHERE seq = 2", 2],
  ['UPDATE audit SET by_whom = NULL WHERE seq = 3', 3],
  ['UPDATE audit SET at = at + 1 WHERE seq = 1', 1],
  ['DELETE FROM audit WHERE seq = 2', 2],
  ['UPDATE audit SET seq = 9 WHERE seq = 4', 4],
])('K11: behind the server’s back, %s is noticed at entry %i', async (sql, seq) => {
  const { db } = await written()
  expect(firstBreak(readAuditEntries(db))).toBe(null)
  db.exec(`DROP TRIGGER audit_is_kept; DROP TRIGGER audit_stands; ${sql}`)
  expect(firstBreak(readAuditEntries(db))).toBe(seq)
})
