import { longestRising } from './longest-rising.ts'

/** What the timeline needs of a turn or a chapter. */
export type TimedBlock = {
  readonly id: string
  readonly kind: 'turn' | 'chapter'
  readonly speaker: string | null
  /** The recorded start, in whole seconds. */
  readonly start: number | null
  /** Spoken characters; a chapter's title is not spoken. */
  readonly characters: number
  readonly words: number
}

export type Timing = {
  /** Whole seconds from the start of the recording. */
  readonly start: number
  readonly recorded: boolean
  /** It has a recorded start that does not fit between the others, and is not followed. */
  readonly misplaced: boolean
  /** Seconds it takes; of a chapter, until the next one. */
  readonly length: number
}

/** A start for every turn and chapter, by block id, in the order of the body. Starts never fall. */
export type Timeline = ReadonlyMap<string, Timing>

/** Between two recorded starts speech is taken to be at most so much slower than its speakers' pace; what is left is silence. */
const MOST_STRETCHED = 1.5

/**
 * A start for every turn and chapter.
 *
 * - A recorded start is kept. Where recorded starts contradict each other (a turn was moved), the fewest give way.
 * - After the last recorded start, a turn begins when those before it are said at their speakers' pace.
 * - Between two recorded starts the words took the time they took: estimates are scaled to fit in proportion, so a split
 *   in a recorded turn comes out where it was said, and words added since push nothing past a recorded start. Only a gap
 *   too wide for speech (music, a pause) is not filled: its silence stands before the next recorded start.
 * - A chapter without a start of its own takes that of the turn after it, and one with a start lends it to a turn
 *   without.
 */
export const layTimeline = (blocks: readonly TimedBlock[], paceOf: (speaker: string | null) => number): Timeline => {
  const kept = longestRising(blocks.map(({ start }) => start))
  const spans = spansOfTurns(blocks, kept, paceOf)
  const latest = latestStarts(kept)

  const timings = new Map<string, Timing>()
  const end = spans.at(-1)?.end ?? 0
  let turn = 0
  let earliest = 0
  for (const [index, { id, kind, start }] of blocks.entries()) {
    const span = spans[turn] ?? { start: end, end }
    const recorded = kept[index] ?? null
    earliest = recorded ?? Math.max(earliest, Math.min(wholeSecond(span.start), latest[index] ?? Number.POSITIVE_INFINITY))
    const length = kind === 'turn' ? span.end - span.start : 0
    timings.set(id, { start: earliest, recorded: recorded !== null, misplaced: start !== null && recorded === null, length })
    if (kind === 'turn') turn += 1
  }
  measureChapters(timings, blocks, end)
  return timings
}

/** The recorded starts around a block: it may be recorded from one to the other. `to` is null where nothing follows. */
export const roomFor = (timeline: Timeline, id: string): { readonly from: number; readonly to: number | null } => {
  let from = 0
  let passed = false
  for (const [other, { start, recorded }] of timeline) {
    if (other === id) passed = true
    else if (recorded && passed) return { from, to: start }
    else if (recorded) from = start
  }
  return { from, to: null }
}

/** For each place, the start that nothing before it may pass. */
const latestStarts = (kept: readonly (number | null)[]): number[] => {
  const latest: number[] = []
  let bound = Number.POSITIVE_INFINITY
  for (const [index, start] of [...kept.entries()].reverse()) {
    bound = start ?? bound
    latest[index] = bound
  }
  return latest
}

type Span = { readonly start: number; readonly end: number }

/** When each turn begins and ends: from start to start that stands, by how long its words take at their speaker's pace. */
const spansOfTurns = (
  blocks: readonly TimedBlock[],
  kept: readonly (number | null)[],
  paceOf: (speaker: string | null) => number,
): Span[] => {
  const spans: Span[] = []
  let from = 0
  let lent: number | null = null
  let waiting: number[] = []
  const settle = (to: number | null) => {
    const scale = scaleOf(sum(waiting), from, to)
    let at = from
    for (const seconds of waiting) {
      spans.push({ start: at, end: at + seconds * scale })
      at += seconds * scale
    }
    waiting = []
    from = to ?? at
  }
  for (const [index, { kind, speaker, characters }] of blocks.entries()) {
    const start = kept[index] ?? null
    if (kind === 'chapter') {
      lent = start ?? lent
      continue
    }
    const anchor = start ?? lent
    if (anchor !== null) settle(anchor)
    waiting.push(characters / paceOf(speaker))
    lent = null
  }
  settle(null)
  return spans
}

const scaleOf = (said: number, from: number, to: number | null): number =>
  to === null || said === 0 ? 1 : Math.min(MOST_STRETCHED, (to - from) / said)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)

/** A clock shows the second that has begun; what a sum of fractions lacks of a whole one is not counted. */
const wholeSecond = (seconds: number): number => Math.floor(seconds + 1e-6)

const measureChapters = (timings: Map<string, Timing>, blocks: readonly TimedBlock[], end: number): void => {
  let until = end
  for (const { id, kind } of blocks.toReversed()) {
    const timing = timings.get(id)
    if (kind !== 'chapter' || timing === undefined) continue
    timings.set(id, { ...timing, length: Math.max(0, until - timing.start) })
    until = timing.start
  }
}
