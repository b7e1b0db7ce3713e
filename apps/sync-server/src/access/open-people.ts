import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { dataFiles } from '../data-folder.ts'
import { openDeskDatabase } from '../desk-database.ts'
import { movedTo } from './moved-people.ts'
import type { PeopleDatabase } from './people-database.ts'
import { createSqlitePeople } from './sqlite-people-database.ts'

export type PeopleOpened =
  | { readonly ok: true; readonly people: PeopleDatabase }
  /** `message` is a whole line: the variable, what was found, the fix. */
  | { readonly ok: false; readonly message: string }

/** People where the operator keeps them. Nobody is left behind unnoticed: neither in `desk.sqlite` nor in Postgres. */
export const openPeople = async (
  { people: address, dataFolder }: Pick<Config, 'people' | 'dataFolder'>,
  logger: Pick<Logger, 'warn'>,
): Promise<PeopleOpened> => {
  const file = dataFiles(dataFolder).desk
  try {
    const moved = readDesk(file, movedTo)
    if (address !== null)
      return await openInPostgres(address, { areHere: moved === null && readDesk(file, hasPeople) === true, logger })
    return moved === null
      ? { ok: true, people: createSqlitePeople(openDeskDatabase(file)) }
      : { ok: false, message: `STET_PEOPLE: found nothing; people were moved to Postgres at ${moved}: give its address` }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return {
      ok: false,
      message: `STET_DATA: the people in ${file} cannot be read: ${reason}; docs/operations.md says what to do`,
    }
  }
}

const openInPostgres = async (
  address: string,
  { areHere, logger }: { readonly areHere: boolean; readonly logger: Pick<Logger, 'warn'> },
): Promise<PeopleOpened> => {
  // Only who has a Postgres loads what speaks to it.
  const { createPostgresPeople, preparePostgresPeople, reasonOf, shownAddress } = await import('./postgres-people-database.ts')
  const people = createPostgresPeople(address, logger)
  try {
    await preparePostgresPeople(people)
    const { rows } = await people.ask(people.build.selectFrom('people').select('id').limit(1))
    if (rows.length > 0 || !areHere) return { ok: true, people }
    await people.close()
    return {
      ok: false,
      message: `STET_PEOPLE: nobody is in Postgres at ${shownAddress(address)} yet, and this show has people; run "npm run server -- move-people" first`,
    }
  } catch (error) {
    await people.close()
    return {
      ok: false,
      message: `STET_PEOPLE: Postgres at ${shownAddress(address)} cannot be used: ${reasonOf(error)}; start it, or correct the address`,
    }
  }
}

/** Of a file that may not be there yet. */
const readDesk = <T>(file: string, read: (db: Database) => T): T | null => {
  if (!existsSync(file)) return null
  const db = new Database(file, { readonly: true, timeout: 5_000 })
  try {
    return read(db)
  } finally {
    db.close()
  }
}

const hasPeople = (db: Database): boolean =>
  db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'people'").get() !== undefined &&
  db.prepare('SELECT 1 FROM people LIMIT 1').get() !== undefined
