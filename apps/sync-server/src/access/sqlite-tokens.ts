import { type Person, Scope } from '@stet/schema/contract/people'
import type Database from 'better-sqlite3'
import type { Clock } from '../clock.ts'
import { hashSecret, newSecret } from '../secret.ts'
import type { Identity } from './access.ts'
import type { KnownToken, Tokens } from './tokens.ts'

type Row = { hash: string; name: string; scopes: string; made_at: number; expires_at: number; used_at: number | null }

const DAY = 24 * 60 * 60 * 1000
/** The last use of a token is noted this often at most: a write waits for the disk. */
const NOTE_USE_EVERY = 60 * 60 * 1000
const PREFIX = 'stet_'
const PERSON = 'token-'
const COLORS = 6

export type SqliteTokens = Tokens & {
  readonly identify: (token: string) => Identity | null
  /** Null: no id of a token, or of none that is known. */
  readonly nameOf: (id: string) => string | null
}

export const createSqliteTokens = (db: Database, clock: Pick<Clock, 'now'>): SqliteTokens => {
  const byHash = db.prepare<Row>('SELECT * FROM tokens WHERE hash = ?')
  // Hashes are hexadecimal, so "g" comes after all that begin alike.
  const byStart = db.prepare<Row>('SELECT * FROM tokens WHERE hash >= ? AND hash < ?')
  const all = db.prepare<Row>('SELECT * FROM tokens ORDER BY made_at, hash')
  const noteUse = db.prepare('UPDATE tokens SET used_at = ? WHERE hash = ?')
  const add = db.prepare('INSERT INTO tokens (hash, name, scopes, made_at, expires_at) VALUES (?, ?, ?, ?, ?)')
  const end = db.prepare('DELETE FROM tokens WHERE hash = ?')

  const find = (id: string): Row | undefined => {
    const start = id.slice(PERSON.length)
    return id.startsWith(PERSON) && /^[0-9a-f]{16}$/.test(start) ? byStart.get(start, `${start}g`) : undefined
  }
  return {
    identify: (token) => {
      const hash = hashSecret(token)
      const row = byHash.get(hash)
      const now = clock.now()
      if (row === undefined || row.expires_at <= now) return null
      if (row.used_at === null || now - row.used_at > NOTE_USE_EVERY) noteUse.run(now, hash)
      const { id, name, scopes } = tokenOf(row)
      const color = (parseInt(hash.slice(0, 4), 16) % COLORS) + 1
      const person: Person = { id, name, color, role: 'bot', scopes: [...scopes] }
      return { person, via: 'token', key: keyOf(hash), expiresAt: row.expires_at }
    },
    nameOf: (id) => find(id)?.name ?? null,
    list: async () => all.all().map(tokenOf),
    create: async ({ name, scopes, days }) => {
      const token = `${PREFIX}${newSecret()}`
      const now = clock.now()
      const row = { hash: hashSecret(token), name, scopes: scopes.join(' '), made_at: now, expires_at: now + days * DAY }
      add.run(row.hash, row.name, row.scopes, row.made_at, row.expires_at)
      return { token, made: tokenOf({ ...row, used_at: null }) }
    },
    revoke: async (id) => {
      const row = find(id)
      if (row === undefined) return null
      end.run(row.hash)
      return keyOf(row.hash)
    },
  }
}

const keyOf = (hash: string): string => `token:${hash}`

const tokenOf = ({ hash, name, scopes, made_at, expires_at, used_at }: Row): KnownToken => ({
  id: `${PERSON}${hash.slice(0, 16)}`,
  name,
  scopes: Scope.options.filter((scope) => scopes.split(' ').includes(scope)),
  madeAt: made_at,
  expiresAt: expires_at,
  usedAt: used_at,
})
