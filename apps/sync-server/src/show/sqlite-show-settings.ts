import { newShow, Show } from '@stet/schema/show'
import type Database from 'better-sqlite3'
import type { ShowSettings, StoredShow } from './show-settings.ts'

/** `name`: what the show is called until its owner says otherwise. */
export const createSqliteShowSettings = (db: Database, name: string): ShowSettings => {
  db.exec(
    'CREATE TABLE IF NOT EXISTS show (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL, settings TEXT NOT NULL) STRICT',
  )
  const read = db.prepare<{ number: number; settings: string }>('SELECT number, settings FROM show')
  const write = db.prepare(
    'INSERT INTO show (one, number, settings) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET number = excluded.number, settings = excluded.settings',
  )
  const get = (): StoredShow => {
    const row = read.get()
    // Settings that an older server wrote may lack what is new.
    return row === undefined
      ? { show: newShow(name), number: 0 }
      : { show: Show.parse({ ...newShow(name), ...JSON.parse(row.settings) }), number: row.number }
  }
  return {
    get,
    change: db.transaction((show: Show, seen: number) => {
      const { number } = get()
      if (number !== seen) return { ok: false, found: number } as const
      write.run(number + 1, JSON.stringify(show))
      return { ok: true, number: number + 1 } as const
    }),
  }
}
