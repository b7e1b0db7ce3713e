import type { Clock } from '../clock.ts'
import { hashSecret } from '../secret.ts'
import type { Tables } from './access-tables.ts'
import type { Passkey, Passkeys } from './passkeys.ts'
import type { PeopleDatabase } from './people-database.ts'

const ANSWER_TIME = 5 * 60 * 1000

export const createSqlPasskeys = ({ build, ask }: PeopleDatabase, clock: Pick<Clock, 'now'>): Passkeys => {
  const current = build
    .selectFrom('passkeys')
    .innerJoin('people', 'people.id', 'passkeys.person')
    .selectAll('passkeys')
    .where('people.removed_at', 'is', null)

  return {
    find: async (id) => {
      const [row] = (await ask(current.where('passkeys.id', '=', id))).rows
      return row === undefined ? null : passkeyOf(row)
    },
    list: async (person) => {
      const { rows } = await ask(current.where('passkeys.person', '=', person).orderBy('passkeys.made_at').orderBy('passkeys.id'))
      return rows.map(passkeyOf)
    },
    add: async ({ id, person, name, publicKey, counter, transports }) => {
      const row = { id, person, name, public_key: publicKey, counter, transports: transports.join(' '), made_at: clock.now() }
      return (
        (
          await ask(
            build
              .insertInto('passkeys')
              .values(row)
              .onConflict((same) => same.column('id').doNothing()),
          )
        ).changes > 0
      )
    },
    noteUse: async (id, counter) => {
      const use = build.updateTable('passkeys').set({ used_at: clock.now(), counter }).where('id', '=', id)
      return (await ask(use.where('counter', counter === 0 ? '=' : '<', counter))).changes > 0
    },
    remove: async (person, id) =>
      (await ask(build.deleteFrom('passkeys').where('person', '=', person).where('id', '=', id))).changes > 0,
    ask: async (challenge, person) => {
      const now = clock.now()
      await ask(build.deleteFrom('challenges').where('expires_at', '<=', now))
      const row = { hash: hashSecret(challenge), person, expires_at: now + ANSWER_TIME }
      await ask(build.insertInto('challenges').values(row))
    },
    wasAsked: async (challenge, person) => {
      const asked = build
        .deleteFrom('challenges')
        .where('hash', '=', hashSecret(challenge))
        .where('expires_at', '>', clock.now())
        .where('person', person === null ? 'is' : '=', person)
      return (await ask(asked)).changes > 0
    },
  }
}

const passkeyOf = ({ id, person, name, public_key, counter, transports, made_at, used_at }: Tables['passkeys']): Passkey => ({
  id,
  person,
  name,
  publicKey: Uint8Array.from(public_key),
  counter,
  transports: transports === '' ? [] : transports.split(' '),
  madeAt: made_at,
  usedAt: used_at,
})
