import type Database from 'better-sqlite3'
import { KEPT_FOR, type KeptAnswer, type KeptAnswers, MOST_KEPT } from './kept-answers.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS kept_answers (
    nth INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL, sealed BLOB NOT NULL, at INTEGER NOT NULL
  ) STRICT;
`

export const createSqliteKeptAnswers = (db: Database): KeptAnswers => {
  db.exec(SCHEMA)
  const find = db.prepare<KeptAnswer>('SELECT fingerprint, sealed FROM kept_answers WHERE id = ? AND at > ?')
  const insert = db.prepare('INSERT OR REPLACE INTO kept_answers (id, fingerprint, sealed, at) VALUES (?, ?, ?, ?)')
  const forget = db.prepare(
    'DELETE FROM kept_answers WHERE at <= ? OR nth <= (SELECT nth FROM kept_answers ORDER BY nth DESC LIMIT 1 OFFSET ?)',
  )
  return {
    find: (id, now) => find.get(id, now - KEPT_FOR) ?? null,
    keep: db.transaction((id: string, { fingerprint, sealed }: KeptAnswer, now: number) => {
      insert.run(id, fingerprint, sealed, now)
      forget.run(now - KEPT_FOR, MOST_KEPT)
    }).immediate,
  }
}
