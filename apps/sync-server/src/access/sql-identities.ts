import type { Clock } from '../clock.ts'
import { hashSecret } from '../secret.ts'
import type { Tables } from './access-tables.ts'
import type { Identities, KnownIdentity } from './identities.ts'
import { answerTo, type PeopleDatabase } from './people-database.ts'
import { shortId } from './short-id.ts'

const COME_BACK_TIME = 10 * 60 * 1000

export const createSqlIdentities = ({ build, ask, act }: PeopleDatabase, clock: Pick<Clock, 'now'>): Identities => {
  const current = build
    .selectFrom('identities')
    .innerJoin('people', 'people.id', 'identities.person')
    .selectAll('identities')
    .where('people.removed_at', 'is', null)
  const ofPerson = (person: string) =>
    current
      .where('identities.person', '=', person)
      .orderBy('identities.made_at')
      .orderBy('identities.issuer')
      .orderBy('identities.subject')

  return {
    find: async ({ issuer, subject }) => {
      const [row] = (await ask(current.where('issuer', '=', issuer).where('subject', '=', subject))).rows
      return row?.person ?? null
    },
    list: async (person) => (await ask(ofPerson(person))).rows.map(identityOf),
    join: (person, { issuer, subject }) =>
      act(function* () {
        // Whoever was removed may be invited anew, and then comes as a new person.
        const removed = build.selectFrom('people').select('id').where('removed_at', 'is not', null)
        yield* answerTo(build.deleteFrom('identities').where('person', 'in', removed))
        const [holder] = (yield* answerTo(current.where('issuer', '=', issuer).where('subject', '=', subject))).rows
        if (holder !== undefined) return holder.person === person ? 'joined' : 'taken'
        yield* answerTo(build.insertInto('identities').values({ issuer, subject, person, made_at: clock.now() }))
        return 'joined'
      }),
    noteUse: async ({ issuer, subject }) => {
      const own = build.updateTable('identities').where('issuer', '=', issuer).where('subject', '=', subject)
      await ask(own.set({ used_at: clock.now() }))
    },
    remove: async (person, id) => {
      const row = (await ask(ofPerson(person))).rows.find((each) => identityOf(each).id === id)
      if (row === undefined) return false
      const own = build.deleteFrom('identities').where('issuer', '=', row.issuer).where('subject', '=', row.subject)
      return (await ask(own.where('person', '=', person))).changes > 0
    },
    begin: async (words) => {
      const now = clock.now()
      await ask(build.deleteFrom('begun_sign_ins').where('expires_at', '<=', now))
      await ask(build.insertInto('begun_sign_ins').values({ hash: hashSecret(words), expires_at: now + COME_BACK_TIME }))
    },
    cameBack: async (words) => {
      const begun = build.deleteFrom('begun_sign_ins').where('hash', '=', hashSecret(words))
      return (await ask(begun.where('expires_at', '>', clock.now()))).changes > 0
    },
  }
}

const identityOf = ({ issuer, subject, made_at, used_at }: Tables['identities']): KnownIdentity => ({
  id: shortId(hashSecret(JSON.stringify([issuer, subject]))),
  issuer,
  madeAt: made_at,
  usedAt: used_at,
})
