import Database from 'better-sqlite3'

/**
 * People and revisions. Opened by the server and, for a moment, by the commands `token` and `link`; writes are rare,
 * so they may wait for the disk on the main thread.
 */
export const openDeskDatabase = (file: string): Database => {
  const db = new Database(file, { timeout: 5_000 })
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  return db
}
