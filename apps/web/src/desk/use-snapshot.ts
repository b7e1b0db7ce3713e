import type { Snapshot } from '@stet/schema/snapshot'
import { useState } from 'react'
import { useFeed } from '../react/use-feed.ts'
import { useDesk } from './desk-context.ts'

/** The newest sound snapshot of the open dispatch; while the writing is off the schema, the one before. */
export const useSnapshot = (): Snapshot | null => {
  const outcome = useFeed(useDesk().replica.snapshot)
  const [sound, setSound] = useState<Snapshot | null>(outcome.ok ? outcome.snapshot : null)
  if (outcome.ok && outcome.snapshot !== sound) setSound(outcome.snapshot)
  return outcome.ok ? outcome.snapshot : sound
}
