import { resultOf } from './call.ts'
import type { CommandContext } from './command-context.ts'
import { dispatchName } from './dispatch-name.ts'
import { done, ExitCode, failed, type Result } from './ending.ts'
import { lookUp } from './look-up.ts'

type Options = { readonly reason: string; readonly isSure: boolean; readonly json: boolean }

/** Takes a dispatch from its readers, once somebody has said that it is meant. */
export const withdrawCommand = async (
  { api, origin, terminal, ask }: CommandContext,
  reference: string,
  { reason, isSure, json }: Options,
): Promise<Result<undefined>> => {
  const found = await lookUp(api, reference)
  if (!found.ok) return found
  const { dispatch } = found.value
  const name = dispatchName(dispatch)
  if (dispatch.revision === null) return failed(ExitCode.refused, `Could not withdraw ${name}: it is not published.`)
  if (!isSure) {
    if (ask === null) return failed(ExitCode.usage, 'Nobody is here to be asked: add --yes if this is meant.')
    const answer = await ask(`Withdraw ${name} from its readers? They will find the reason in its place. [y/N] `)
    if (!/^y(es)?$/i.test(answer.trim())) return failed(ExitCode.refused, 'Nothing was withdrawn.')
  }
  const params = { id: dispatch.id }
  const body = { reason, revision: dispatch.revision }
  const withdrawn = resultOf(await api('withdraw', { params, body }), `withdraw ${name}`)
  if (!withdrawn.ok) return withdrawn
  if (json) terminal.print(JSON.stringify(withdrawn.value))
  else terminal.print(`Withdrew ${name}: ${origin}${withdrawn.value.revision.path} says why`)
  return done(undefined)
}
