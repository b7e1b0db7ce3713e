import type { Clock } from '../clock.ts'
import { hashSecret, newSecret } from '../secret.ts'
import type { Identity } from './access.ts'
import type { Tables } from './access-tables.ts'
import { type Act, answerTo, type PeopleDatabase } from './people-database.ts'
import { written } from './query-builder.ts'
import type { KnownSession, NewSession, Sessions } from './sessions.ts'
import { hashesOf, shortId } from './short-id.ts'

type Row = Tables['sessions']
type PersonRow = Pick<Tables['people'], 'name' | 'color' | 'role'> & { readonly person: string }

const SESSION = 30 * 24 * 60 * 60 * 1000
/** The last use is noted this often at most: a write waits for the disk. */
const NOTE_USE_EVERY = 60 * 60 * 1000
const AGENT_LENGTH = 300

export type SqlSessions = Sessions & {
  readonly identify: (secret: string) => Promise<Identity | null>
  readonly endByHash: (hash: string) => Promise<void>
}

export const createSqlSessions = ({ build, ask, act }: PeopleDatabase, clock: Pick<Clock, 'now'>): SqlSessions => {
  const current = (now: number) =>
    build
      .selectFrom('sessions')
      .innerJoin('people', 'people.id', 'sessions.person')
      .selectAll('sessions')
      .select(['people.name', 'people.color', 'people.role'])
      .where('people.removed_at', 'is', null)
      .where('sessions.expires_at', '>', now)
  const byHash = written((hash: string, now: number) => current(now).where('sessions.hash', '=', hash))
  const ending = (person: string) =>
    build.deleteFrom('sessions').where('person', '=', person).where('expires_at', '>', clock.now()).returning('hash')

  return {
    identify: async (secret) => {
      const hash = hashSecret(secret)
      const now = clock.now()
      const [row] = (await ask(byHash(hash, now))).rows
      if (row === undefined) return null
      if (now - row.used_at > NOTE_USE_EVERY)
        await ask(build.updateTable('sessions').set({ used_at: now }).where('hash', '=', hash).where('used_at', '<', now))
      return { person: personOf(row), via: 'cookie', key: keyOf(hash), expiresAt: row.expires_at }
    },
    endByHash: async (hash) => {
      await ask(build.deleteFrom('sessions').where('hash', '=', hash))
    },
    begin: (person, agent) => act(() => beginSession(build, { person, agent, now: clock.now() })),
    list: async (person) => {
      const { rows } = await ask(
        current(clock.now()).where('sessions.person', '=', person).orderBy('sessions.made_at', 'desc').orderBy('sessions.hash'),
      )
      return rows.map(sessionOf)
    },
    end: async (person, id) => {
      const hashes = hashesOf(id)
      if (hashes === null) return null
      const [ended] = (await ask(ending(person).where('hash', '>=', hashes.from).where('hash', '<', hashes.before))).rows
      return ended === undefined ? null : keyOf(ended.hash)
    },
    endOthers: async (person, keptKey) => {
      const [, kept = ''] = keptKey.split(':')
      return (await ask(ending(person).where('hash', '<>', kept))).rows.map(({ hash }) => keyOf(hash))
    },
  }
}

/** Within an act. Null: that person may not come any more. */
export function* beginSession(
  build: PeopleDatabase['build'],
  { person, agent, now }: { readonly person: string; readonly agent: string; readonly now: number },
): Act<NewSession | null> {
  const present = build.selectFrom('people').select(['id as person', 'name', 'color', 'role']).where('removed_at', 'is', null)
  const [known] = (yield* answerTo(present.where('id', '=', person))).rows
  if (known === undefined) return null
  const secret = newSecret()
  const hash = hashSecret(secret)
  const expiresAt = now + SESSION
  yield* answerTo(build.deleteFrom('sessions').where('expires_at', '<=', now))
  const row = { hash, person, made_at: now, used_at: now, expires_at: expiresAt, agent: agent.slice(0, AGENT_LENGTH) }
  yield* answerTo(build.insertInto('sessions').values(row))
  return { person: personOf(known), key: keyOf(hash), secret, expiresAt }
}

const keyOf = (hash: string): string => `session:${hash}`

const personOf = ({ person: id, name, color, role }: PersonRow) => ({ id, name, color, role })

const sessionOf = ({ hash, made_at, used_at, expires_at, agent }: Row): KnownSession => ({
  id: shortId(hash),
  key: keyOf(hash),
  madeAt: made_at,
  usedAt: used_at,
  expiresAt: expires_at,
  agent,
})
