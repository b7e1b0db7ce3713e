import type { DispatchId } from '@stet/schema/ids'
import type Database from 'better-sqlite3'
import { MOST_MOMENTS, type NamedMoments, type StoredMoment } from './named-moments.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS moments (
    dispatch TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, name TEXT NOT NULL,
    named_by TEXT NOT NULL, named_at INTEGER NOT NULL, PRIMARY KEY (dispatch, id)
  ) STRICT;
`

export const createSqliteNamedMoments = (db: Database): NamedMoments => {
  db.exec(SCHEMA)
  const insert = db.prepare('INSERT INTO moments VALUES (?, ?, ?, ?, ?, ?, ?)')
  const count = db.prepare<{ count: number }>('SELECT count(*) AS count FROM moments WHERE dispatch = ?')
  const listOf = db.prepare<StoredMoment>(
    `SELECT id, seq, at, name, named_by AS "by", named_at AS namedAt FROM moments WHERE dispatch = ?
     ORDER BY seq DESC, named_at DESC, id`,
  )
  const remove = db.prepare('DELETE FROM moments WHERE dispatch = ? AND id = ?')
  return {
    add: db.transaction((dispatch: DispatchId, { id, seq, at, name, by, namedAt }: StoredMoment): boolean => {
      if ((count.get(dispatch)?.count ?? 0) >= MOST_MOMENTS) return false
      insert.run(dispatch, id, seq, at, name, by, namedAt)
      return true
    }).immediate,
    list: (dispatch) => listOf.all(dispatch),
    forget: (dispatch, id) => remove.run(dispatch, id).changes > 0,
  }
}
