import type { Timeline } from '@stet/schema/lay-timeline'
import { timelineOf } from '@stet/schema/timeline'
import { useMemo } from 'react'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import type { Replica } from '../replica/replica.ts'

/** When everything in the open dispatch is said, by the paces that this device knows; null while the writing is off the schema. */
export const useTimeline = ({ id: open, snapshot }: Replica): Timeline | null => {
  const outcome = useFeed(snapshot)
  const shelf = useFeed(useServices().library.shelf)
  return useMemo(() => {
    const learnt = shelf.flatMap(({ id, speech = [] }) => (id === open ? [] : speech))
    return outcome.ok ? timelineOf(outcome.snapshot, learnt) : null
  }, [outcome, shelf, open])
}
