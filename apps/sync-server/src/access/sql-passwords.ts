import { foldedName, type Passwords } from './passwords.ts'
import { type Act, answerTo, type PeopleDatabase } from './people-database.ts'

type Build = PeopleDatabase['build']

/** Those of who may still come. */
const current = (build: Build) =>
  build.selectFrom('passwords').innerJoin('people', 'people.id', 'passwords.person').where('people.removed_at', 'is', null)

const byName = (build: Build, name: string) =>
  current(build).select(['passwords.person', 'passwords.hash']).where('passwords.folded', '=', foldedName(name))

export const createSqlPasswords = ({ build, ask, act }: PeopleDatabase): Passwords => ({
  byName: async (name) => (await ask(byName(build, name))).rows[0] ?? null,
  ofPerson: async (person) => {
    const own = current(build).select(['passwords.name', 'passwords.hash']).where('passwords.person', '=', person)
    return (await ask(own)).rows[0] ?? null
  },
  set: (person, name, hash) => act(() => setPassword(build, { person, name, hash })),
})

/** Within an act: whether somebody else than `person` signs in with that name. */
export function* isNameTaken(build: Build, name: string, person: string | null): Act<boolean> {
  const [holder] = (yield* answerTo(byName(build, name))).rows
  return holder !== undefined && holder.person !== person
}

/** Within an act. */
export function* setPassword(
  build: Build,
  { person, name, hash }: { readonly person: string; readonly name: string; readonly hash: string },
): Act<'set' | 'taken'> {
  if (yield* isNameTaken(build, name, person)) return 'taken'
  const removed = build.selectFrom('people').select('id').where('removed_at', 'is not', null)
  yield* answerTo(build.deleteFrom('passwords').where('person', 'in', removed))
  const given = { name: name.trim(), folded: foldedName(name), hash }
  yield* answerTo(
    build
      .insertInto('passwords')
      .values({ person, ...given })
      .onConflict((same) => same.column('person').doUpdateSet(given)),
  )
  return 'set'
}
