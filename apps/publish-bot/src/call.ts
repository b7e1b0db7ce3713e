import type { Outcome } from '@stet/schema/contract/client'
import { formatProblem } from '@stet/schema/finding'
import { done, ExitCode, type Failure, failed, type Result } from './ending.ts'

/** An outcome of the API client as a result of the bot; `doing` completes “Could not …”. */
export const resultOf = <T>(outcome: Outcome<T>, doing: string): Result<T> =>
  outcome.ok ? done(outcome.value) : { ok: false, failure: failureOf(outcome, doing) }

const failureOf = (outcome: Extract<Outcome<unknown>, { ok: false }>, doing: string): Failure => {
  if (outcome.fault === 'unreachable')
    return failed(
      ExitCode.network,
      `Could not ${doing}: ${outcome.message}`,
      'Start the server (npm start), or set STET_URL to where it runs.',
    ).failure
  if (outcome.fault === 'unreadable')
    return failed(
      ExitCode.network,
      `Could not ${doing}: ${outcome.message}`,
      'Is STET_URL the address of a Stet server of this version?',
    ).failure
  const { title, detail, status, problems = [] } = outcome.problem
  if (status === 401)
    return failed(
      ExitCode.usage,
      `Could not ${doing}: the server does not know this token.`,
      'Set STET_TOKEN to a token from “npm run server -- token create --scopes read:drafts,publish”.',
    ).failure
  const said = detail === undefined || detail === title ? title : `${title}: ${detail}`
  return failed(ExitCode.refused, `Could not ${doing}: ${said}`, ...problems.map((problem) => `  ${formatProblem(problem)}`))
    .failure
}
