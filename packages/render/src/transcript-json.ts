import type { Snapshot } from '@stet/schema/snapshot'
import { spokenTurns } from './spoken-turns.ts'

/** The JSON transcript of podcast players: one segment a turn, times in seconds. */
export const renderTranscriptJson = (snapshot: Snapshot): string => {
  const segments = spokenTurns(snapshot).map(({ speaker, start, end, words }) => ({
    ...(speaker === '' ? {} : { speaker }),
    startTime: start / 1000,
    endTime: end / 1000,
    body: words,
  }))
  return `${JSON.stringify({ version: '1.0.0', segments }, null, 2)}\n`
}
