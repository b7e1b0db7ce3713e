import type { Timeline } from '@stet/schema/lay-timeline'

/** The block that is said at a moment; null before the first and after the end. */
export const spokenAt = (timeline: Timeline, seconds: number): string | null => {
  let spoken: string | null = null
  for (const [id, { start }] of timeline) {
    if (start > seconds) break
    spoken = id
  }
  return spoken
}
