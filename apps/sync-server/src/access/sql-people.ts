import type { HumanRole } from '@stet/schema/contract/people'
import type { Clock } from '../clock.ts'
import { newSecret } from '../secret.ts'
import type { Tables } from './access-tables.ts'
import type { KnownPerson, People } from './people.ts'
import { type Act, answerTo, type PeopleDatabase } from './people-database.ts'

type Row = Pick<Tables['people'], 'id' | 'name' | 'color' | 'role' | 'made_at'>

const COLORS = 6

export const createSqlPeople = ({ build, ask, act }: PeopleDatabase, clock: Pick<Clock, 'now'>): People => {
  const present = build.selectFrom('people').selectAll().where('removed_at', 'is', null)
  const update = (id: string) => build.updateTable('people').where('id', '=', id).where('removed_at', 'is', null).returningAll()

  /** A desk without an owner could be given to nobody any more. */
  function* isLastOwner({ id, role }: Row): Act<boolean> {
    if (role !== 'owner') return false
    const others = yield* answerTo(present.where('role', '=', 'owner').where('id', '<>', id).limit(1))
    return others.rows.length === 0
  }

  return {
    list: async () => (await ask(present.orderBy('came'))).rows.map(personOf),
    changeRole: (id, role) =>
      act(function* () {
        const [row] = (yield* answerTo(present.where('id', '=', id))).rows
        if (row === undefined) return { ok: false, fault: 'absent' }
        if (role !== 'owner' && (yield* isLastOwner(row))) return { ok: false, fault: 'last owner' }
        yield* answerTo(update(id).set({ role }))
        return { ok: true, value: personOf({ ...row, role }) }
      }),
    change: async (id, change) => {
      const [row] = (await ask(Object.keys(change).length === 0 ? present.where('id', '=', id) : update(id).set(change))).rows
      return row === undefined ? null : personOf(row)
    },
    remove: (id) =>
      act(function* () {
        const [row] = (yield* answerTo(present.where('id', '=', id))).rows
        if (row === undefined) return { ok: false, fault: 'absent' }
        if (yield* isLastOwner(row)) return { ok: false, fault: 'last owner' }
        yield* answerTo(update(id).set({ removed_at: clock.now() }))
        yield* answerTo(build.deleteFrom('sessions').where('person', '=', id))
        return { ok: true, value: null }
      }),
  }
}

/** Within an act: somebody who comes for the first time. Answers their id. */
export function* addPerson(
  build: PeopleDatabase['build'],
  { name, role, now }: { readonly name: string; readonly role: HumanRole; readonly now: number },
): Act<string> {
  const id = `person-${newSecret().slice(0, 22)}`
  const [last] = (yield* answerTo(build.selectFrom('people').select('came').orderBy('came', 'desc').limit(1))).rows
  const before = last?.came ?? 0
  const row = { id, name, color: (before % COLORS) + 1, role, made_at: now, came: before + 1 }
  yield* answerTo(build.insertInto('people').values(row))
  return id
}

const personOf = ({ id, name, color, role, made_at }: Row): KnownPerson => ({ id, name, color, role, since: made_at })
