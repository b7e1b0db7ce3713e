import type Database from 'better-sqlite3'

/** What `desk.sqlite` keeps of people who were moved stays as it was, and counts no more. */
export const noteMoved = (db: Database, to: string, now: number): void => {
  db.exec('CREATE TABLE IF NOT EXISTS people_moved (at INTEGER NOT NULL, place TEXT NOT NULL) STRICT')
  db.prepare('INSERT INTO people_moved VALUES (?, ?)').run(now, to)
}

/** Null: they are still here. */
export const movedTo = (db: Database): string | null =>
  db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'people_moved'").get() === undefined
    ? null
    : (db.prepare<{ place: string }>('SELECT place FROM people_moved ORDER BY at DESC LIMIT 1').get()?.place ?? null)
