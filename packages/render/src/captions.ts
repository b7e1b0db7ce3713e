import { breakLines } from '@stet/schema/line-breaks'
import { spokenLength } from '@stet/schema/spoken-length'
import type { SpokenTurn } from './spoken-turns.ts'

/** A few lines of a turn that are shown at once. Start and end in milliseconds; the end is later than the start. */
export type Caption = {
  readonly turn: SpokenTurn
  /** Counted within the turn, from 1. */
  readonly card: number
  readonly start: number
  readonly end: number
  readonly lines: readonly string[]
}

type Measure = { readonly width: number; readonly lines: number }

/** A turn on as many cards as it needs, each for as long as its words take of the whole. `words` is what is to be shown. */
export const captionsOf = (turn: SpokenTurn, words: string, { width, lines }: Measure, language: string): Caption[] => {
  const broken = breakLines(words, width)
  const cards = inGroups(broken, lines)
  const duration = turn.end - turn.start
  // Not a millisecond for each card: nobody can read that, and nothing may be lost.
  if (cards.length > duration) return [{ turn, card: 1, start: turn.start, end: turn.end, lines: broken }]

  const lengths = cards.map((card) => 1 + spokenLength(card.join(' '), language))
  const whole = lengths.reduce((sum, length) => sum + length, 0)
  const captions: Caption[] = []
  let shown = 0
  let start = turn.start
  for (const [index, card] of cards.entries()) {
    shown += lengths[index] ?? 0
    const left = cards.length - 1 - index
    const fair = turn.start + Math.round((duration * shown) / whole)
    const end = left === 0 ? turn.end : Math.min(Math.max(fair, start + 1), turn.end - left)
    captions.push({ turn, card: index + 1, start, end, lines: card })
    start = end
  }
  return captions
}

const inGroups = <Item>(items: readonly Item[], size: number): Item[][] => {
  const groups: Item[][] = []
  for (let at = 0; at < items.length; at += size) groups.push(items.slice(at, at + size))
  return groups
}

/** `00:03:12.000`; SubRip writes a comma. */
export const captionClock = (milliseconds: number, point: '.' | ','): string => {
  const two = (number: number) => String(number).padStart(2, '0')
  const seconds = Math.floor(milliseconds / 1000)
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':')
  return `${clock}${point}${String(milliseconds % 1000).padStart(3, '0')}`
}
