import type { Signature } from '@stet/schema/layout/restore'
import type { Snapshot } from '@stet/schema/snapshot'
import { useState } from 'react'
import { useDesk } from '../desk/desk-context.ts'
import { useServices } from '../react/services-context.ts'
import { failureOf } from './fault-words.ts'
import type { Restoring } from './use-restoring.ts'

/** Restores from a moment. It is asked for first: a change is undone from what was, not from what is shown of it. */
export const useRestoreFrom = ({ restore }: Restoring) => {
  const { replica } = useDesk()
  const { api } = useServices()
  const [fault, setFault] = useState<string | null>(null)
  const restoreFrom = async (seq: number, said: string, acts: (snapshot: Snapshot, signature: Signature) => void) => {
    const outcome = await api('getMoment', { params: { id: replica.id, seq } })
    setFault(outcome.ok ? null : failureOf(outcome).why)
    if (outcome.ok) restore(said, (signature) => acts(outcome.value.snapshot, signature))
  }
  return { fault, setFault, restoreFrom }
}
