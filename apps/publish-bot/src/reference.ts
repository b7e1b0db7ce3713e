import { titleSlug } from '@stet/schema/address'
import type { DispatchListing } from '@stet/schema/contract/api'
import type { RevisionFacts } from '@stet/schema/revision'
import { formatNumber } from '@stet/schema/timeline'
import { dispatchName } from './dispatch-name.ts'
import { done, ExitCode, failed, type Result } from './ending.ts'

/**
 * The dispatch a person means by `008`, `8`, an id, or a slug. An id names exactly one; a number or a slug
 * may fit several drafts, and then nothing is guessed.
 */
export const findByReference = (
  reference: string,
  dispatches: readonly DispatchListing[],
  published: readonly RevisionFacts[],
): Result<DispatchListing> => {
  const byId = dispatches.find(({ id }) => id === reference)
  if (byId !== undefined) return done(byId)
  const fitting = dispatches.filter((dispatch) => namesOf(dispatch, published).has(nameOf(reference)))
  const [only, second] = fitting
  if (only !== undefined && second === undefined) return done(only)
  if (only !== undefined)
    return failed(
      ExitCode.refused,
      `“${reference}” fits ${fitting.length} dispatches; give the id of one:`,
      ...fitting.map(describe),
    )
  return dispatches.length === 0
    ? failed(ExitCode.refused, `No dispatch “${reference}”: the desk is empty.`)
    : failed(ExitCode.refused, `No dispatch “${reference}”. There is:`, ...dispatches.map(describe))
}

/** `008` and `8` are one name. */
const nameOf = (text: string): string => (/^\d{1,6}$/.test(text) ? formatNumber(Number(text)) : text)

const namesOf = ({ id, number, title }: DispatchListing, published: readonly RevisionFacts[]): ReadonlySet<string> => {
  const names = published.filter(({ dispatch }) => dispatch === id).map(({ path }) => path.split('/')[2] ?? '')
  if (number !== null) names.push(formatNumber(number))
  names.push(titleSlug(title))
  return new Set(names.filter((name) => name !== '').map(nameOf))
}

const describe = (dispatch: DispatchListing): string => `  ${dispatch.id}  ${dispatchName(dispatch)}`
