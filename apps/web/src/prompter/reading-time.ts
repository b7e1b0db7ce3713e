import type { Timeline } from '@stet/schema/lay-timeline'
import { DEFAULT_PACE } from '@stet/schema/pace'
import { wordCount } from '@stet/schema/word-count'
import type { Line } from './script-lines.ts'

/** How long reading takes. Chapters, headings and cues are not said. */
export const SLOWEST = 60
export const FASTEST = 300

export const wordsOf = ({ kind, pieces }: Line): number =>
  kind === 'chapter' || kind === 'heading' ? 0 : wordCount(spoken(pieces))

export const wordsIn = (lines: readonly Line[]): number => lines.reduce((sum, line) => sum + wordsOf(line), 0)

/**
 * Words a minute as the times of the script are told: at the pace that each speaker was learnt to have. Whole fives.
 * What has no time, as an essay, is read at the default pace.
 */
export const paceOf = (lines: readonly Line[], timeline: Timeline | null): number => {
  const read = lines.filter((line) => wordsOf(line) > 0)
  const timed = read.filter(({ id }) => (timeline?.get(id)?.length ?? 0) > 0)
  const [measured, seconds] =
    timed.length > 0
      ? [timed, timed.reduce((sum, { id }) => sum + (timeline?.get(id)?.length ?? 0), 0)]
      : [read, read.reduce((sum, { pieces }) => sum + spoken(pieces).length / DEFAULT_PACE, 0)]
  return seconds === 0 ? 160 : withinReach(Math.round((wordsIn(measured) * 60) / seconds / 5) * 5)
}

export const withinReach = (wordsPerMinute: number): number => Math.min(FASTEST, Math.max(SLOWEST, wordsPerMinute))

export const secondsFor = (words: number, wordsPerMinute: number): number => (words / wordsPerMinute) * 60

/** Words from the line being read to the end. */
export const wordsLeft = (lines: readonly Line[], reading: string | null): number =>
  wordsIn(
    lines.slice(
      Math.max(
        0,
        lines.findIndex(({ id }) => id === reading),
      ),
    ),
  )

const spoken = (pieces: Line['pieces']): string => pieces.map((piece) => ('say' in piece ? piece.say : ' ')).join('')
