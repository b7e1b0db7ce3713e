import { type Matches, matchWords } from './match-words.ts'
import type { Passage } from './passages.ts'
import { spokenWords } from './spoken-words.ts'

/** A turn as its words are to be found: its spoken text. */
export type SpokenTurn = { readonly id: string; readonly text: string }

export type AlignedTimes = {
  /** Starts in whole seconds, by the ids of turns, in their order; they never fall. */
  readonly starts: ReadonlyMap<string, number>
  /** Turns with words of which too few were found where a transcript has them. */
  readonly unmatched: readonly string[]
}

/** Words in a row that two texts share by more than chance. */
const SOLID = 3
/** How far into a turn its first sure word may be: what stands before it was edited. */
const LATEST_FIRST = 5
/** The words of a turn by which it is known. */
const OPENING = 12

/**
 * The starts of turns by a transcript of the same recording, matched by their words: who speaks, and where turns begin, may be told
 * otherwise or not at all there, and either text may have been edited since.
 */
export const alignTimes = (turns: readonly SpokenTurn[], passages: readonly Passage[]): AlignedTimes => {
  const heard = timedWords(passages)
  const wordsOfTurns = turns.map(({ text }) => spokenWords(text))
  const matches = matchWords(
    wordsOfTurns.flat(),
    heard.map(({ word }) => word),
  )
  const sure = solid(matches)
  let from = 0
  let earliest = 0
  const starts = wordsOfTurns.map((words) => {
    // The last words of the turn before may make two of this one look sure.
    const mine = solid(sure.subarray(from, from + words.length))
    from += words.length
    const start = startOf(mine, heard, earliest)
    const last = heard[mine.findLast((at) => at !== -1) ?? -1]
    if (last !== undefined) earliest = Math.max(earliest, last.at + last.length)
    return start
  })
  return {
    starts: new Map(turns.flatMap(({ id }, nth) => (starts[nth] == null ? [] : [[id, starts[nth]] as const]))),
    unmatched: turns.filter((_, nth) => starts[nth] === null && (wordsOfTurns[nth]?.length ?? 0) > 0).map(({ id }) => id),
  }
}

type HeardWord = { readonly word: string; readonly at: number; readonly length: number }

/** Each word with its moment: within a passage, time goes as the letters do. What stands in brackets is not speech. */
const timedWords = (passages: readonly Passage[]): HeardWord[] =>
  passages.flatMap(({ start, end, text }, nth) => {
    const words = spokenWords(text.replaceAll(/\[[^\]]*\]/g, ' '))
    const next = passages[nth + 1]?.start ?? end
    // Captions of two who speak at once overlap.
    const until = next > start && (next < end || end <= start) ? next : Math.max(start, end)
    const letters = words.reduce((sum, word) => sum + word.length + 1, 0)
    let passed = 0
    return words.map((word): HeardWord => {
      const at = start + ((until - start) * passed) / letters
      passed += word.length + 1
      return { word, at, length: ((until - start) * (word.length + 1)) / letters }
    })
  })

/** Only matches that stand in a row with others; the rest may be chance. */
const solid = (matches: Matches): Matches => {
  const kept = new Int32Array(matches.length).fill(-1)
  let begun = 0
  for (let at = 0; at <= matches.length; at++) {
    const goesOn = at > begun && at < matches.length && matches[at] === (matches[at - 1] ?? -1) + 1 && matches[at - 1] !== -1
    if (goesOn) continue
    const isWhole = begun === 0 && at === matches.length
    if (matches[begun] !== -1 && (at - begun >= SOLID || isWhole)) kept.set(matches.subarray(begun, at), begun)
    begun = at
  }
  return kept
}

/** What stands before the first sure word took its time too, but began no earlier than what was said before it had ended. */
const startOf = (sure: Matches, heard: readonly HeardWord[], earliest: number): number | null => {
  const first = sure.findIndex((at) => at !== -1)
  const opening = sure.subarray(0, OPENING)
  const found = opening.filter((at) => at !== -1).length
  const word = heard[sure[first] ?? -1]
  if (word === undefined || first > LATEST_FIRST || found * 2 < opening.length) return null
  return Math.floor(Math.max(earliest, word.at - first * word.length))
}
