import { DEFAULT_PACE } from '@stet/schema/pace'
import type { Line } from './script-lines.ts'

/** How long reading takes. Chapters, headings and cues are not said. */
export const SLOWEST = 60
export const FASTEST = 300

export const wordsOf = ({ kind, pieces }: Line): number =>
  kind === 'chapter' || kind === 'heading' ? 0 : (spoken(pieces).match(/[^\s]+/g)?.length ?? 0)

export const wordsIn = (lines: readonly Line[]): number => lines.reduce((sum, line) => sum + wordsOf(line), 0)

/** Words a minute at the pace that the times of the script are estimated by, for words as long as these; whole fives. */
export const paceOf = (lines: readonly Line[]): number => {
  const words = wordsIn(lines)
  const characters = lines.reduce((sum, line) => sum + (wordsOf(line) > 0 ? spoken(line.pieces).length : 0), 0)
  return words === 0 ? 160 : withinReach(Math.round((DEFAULT_PACE * 60 * words) / characters / 5) * 5)
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
