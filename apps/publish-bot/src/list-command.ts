import { resultOf } from './call.ts'
import type { CommandContext } from './command-context.ts'
import { dispatchTable } from './dispatch-table.ts'
import { done, type Result } from './ending.ts'

export const listCommand = async ({ api, terminal }: CommandContext, json: boolean): Promise<Result<undefined>> => {
  const listed = resultOf(await api('listDispatches'), 'list the dispatches')
  if (!listed.ok) return listed
  const { dispatches } = listed.value
  if (json) terminal.print(JSON.stringify(listed.value))
  else if (dispatches.length === 0) terminal.note('The desk is empty.')
  else for (const row of dispatchTable(dispatches)) terminal.print(row)
  return done(undefined)
}
