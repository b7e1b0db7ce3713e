import type { Clock } from '../clock.ts'
import { hashSecret, newSecret } from '../secret.ts'
import type { Tables } from './access-tables.ts'
import type { AcceptOutcome, Invitations, KnownInvitation } from './invitations.ts'
import { type Act, answerTo, type PeopleDatabase } from './people-database.ts'
import { hashesOf, shortId } from './short-id.ts'
import { isNameTaken, setPassword } from './sql-passwords.ts'
import { addPerson } from './sql-people.ts'
import { beginSession } from './sql-sessions.ts'

type Row = Omit<Tables['links'], 'used_by'>

const DAY = 24 * 60 * 60 * 1000

export const createSqlInvitations = ({ build, ask, act }: PeopleDatabase, clock: Pick<Clock, 'now'>): Invitations => {
  function* accept(code: string, name: string, agent: string, passwordHash: string | undefined): Act<AcceptOutcome> {
    const hash = hashSecret(code)
    const [link] = (yield* answerTo(build.selectFrom('links').selectAll().where('hash', '=', hash))).rows
    const now = clock.now()
    if (link === undefined) return { ok: false, fault: 'unknown' }
    if (link.used >= link.uses) return { ok: false, fault: 'used' }
    if (link.expires_at <= now) return { ok: false, fault: 'expired' }
    if (passwordHash !== undefined && (yield* isNameTaken(build, name, null))) return { ok: false, fault: 'taken' }
    const person = yield* addPerson(build, { name, role: link.role, now })
    yield* answerTo(
      build
        .updateTable('links')
        .set({ used: link.used + 1, used_by: person })
        .where('hash', '=', hash),
    )
    if (passwordHash !== undefined) yield* setPassword(build, { person, name, hash: passwordHash })
    const session = yield* beginSession(build, { person, agent, now })
    if (session === null) throw new Error('whoever has just come may come')
    return { ok: true, session }
  }

  return {
    create: async ({ role, uses, days, madeBy }) => {
      const code = newSecret()
      const now = clock.now()
      const row = { hash: hashSecret(code), role, made_by: madeBy, made_at: now, expires_at: now + days * DAY, uses, used: 0 }
      await ask(build.insertInto('links').values(row))
      return { code, made: invitationOf(row) }
    },
    list: async () => {
      const open = build.selectFrom('links').selectAll().where('expires_at', '>', clock.now()).whereRef('used', '<', 'uses')
      return (await ask(open.orderBy('made_at', 'desc').orderBy('hash'))).rows.map(invitationOf)
    },
    accept: (code, name, agent, passwordHash) => act(() => accept(code, name, agent, passwordHash)),
    withdraw: (id) =>
      act(function* () {
        const hashes = hashesOf(id)
        if (hashes === null) return false
        const open = build.deleteFrom('links').where('expires_at', '>', clock.now()).whereRef('used', '<', 'uses')
        return (yield* answerTo(open.where('hash', '>=', hashes.from).where('hash', '<', hashes.before))).changes > 0
      }),
  }
}

const invitationOf = ({ hash, role, uses, used, made_by, made_at, expires_at }: Row): KnownInvitation => ({
  id: shortId(hash),
  role,
  uses,
  used,
  madeBy: made_by,
  madeAt: made_at,
  expiresAt: expires_at,
})
