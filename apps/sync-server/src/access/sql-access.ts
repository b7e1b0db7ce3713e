import type { Clock } from '../clock.ts'
import type { Access } from './access.ts'
import { sessionSecretIn } from './cookie.ts'
import type { PeopleDatabase } from './people-database.ts'
import { createSqlIdentities } from './sql-identities.ts'
import { createSqlInvitations } from './sql-invitations.ts'
import { createSqlPasskeys } from './sql-passkeys.ts'
import { createSqlPasswords } from './sql-passwords.ts'
import { createSqlPeople } from './sql-people.ts'
import { createSqlSessions } from './sql-sessions.ts'
import { createSqlTokens } from './sql-tokens.ts'

/** The port in SQL, the same on every database. */
export const createSqlAccess = (database: PeopleDatabase, clock: Pick<Clock, 'now'>): Access => {
  const { build, ask } = database
  const tokens = createSqlTokens(database, clock)
  const sessions = createSqlSessions(database, clock)
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
      await (kind === 'session' ? sessions : tokens).endByHash(hash)
    },
    hasOwner: async () => {
      const owners = build.selectFrom('people').select('id').where('role', '=', 'owner').where('removed_at', 'is', null)
      return (await ask(owners.limit(1))).rows.length > 0
    },
    nameOf: async (id) => {
      const named = await tokens.nameOf(id)
      if (named !== null) return named
      return (await ask(build.selectFrom('people').select('name').where('id', '=', id))).rows[0]?.name ?? null
    },
    people: createSqlPeople(database, clock),
    sessions,
    invitations: createSqlInvitations(database, clock),
    passwords: createSqlPasswords(database),
    passkeys: createSqlPasskeys(database, clock),
    identities: createSqlIdentities(database, clock),
    tokens,
  }
}
