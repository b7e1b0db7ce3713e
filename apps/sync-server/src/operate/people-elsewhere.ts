import type { Logger } from 'pino'
import { createPostgresPeople, reasonOf, shownAddress } from '../access/postgres-people-database.ts'
import type { Command } from '../command-line.ts'
import type { OperationOutcome } from './backup.ts'
import { allRows, told } from './move-people.ts'

/** Adds to what became of an operation on the folder what is so of people who are not in it. */
export const tellOfPeopleElsewhere = async (
  outcome: OperationOutcome,
  { command, address, logger }: { command: Command; address: string; logger: Pick<Logger, 'warn'> },
): Promise<OperationOutcome> => {
  if (!outcome.ok) return outcome
  const place = `Postgres at ${shownAddress(address)}`
  const adding = (line: string, sound = true): OperationOutcome => ({
    ...outcome,
    lines: [...outcome.lines, line],
    sound: outcome.sound && sound,
  })
  if (command.name === 'backup')
    return adding(`people are not in it: they are in ${place}; back them up with pg_dump at about the same time`)
  if (command.name === 'restore') return adding(`people are in ${place}, and stay as they are`)
  if (command.name !== 'verify') return outcome
  if (command.file !== null) return adding(`people are in ${place}, and not in a backup`)
  const { line, sound } = await verifyPeople(address, logger)
  return adding(`${place}: ${line}`, sound)
}

/** Reads every row. That its bytes are what was written is Postgres's to know. */
const verifyPeople = async (address: string, logger: Pick<Logger, 'warn'>): Promise<{ line: string; sound: boolean }> => {
  const people = createPostgresPeople(address, logger)
  try {
    const rows = await people.act(() => allRows(people.build))
    const present = rows.people.filter(({ removed_at }) => removed_at === null)
    const isOwned = present.length === 0 || present.some(({ role }) => role === 'owner')
    return isOwned
      ? { line: `${told(rows)}, all read`, sound: true }
      : { line: 'there are people and no owner; "npm run server -- link create --role owner" lets one in', sound: false }
  } catch (error) {
    return { line: `people cannot be read: ${reasonOf(error)}`, sound: false }
  } finally {
    await people.close()
  }
}
