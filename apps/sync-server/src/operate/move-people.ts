import { existsSync } from 'node:fs'
import type { Logger } from 'pino'
import { TABLES, type TableName, type Tables } from '../access/access-tables.ts'
import { movedTo, noteMoved } from '../access/moved-people.ts'
import { type Act, answerTo, type PeopleDatabase } from '../access/people-database.ts'
import { createPostgresPeople, preparePostgresPeople, reasonOf, shownAddress } from '../access/postgres-people-database.ts'
import { createSqlitePeople } from '../access/sqlite-people-database.ts'
import type { Config } from '../config.ts'
import { dataFiles, lockDataFolder } from '../data-folder.ts'
import { openDeskDatabase } from '../desk-database.ts'
import type { OperationOutcome } from './backup.ts'

type Rows = { readonly [Name in TableName]: readonly Tables[Name][] }

const ROWS_AT_ONCE = 500

/** Everybody, and every way in, from `desk.sqlite` into a Postgres that holds nobody. All or nothing. */
export const movePeople = async (
  { people: address, dataFolder }: Pick<Config, 'people' | 'dataFolder'>,
  { logger, now }: { readonly logger: Pick<Logger, 'warn'>; readonly now: number },
): Promise<OperationOutcome> => {
  const { desk } = dataFiles(dataFolder)
  if (address === null) return { ok: false, message: 'STET_PEOPLE: found nothing; give the address of the Postgres to move to' }
  if (!existsSync(desk)) return { ok: false, message: `STET_DATA: ${dataFolder} holds no people` }
  const lock = lockDataFolder(dataFolder)
  if (lock === null) return { ok: false, message: `STET_DATA: a server is using ${dataFolder}; stop it first` }
  const db = openDeskDatabase(desk)
  const target = createPostgresPeople(address, logger)
  try {
    const before = movedTo(db)
    if (before !== null) return { ok: false, message: `people were moved to ${before} already` }
    const source = createSqlitePeople(db)
    const rows = await source.act(() => allRows(source.build))
    await preparePostgresPeople(target)
    const place = shownAddress(address)
    if (!(await target.act(() => fill(target.build, rows))))
      return { ok: false, message: `${place} holds people or ways in already; nothing was moved` }
    noteMoved(db, place, now)
    return {
      ok: true,
      lines: [`moved to Postgres at ${place}: ${told(rows)}`, `what ${desk} holds of them stays, and counts no more`],
      sound: true,
    }
  } catch (error) {
    return { ok: false, message: `move-people: ${reasonOf(error)}; nothing was moved` }
  } finally {
    await target.close()
    db.close()
    lock.release()
  }
}

/** Within an act. */
export function* allRows(build: PeopleDatabase['build']): Act<Rows> {
  const rows: Partial<Record<TableName, readonly unknown[]>> = {}
  for (const table of TABLES) rows[table] = (yield* answerTo(build.selectFrom(table).selectAll())).rows
  return rows as Rows
}

/** Within an act. Whether there was nothing before. */
function* fill(build: PeopleDatabase['build'], rows: Rows): Act<boolean> {
  const present = yield* allRows(build)
  if (TABLES.some((table) => present[table].length > 0)) return false
  for (const table of TABLES)
    for (let from = 0; from < rows[table].length; from += ROWS_AT_ONCE)
      yield* answerTo(build.insertInto(table).values(rows[table].slice(from, from + ROWS_AT_ONCE)))
  return true
}

/** What was asked and is not answered yet is no way in. */
export const told = (rows: Rows): string =>
  TABLES.filter((table) => table !== 'challenges' && table !== 'begun_sign_ins')
    .map((table) => `${rows[table].length} ${table}`)
    .join(', ')
