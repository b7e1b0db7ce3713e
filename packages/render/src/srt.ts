import type { Snapshot } from '@stet/schema/snapshot'
import { captionClock, captionsOf } from './captions.ts'
import { spokenTurns } from './spoken-turns.ts'

const MEASURE = { width: 32, lines: 2 }

/** SubRip: numbered cards, and a turn begins on a card of its own, with the speaker's name. */
export const renderSrt = (snapshot: Snapshot): string => {
  const captions = spokenTurns(snapshot).flatMap((turn) =>
    captionsOf(turn, tame(turn.speaker === '' ? turn.words : `${turn.speaker}: ${turn.words}`), MEASURE, snapshot.language),
  )
  return captions
    .map(({ start, end, lines }, index) => {
      const clocks = `${captionClock(start, ',')} --> ${captionClock(end, ',')}`
      return `${index + 1}\n${clocks}\n${lines.join('\n')}\n`
    })
    .join('\n')
}

/** SubRip cannot escape. What players would take for a tag, or readers for an arrow, is written with ‹ and ›. */
const tame = (text: string): string =>
  text
    .replaceAll(/<(?=[a-z/!?])/gi, '‹')
    .replaceAll('-->', '--›')
    .replaceAll('{\\', '(\\')
