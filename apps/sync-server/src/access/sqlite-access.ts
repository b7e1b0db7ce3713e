import type { HumanRole, Person } from '@stet/schema/contract/people'
import type Database from 'better-sqlite3'
import type { Clock } from '../clock.ts'
import { hashSecret, newSecret } from '../secret.ts'
import type { Access, Identity, SignInOutcome } from './access.ts'
import { prepareAccessTables } from './access-tables.ts'
import { sessionSecretIn } from './cookie.ts'
import { createSqlitePeople } from './sqlite-people.ts'
import { createSqliteTokens } from './sqlite-tokens.ts'

const DAY = 24 * 60 * 60 * 1000
const SESSION = 30 * DAY
const LINK = 7 * DAY
const COLORS = 6

type SessionRow = { id: string; name: string; color: number; role: HumanRole; expires_at: number }
type LinkRow = { role: HumanRole; expires_at: number; used_by: string | null }

export const createSqliteAccess = (db: Database, clock: Pick<Clock, 'now'>): Access => {
  prepareAccessTables(db)
  const tokens = createSqliteTokens(db, clock)
  const sessionBy = db.prepare<SessionRow>(
    `SELECT id, name, color, role, expires_at FROM sessions JOIN people ON people.id = sessions.person
     WHERE hash = ? AND removed_at IS NULL`,
  )
  const linkBy = db.prepare<LinkRow>('SELECT role, expires_at, used_by FROM links WHERE hash = ?')
  const useLink = db.prepare('UPDATE links SET used_by = ? WHERE hash = ? AND used_by IS NULL')
  const countPeople = db.prepare<{ count: number }>('SELECT count(*) AS count FROM people')
  const addPerson = db.prepare('INSERT INTO people (id, name, color, role, made_at) VALUES (?, ?, ?, ?, ?)')
  const addSession = db.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?)')
  const addLink = db.prepare('INSERT INTO links VALUES (?, ?, ?, ?, ?, NULL)')
  const endSession = db.prepare('DELETE FROM sessions WHERE hash = ?')
  const endToken = db.prepare('DELETE FROM tokens WHERE hash = ?')
  const forgetExpired = db.prepare('DELETE FROM sessions WHERE expires_at <= ?')
  const nameOfPerson = db.prepare<{ name: string }>('SELECT name FROM people WHERE id = ?')
  const owner = db.prepare("SELECT 1 FROM people WHERE role = 'owner' AND removed_at IS NULL LIMIT 1")

  const bySession = (secret: string): Identity | null => {
    const hash = hashSecret(secret)
    const row = sessionBy.get(hash)
    if (row === undefined || row.expires_at <= clock.now()) return null
    const { id, name, color, role, expires_at: expiresAt } = row
    return { person: { id, name, color, role }, via: 'cookie', key: `session:${hash}`, expiresAt }
  }
  const signIn = db.transaction((code: string, name: string): SignInOutcome => {
    const hash = hashSecret(code)
    const link = linkBy.get(hash)
    const now = clock.now()
    if (link === undefined) return { ok: false, fault: 'unknown' }
    if (link.used_by !== null) return { ok: false, fault: 'used' }
    if (link.expires_at <= now) return { ok: false, fault: 'expired' }
    const color = ((countPeople.get()?.count ?? 0) % COLORS) + 1
    const person: Person = { id: `person-${newSecret().slice(0, 22)}`, name, color, role: link.role }
    const secret = newSecret()
    addPerson.run(person.id, name, color, person.role, now)
    useLink.run(person.id, hash)
    forgetExpired.run(now)
    addSession.run(hashSecret(secret), person.id, now, now + SESSION)
    return { ok: true, person, key: `session:${hashSecret(secret)}`, secret, expiresAt: now + SESSION }
  })

  return {
    identify: async ({ cookie, authorization }) => {
      // A request that shows a token means the token: a stale one is not saved by a cookie.
      if (authorization !== null) {
        const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1]
        return token === undefined ? null : tokens.identify(token)
      }
      const secret = sessionSecretIn(cookie)
      return secret === null ? null : bySession(secret)
    },
    signIn: async (code, name) => signIn.immediate(code, name),
    revoke: async (key) => {
      const [kind, hash = ''] = key.split(':')
      if (kind === 'session') endSession.run(hash)
      else endToken.run(hash)
    },
    createLink: async (role, madeBy) => {
      const code = newSecret()
      const now = clock.now()
      addLink.run(hashSecret(code), role, madeBy, now, now + LINK)
      return { code, expiresAt: now + LINK }
    },
    hasOwner: async () => owner.get() !== undefined,
    nameOf: async (id) => tokens.nameOf(id) ?? nameOfPerson.get(id)?.name ?? null,
    people: createSqlitePeople(db, clock),
    tokens,
  }
}
