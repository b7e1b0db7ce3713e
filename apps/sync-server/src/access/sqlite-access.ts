import type { Person, Role } from '@stet/schema/contract/people'
import type Database from 'better-sqlite3'
import type { Clock } from '../clock.ts'
import { hashSecret, newSecret } from '../secret.ts'
import type { Access, Identity } from './access.ts'
import { sessionSecretIn } from './cookie.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS people (id TEXT PRIMARY KEY, name TEXT NOT NULL, color INTEGER NOT NULL, role TEXT NOT NULL, made_at INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS sessions (
    hash TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id), made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS links (
    hash TEXT PRIMARY KEY, role TEXT NOT NULL, made_by TEXT NOT NULL, made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_by TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS tokens (
    hash TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER
  ) STRICT;
`
const DAY = 24 * 60 * 60 * 1000
const SESSION = 30 * DAY
const LINK = 7 * DAY
/** The last use of a token is noted this often at most: a write waits for the disk. */
const NOTE_USE_EVERY = 60 * 60 * 1000
const TOKEN_PREFIX = 'stet_'
const TOKEN_PERSON = 'token-'
const COLORS = 6

type TokenRow = { name: string; role: Role; expires_at: number; used_at: number | null }
type LinkRow = { role: Role; expires_at: number; used_by: string | null }

export const createSqliteAccess = (db: Database, clock: Pick<Clock, 'now'>): Access => {
  db.exec(SCHEMA)
  const sessionBy = db.prepare<Person & { expires_at: number }>(
    'SELECT id, name, color, role, expires_at FROM sessions JOIN people ON people.id = sessions.person WHERE hash = ?',
  )
  const tokenBy = db.prepare<TokenRow>('SELECT name, role, expires_at, used_at FROM tokens WHERE hash = ?')
  const noteUse = db.prepare('UPDATE tokens SET used_at = ? WHERE hash = ?')
  const linkBy = db.prepare<LinkRow>('SELECT role, expires_at, used_by FROM links WHERE hash = ?')
  const useLink = db.prepare('UPDATE links SET used_by = ? WHERE hash = ? AND used_by IS NULL')
  const countPeople = db.prepare<{ count: number }>('SELECT count(*) AS count FROM people')
  const addPerson = db.prepare('INSERT INTO people VALUES (?, ?, ?, ?, ?)')
  const addSession = db.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?)')
  const addLink = db.prepare('INSERT INTO links VALUES (?, ?, ?, ?, ?, NULL)')
  const addToken = db.prepare('INSERT INTO tokens VALUES (?, ?, ?, ?, ?, NULL)')
  const endSession = db.prepare('DELETE FROM sessions WHERE hash = ?')
  const endToken = db.prepare('DELETE FROM tokens WHERE hash = ?')
  const forgetExpired = db.prepare('DELETE FROM sessions WHERE expires_at <= ?')
  const nameOfPerson = db.prepare<{ name: string }>('SELECT name FROM people WHERE id = ?')
  const nameOfToken = db.prepare<{ name: string }>('SELECT name FROM tokens WHERE hash >= ? AND hash < ?')
  const owner = db.prepare("SELECT 1 FROM people WHERE role = 'owner' LIMIT 1")

  const bySession = (secret: string): Identity | null => {
    const hash = hashSecret(secret)
    const row = sessionBy.get(hash)
    if (row === undefined || row.expires_at <= clock.now()) return null
    const { id, name, color, role, expires_at: expiresAt } = row
    return { person: { id, name, color, role }, via: 'cookie', key: `session:${hash}`, expiresAt }
  }
  const byToken = (token: string): Identity | null => {
    const hash = hashSecret(token)
    const row = tokenBy.get(hash)
    const now = clock.now()
    if (row === undefined || row.expires_at <= now) return null
    if (row.used_at === null || now - row.used_at > NOTE_USE_EVERY) noteUse.run(now, hash)
    const person: Person = {
      id: `${TOKEN_PERSON}${hash.slice(0, 16)}`,
      name: row.name,
      color: (parseInt(hash.slice(0, 4), 16) % COLORS) + 1,
      role: row.role,
    }
    return { person, via: 'token', key: `token:${hash}`, expiresAt: row.expires_at }
  }

  return {
    identify: ({ cookie, authorization }) => {
      // A request that shows a token means the token: a stale one is not saved by a cookie.
      if (authorization !== null) {
        const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1]
        return token === undefined ? null : byToken(token)
      }
      const secret = sessionSecretIn(cookie)
      return secret === null ? null : bySession(secret)
    },
    signIn: db.transaction((code: string, name: string) => {
      const hash = hashSecret(code)
      const link = linkBy.get(hash)
      const now = clock.now()
      if (link === undefined) return { ok: false, fault: 'unknown' } as const
      if (link.used_by !== null) return { ok: false, fault: 'used' } as const
      if (link.expires_at <= now) return { ok: false, fault: 'expired' } as const
      const color = ((countPeople.get()?.count ?? 0) % COLORS) + 1
      const person: Person = { id: `person-${newSecret().slice(0, 22)}`, name, color, role: link.role }
      const secret = newSecret()
      addPerson.run(person.id, name, color, person.role, now)
      useLink.run(person.id, hash)
      forgetExpired.run(now)
      addSession.run(hashSecret(secret), person.id, now, now + SESSION)
      return { ok: true, person, key: `session:${hashSecret(secret)}`, secret, expiresAt: now + SESSION } as const
    }).immediate,
    revoke: (key) => {
      const [kind, hash = ''] = key.split(':')
      if (kind === 'session') endSession.run(hash)
      else endToken.run(hash)
    },
    createLink: (role, madeBy) => {
      const code = newSecret()
      const now = clock.now()
      addLink.run(hashSecret(code), role, madeBy, now, now + LINK)
      return { code, expiresAt: now + LINK }
    },
    createToken: ({ role, name, days }) => {
      const token = `${TOKEN_PREFIX}${newSecret()}`
      const now = clock.now()
      addToken.run(hashSecret(token), name, role, now, now + days * DAY)
      return { token, expiresAt: now + days * DAY }
    },
    hasOwner: () => owner.get() !== undefined,
    nameOf: (id) => {
      if (!id.startsWith(TOKEN_PERSON)) return nameOfPerson.get(id)?.name ?? null
      const start = id.slice(TOKEN_PERSON.length)
      // Hashes are hexadecimal, so "g" comes after all that begin alike.
      return /^[0-9a-f]{16}$/.test(start) ? (nameOfToken.get(start, `${start}g`)?.name ?? null) : null
    },
  }
}
