import { roomFor, type Timeline } from '@stet/schema/lay-timeline'
import { formatShortClock, parseClock } from '@stet/schema/timeline'

/** What is wrong with a start that someone wants to record for a block, or null. */
export const startFault = (draft: string, block: string, timeline: Timeline): string | null => {
  const start = parseClock(draft)
  if (start === null) return 'Write it as 1:23 or 1:02:03.'
  const { from, to } = roomFor(timeline, block)
  const [earliest, latest] = [formatShortClock(from), to === null ? '' : formatShortClock(to)]
  if (start < from) return `What stands before it is recorded at ${earliest}: it cannot start earlier.`
  if (to !== null && start > to) return `What follows is recorded at ${latest}: it cannot start later.`
  return null
}
