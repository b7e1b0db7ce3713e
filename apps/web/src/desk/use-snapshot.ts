import type { SnapshotOutcome } from '@stet/schema/layout/take-snapshot'
import type { Snapshot } from '@stet/schema/snapshot'
import { useState, useSyncExternalStore } from 'react'
import { useDesk } from './desk-context.ts'

/** The newest snapshot of the open dispatch, sound or not; null until the script has been painted, which needs none. */
export const useSnapshotOutcome = (): SnapshotOutcome | null => {
  const { replica, isPainted } = useDesk()
  return useSyncExternalStore(replica.snapshot.subscribe, () => (isPainted ? replica.snapshot.get() : null))
}

/** The newest sound snapshot of the open dispatch; while the writing is off the schema, the one before. */
export const useSnapshot = (): Snapshot | null => {
  const outcome = useSnapshotOutcome()
  const [sound, setSound] = useState<Snapshot | null>(outcome?.ok ? outcome.snapshot : null)
  if (outcome?.ok && outcome.snapshot !== sound) setSound(outcome.snapshot)
  return outcome?.ok ? outcome.snapshot : sound
}
