import { automerge } from './adapters/automerge.ts'
import { loro } from './adapters/loro.ts'
import { createOurs, FAULTS } from './adapters/ours.ts'
import { yArray } from './adapters/y-array.ts'
import { yProsemirror } from './adapters/y-prosemirror.ts'
import type { Peer } from './port.ts'

/** All that are compared. `broken` names a fault to give ours, to see the comparison find it. */
export const peersToCompare = (broken: string | undefined): Peer[] => {
  const fault = FAULTS.find((name) => name === broken) ?? null
  if (broken && fault === null) throw new Error(`STET_BREAK is one of ${FAULTS.join(', ')}`)
  return [createOurs(fault), yProsemirror, yArray, automerge, loro]
}
