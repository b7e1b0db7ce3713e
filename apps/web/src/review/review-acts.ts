import type { ApiClient, Outcome } from '@stet/schema/contract/client'
import { may, type Rights } from '@stet/schema/contract/people'
import type { DispatchId } from '@stet/schema/ids'
import type { Status, stepsFrom } from '@stet/schema/status'

export type Act = ReturnType<typeof stepsFrom>[number]

export const ACT_WORDS: Readonly<Record<Act, string>> = {
  asked: 'Ask for review',
  approved: 'Approve',
  returned: 'Ask for changes',
}

export const mayTake = (person: Rights, act: Act): boolean => may(person, act === 'asked' ? 'write' : 'approve')

/** `sha256`: of what whoever approves has read. */
export const takeStep = (
  api: ApiClient,
  act: Act,
  { id, note, sha256 }: { id: DispatchId; note: string; sha256: string },
): Promise<Outcome<Status>> => {
  const params = { id }
  switch (act) {
    case 'asked':
      return api('askForReview', { params, body: { note } })
    case 'approved':
      return api('approve', { params, body: { note, sha256 } })
    case 'returned':
      return api('returnToDraft', { params, body: { note } })
  }
}
