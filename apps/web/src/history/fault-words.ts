import type { Outcome } from '@stet/schema/contract/client'

export type Failure = { readonly why: string; readonly isUnreachable: boolean }

/** Why there is no answer, for a person to read. */
export const failureOf = (outcome: Outcome<unknown> & { ok: false }): Failure => {
  if (outcome.fault === 'unreachable')
    return { isUnreachable: true, why: 'History is kept by the server, and this device is not connected to it.' }
  if (outcome.fault === 'refused') return { isUnreachable: false, why: outcome.problem.detail ?? outcome.problem.title }
  return { isUnreachable: false, why: 'The server gave an answer that this page does not understand. Reload the page.' }
}
