import type Database from 'better-sqlite3'
import { preparePublishingTables } from './publishing-tables.ts'
import type { NumberedStep, Steps, StoredStep } from './steps.ts'

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
  // Each publication is a step and a revision, in one transaction: so many of the one, so many of the other.
  const after = db.prepare<NumberedStep>(
    `SELECT nth, dispatch, step, sha256, said_by AS "by", said_at AS at, note, nullif(revision, 0) AS revision,
       (SELECT path FROM revisions WHERE revisions.dispatch = told.dispatch AND revisions.revision = told.revision) AS path
     FROM (SELECT *, (SELECT count(*) FROM steps AS mine
             WHERE mine.dispatch = steps.dispatch AND mine.nth <= steps.nth AND mine.step = 'published') AS revision
           FROM steps WHERE nth > ? ORDER BY nth LIMIT ?) AS told ORDER BY nth`,
  )
  const last = db.prepare<{ nth: number | null }>('SELECT max(nth) AS nth FROM steps')
  return {
    add: (dispatch, { step, sha256, by, at, note, seq }) => {
      insert.run(dispatch, step, sha256, by, at, note, seq)
    },
    list: (dispatch) => listOf.all(dispatch),
    after: (nth, most) => after.all(nth, most),
    last: () => last.get()?.nth ?? 0,
    newest: () => new Map(newest.all().map(({ dispatch, ...step }) => [dispatch, step])),
  }
}
