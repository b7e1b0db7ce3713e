import { type Block, spokenText } from './snapshot.ts'

/** Spoken characters a second; shared/research measured 15.8 to 16.8 a speaker on real narration. */
export const DEFAULT_PACE = 16

export type Timing = {
  /** Seconds from the start of the recording. */
  readonly start: number
  readonly recorded: boolean
}

/**
 * A start for every turn and chapter, by block id: the recorded one, or else an estimate that follows
 * from the text before it. Starts never fall. A chapter without a time takes that of the next turn.
 */
export const timelineOf = (body: readonly Block[], pace = DEFAULT_PACE): ReadonlyMap<string, Timing> => {
  const timings = new Map<string, Timing>()
  let waitingChapters: string[] = []
  let start = 0
  let end = 0
  for (const block of body) {
    if (block.kind === 'turn') {
      start = block.start ?? Math.max(start, Math.round(end))
      end = start + spokenText(block.content).length / pace
      timings.set(block.id, { start, recorded: block.start !== null })
      for (const chapter of waitingChapters) timings.set(chapter, { start, recorded: false })
      waitingChapters = []
    } else if (block.kind === 'chapter') {
      if (block.start === null) waitingChapters.push(block.id)
      else timings.set(block.id, { start: block.start, recorded: true })
    }
  }
  for (const chapter of waitingChapters) timings.set(chapter, { start: Math.round(end), recorded: false })
  return timings
}

/** `HH:MM:SS` */
export const formatClock = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')

/** `0:24`, `12:38`, `1:02:03`: for margins and pages. */
export const formatShortClock = (seconds: number): string => formatClock(seconds).replace(/^0(?:0:0?)?(?=\d)/, '')

/** Reads `HH:MM:SS`, `MM:SS` or `M:SS`; null when it is none of them. */
export const parseClock = (text: string): number | null => {
  const match = /^(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)$/.exec(text.trim())
  if (match === null) return null
  const [, hours = '0', minutes = '0', seconds = '0'] = match
  if (match[1] !== undefined && Number(minutes) > 59) return null
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

/** `008` */
export const formatNumber = (number: number): string => String(number).padStart(3, '0')
