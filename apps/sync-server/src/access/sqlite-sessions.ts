import type { HumanRole } from '@stet/schema/contract/people'
import type Database from 'better-sqlite3'
import type { Clock } from '../clock.ts'
import { hashSecret, newSecret } from '../secret.ts'
import type { Identity } from './access.ts'
import type { KnownSession, NewSession, Sessions } from './sessions.ts'

type Row = {
  hash: string
  person: string
  made_at: number
  used_at: number
  expires_at: number
  agent: string
  name: string
  color: number
  role: HumanRole
}

const SESSION = 30 * 24 * 60 * 60 * 1000
/** The last use is noted this often at most: a write waits for the disk. */
const NOTE_USE_EVERY = 60 * 60 * 1000
const AGENT_LENGTH = 300

export type SqliteSessions = Sessions & {
  readonly identify: (secret: string) => Identity | null
  readonly endByHash: (hash: string) => void
  /** `begin`, within a transaction of the caller. */
  readonly beginNow: (person: string, agent: string) => NewSession | null
}

export const createSqliteSessions = (db: Database, clock: Pick<Clock, 'now'>): SqliteSessions => {
  const select = `SELECT sessions.*, name, color, role FROM sessions JOIN people ON people.id = sessions.person
    WHERE removed_at IS NULL AND expires_at > ?`
  const byHash = db.prepare<Row>(`${select} AND hash = ?`)
  const byPerson = db.prepare<Row>(`${select} AND person = ? ORDER BY sessions.made_at DESC, hash`)
  const mayCome = db.prepare('SELECT 1 FROM people WHERE id = ? AND removed_at IS NULL')
  const add = db.prepare('INSERT INTO sessions (hash, person, made_at, used_at, expires_at, agent) VALUES (?, ?, ?, ?, ?, ?)')
  const noteUse = db.prepare('UPDATE sessions SET used_at = ? WHERE hash = ?')
  const end = db.prepare('DELETE FROM sessions WHERE hash = ?')
  const forgetExpired = db.prepare('DELETE FROM sessions WHERE expires_at <= ?')

  const beginNow = (person: string, agent: string): NewSession | null => {
    if (mayCome.get(person) === undefined) return null
    const now = clock.now()
    const secret = newSecret()
    const hash = hashSecret(secret)
    forgetExpired.run(now)
    add.run(hash, person, now, now, now + SESSION, agent.slice(0, AGENT_LENGTH))
    const row = byHash.get(now, hash)
    if (row === undefined) throw new Error('a session that has just begun is there')
    return { person: personOf(row), key: keyOf(hash), secret, expiresAt: row.expires_at }
  }
  return {
    beginNow,
    identify: (secret) => {
      const hash = hashSecret(secret)
      const now = clock.now()
      const row = byHash.get(now, hash)
      if (row === undefined) return null
      if (now - row.used_at > NOTE_USE_EVERY) noteUse.run(now, hash)
      return { person: personOf(row), via: 'cookie', key: keyOf(hash), expiresAt: row.expires_at }
    },
    endByHash: (hash) => void end.run(hash),
    begin: async (person, agent) => beginNow(person, agent),
    list: async (person) => byPerson.all(clock.now(), person).map(sessionOf),
    end: async (person, id) => {
      const row = byPerson.all(clock.now(), person).find((each) => sessionOf(each).id === id)
      if (row === undefined) return null
      end.run(row.hash)
      return keyOf(row.hash)
    },
    endOthers: async (person, keptKey) => {
      const others = byPerson.all(clock.now(), person).filter(({ hash }) => keyOf(hash) !== keptKey)
      for (const { hash } of others) end.run(hash)
      return others.map(({ hash }) => keyOf(hash))
    },
  }
}

const keyOf = (hash: string): string => `session:${hash}`

const personOf = ({ person: id, name, color, role }: Row) => ({ id, name, color, role })

const sessionOf = ({ hash, made_at, used_at, expires_at, agent }: Row): KnownSession => ({
  id: hash.slice(0, 16),
  key: keyOf(hash),
  madeAt: made_at,
  usedAt: used_at,
  expiresAt: expires_at,
  agent,
})
