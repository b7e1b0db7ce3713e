import type Database from 'better-sqlite3'
import { foldedName, type Passwords } from './passwords.ts'

export const createSqlitePasswords = (db: Database): Passwords => {
  const current = 'FROM passwords JOIN people ON people.id = passwords.person WHERE removed_at IS NULL'
  const byName = db.prepare<{ person: string; hash: string }>(`SELECT person, hash ${current} AND folded = ?`)
  const ofPerson = db.prepare<{ name: string; hash: string }>(`SELECT passwords.name, hash ${current} AND person = ?`)
  const forgetRemoved = db.prepare('DELETE FROM passwords WHERE person IN (SELECT id FROM people WHERE removed_at IS NOT NULL)')
  const put = db.prepare(
    `INSERT INTO passwords (person, name, folded, hash) VALUES (?, ?, ?, ?)
     ON CONFLICT (person) DO UPDATE SET name = excluded.name, folded = excluded.folded, hash = excluded.hash`,
  )
  const set = db.transaction((person: string, name: string, hash: string): 'set' | 'taken' => {
    forgetRemoved.run()
    const holder = byName.get(foldedName(name))
    if (holder !== undefined && holder.person !== person) return 'taken'
    put.run(person, name.trim(), foldedName(name), hash)
    return 'set'
  })
  return {
    byName: async (name) => byName.get(foldedName(name)) ?? null,
    ofPerson: async (person) => ofPerson.get(person) ?? null,
    set: async (person, name, hash) => set.immediate(person, name, hash),
  }
}
