import type Database from 'better-sqlite3'
import { preparePublishingTables } from './publishing-tables.ts'
import type { Steps, StoredStep } from './steps.ts'

const COLUMNS = 'step, sha256, said_by AS "by", said_at AS at, note, seq'

export const createSqliteSteps = (db: Database): Steps => {
  preparePublishingTables(db)
  const insert = db.prepare(
    'INSERT INTO steps (dispatch, step, sha256, said_by, said_at, note, seq) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const listOf = db.prepare<StoredStep>(`SELECT ${COLUMNS} FROM steps WHERE dispatch = ? ORDER BY nth`)
  const newest = db.prepare<StoredStep & { dispatch: string }>(
    `SELECT dispatch, ${COLUMNS} FROM steps WHERE nth IN (SELECT max(nth) FROM steps GROUP BY dispatch)`,
  )
  return {
    add: (dispatch, { step, sha256, by, at, note, seq }) => {
      insert.run(dispatch, step, sha256, by, at, note, seq)
    },
    list: (dispatch) => listOf.all(dispatch),
    newest: () => new Map(newest.all().map(({ dispatch, ...step }) => [dispatch, step])),
  }
}
