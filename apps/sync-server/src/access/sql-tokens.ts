import { type Person, Scope } from '@stet/schema/contract/people'
import type { Clock } from '../clock.ts'
import { hashSecret, newSecret } from '../secret.ts'
import type { Identity } from './access.ts'
import type { Tables } from './access-tables.ts'
import type { PeopleDatabase } from './people-database.ts'
import { written } from './query-builder.ts'
import { hashesOf, shortId } from './short-id.ts'
import type { KnownToken, Tokens } from './tokens.ts'

const DAY = 24 * 60 * 60 * 1000
/** The last use of a token is noted this often at most: a write waits for the disk. */
const NOTE_USE_EVERY = 60 * 60 * 1000
const PREFIX = 'stet_'
const PERSON = 'token-'
const COLORS = 6

export type SqlTokens = Tokens & {
  readonly identify: (token: string) => Promise<Identity | null>
  readonly endByHash: (hash: string) => Promise<void>
  /** Null: no id of a token, or of none that is known. */
  readonly nameOf: (id: string) => Promise<string | null>
}

export const createSqlTokens = ({ build, ask }: PeopleDatabase, clock: Pick<Clock, 'now'>): SqlTokens => {
  const all = build.selectFrom('tokens').selectAll()
  const byHash = written((hash: string, now: number) => all.where('hash', '=', hash).where('expires_at', '>', now))
  return {
    identify: async (token) => {
      const hash = hashSecret(token)
      const now = clock.now()
      const [row] = (await ask(byHash(hash, now))).rows
      if (row === undefined) return null
      if (row.used_at === null || now - row.used_at > NOTE_USE_EVERY)
        await ask(
          build
            .updateTable('tokens')
            .set({ used_at: now })
            .where('hash', '=', hash)
            .where((is) => is.or([is('used_at', 'is', null), is('used_at', '<', now)])),
        )
      const { id, name, scopes } = tokenOf(row)
      const color = (parseInt(hash.slice(0, 4), 16) % COLORS) + 1
      const person: Person = { id, name, color, role: 'bot', scopes: [...scopes] }
      return { person, via: 'token', key: keyOf(hash), expiresAt: row.expires_at }
    },
    endByHash: async (hash) => {
      await ask(build.deleteFrom('tokens').where('hash', '=', hash))
    },
    nameOf: async (id) => {
      const hashes = hashesIn(id)
      if (hashes === null) return null
      const named = build.selectFrom('tokens').select('name').where('hash', '>=', hashes.from).where('hash', '<', hashes.before)
      return (await ask(named)).rows[0]?.name ?? null
    },
    list: async () => (await ask(all.orderBy('made_at').orderBy('hash'))).rows.map(tokenOf),
    create: async ({ name, scopes, days }) => {
      const token = `${PREFIX}${newSecret()}`
      const now = clock.now()
      const row = { hash: hashSecret(token), name, scopes: scopes.join(' '), made_at: now, expires_at: now + days * DAY }
      await ask(build.insertInto('tokens').values(row))
      return { token, made: tokenOf({ ...row, used_at: null }) }
    },
    revoke: async (id) => {
      const hashes = hashesIn(id)
      if (hashes === null) return null
      const { from, before } = hashes
      const [ended] = (
        await ask(build.deleteFrom('tokens').where('hash', '>=', from).where('hash', '<', before).returning('hash'))
      ).rows
      return ended === undefined ? null : keyOf(ended.hash)
    },
  }
}

const hashesIn = (id: string) => (id.startsWith(PERSON) ? hashesOf(id.slice(PERSON.length)) : null)

const keyOf = (hash: string): string => `token:${hash}`

const tokenOf = ({ hash, name, scopes, made_at, expires_at, used_at }: Tables['tokens']): KnownToken => ({
  id: `${PERSON}${shortId(hash)}`,
  name,
  scopes: Scope.options.filter((scope) => scopes.split(' ').includes(scope)),
  madeAt: made_at,
  expiresAt: expires_at,
  usedAt: used_at,
})
