import type Database from 'better-sqlite3'
import type { Clock } from '../clock.ts'
import type { Access } from './access.ts'
import { prepareAccessTables } from './access-tables.ts'
import { sessionSecretIn } from './cookie.ts'
import { createSqliteInvitations } from './sqlite-invitations.ts'
import { createSqlitePasskeys } from './sqlite-passkeys.ts'
import { createSqlitePasswords } from './sqlite-passwords.ts'
import { createSqlitePeople } from './sqlite-people.ts'
import { createSqliteSessions } from './sqlite-sessions.ts'
import { createSqliteTokens } from './sqlite-tokens.ts'

export const createSqliteAccess = (db: Database, clock: Pick<Clock, 'now'>): Access => {
  prepareAccessTables(db)
  const tokens = createSqliteTokens(db, clock)
  const sessions = createSqliteSessions(db, clock)
  const nameOfPerson = db.prepare<{ name: string }>('SELECT name FROM people WHERE id = ?')
  const owner = db.prepare("SELECT 1 FROM people WHERE role = 'owner' AND removed_at IS NULL LIMIT 1")
  const endToken = db.prepare('DELETE FROM tokens WHERE hash = ?')
  return {
    identify: async ({ cookie, authorization }) => {
      // A request that shows a token means the token: a stale one is not saved by a cookie.
      if (authorization !== null) {
        const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1]
        return token === undefined ? null : tokens.identify(token)
      }
      const secret = sessionSecretIn(cookie)
      return secret === null ? null : sessions.identify(secret)
    },
    revoke: async (key) => {
      const [kind, hash = ''] = key.split(':')
      if (kind === 'session') sessions.endByHash(hash)
      else endToken.run(hash)
    },
    hasOwner: async () => owner.get() !== undefined,
    nameOf: async (id) => tokens.nameOf(id) ?? nameOfPerson.get(id)?.name ?? null,
    people: createSqlitePeople(db, clock),
    sessions,
    invitations: createSqliteInvitations(db, { sessions, clock }),
    passwords: createSqlitePasswords(db),
    passkeys: createSqlitePasskeys(db, clock),
    tokens,
  }
}
