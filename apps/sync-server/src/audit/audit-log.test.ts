import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDeskDatabase } from '../desk-database.ts'
import { createManualClock } from '../manual-clock.ts'
import { firstBreak } from './audit-chain.ts'
import { lostSince, openAuditHead, readAuditHead } from './audit-head.ts'
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

const headed = () => {
  const folder = mkdtempSync(join(tmpdir(), 'stet-audit-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'audit.head')
  const clock = createManualClock()
  const start = () => {
    const db = openDeskDatabase(join(folder, 'desk.sqlite'))
    const head = openAuditHead(file, (error) => {
      throw error
    })
    const audit = createSqliteAuditLog(db, clock, head)
    const stop = () => {
      head.close()
      db.close()
    }
    return { db, audit, stop }
  }
  const lost = () => {
    const db = openDeskDatabase(join(folder, 'desk.sqlite'))
    const entries = readAuditEntries(db)
    db.close()
    return lostSince(readAuditHead(file), entries.length, (seq) => entries[seq - 1] ?? null)
  }
  return { start, lost }
}
const note = (about: string) => ({ act: 'published', by: 'ada', about, address: '192.0.2.1' }) as const

test.each([
  ['DELETE FROM audit WHERE seq > 2', 'entries 3 to 4 are gone from its end'],
  ['DELETE FROM audit', 'entries 1 to 4 are gone from its end'],
  ["UPDATE audit SET hash = 'of another log' WHERE seq = 4", 'entry 4 is not what was written'],
])('K11: %s is found out by the head outside of the database, and the next start notes it for good', async (sql, found) => {
  const { start, lost } = headed()
  const first = start()
  for (const about of ['one', 'two', 'three', 'four']) await first.audit.add(note(about))
  first.stop()
  expect(lost()).toBe(null)
  const behind = start()
  behind.db.exec(`DROP TRIGGER audit_is_kept; DROP TRIGGER audit_stands; ${sql}`)
  behind.stop()
  expect(lost()).toBe(found)
  const second = start()
  expect(await second.audit.newest()).toMatchObject({ act: 'found entries gone', by: null, about: found })
  second.stop()
  const third = start()
  expect((await third.audit.newest())?.about).toBe(found)
  await third.audit.add(note('five'))
  third.stop()
  expect(lost()).toBe(null)
})

test('K11: a log without a head file yet, and a head that is behind, are no fault', async () => {
  const { start, lost } = headed()
  const first = start()
  await first.audit.add(note('one'))
  // As by a server of before, or one that was killed between the commit and the head.
  await createSqliteAuditLog(first.db, createManualClock()).add(note('two'))
  first.stop()
  expect(lost()).toBe(null)
  const second = start()
  expect((await second.audit.newest())?.seq).toBe(2)
  second.stop()
})
