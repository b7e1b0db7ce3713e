import type { Outcome } from '@stet/schema/contract/client'

/** Why something was not done, for a person to read. */
export const whyNot = (outcome: Outcome<unknown> & { ok: false }): string => {
  if (outcome.fault === 'unreachable') return 'The server cannot be reached. Try again when you are connected.'
  if (outcome.fault === 'unreadable') return 'The server gave an answer that this page does not understand. Reload the page.'
  const { title, detail, problems = [] } = outcome.problem
  const [first] = problems
  return `${detail ?? title}${first === undefined ? '' : `: ${first.message}`}.`.replace(/\.\.$/, '.')
}
