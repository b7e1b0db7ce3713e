import { longestRising } from '@stet/schema/longest-rising'

/** Of each word of one text, which word of another it is; -1 where it is none. Rising. */
export type Matches = Int32Array

/** Stretches up to this size (words times words) are compared word by word. */
const SMALL = 40_000
/** Runs of so many words are looked for first; what comes once in both texts is the same place. */
const LONGEST_RUN = 4
/** Texts that have next to nothing in common are given up. */
const DEEPEST = 30

/**
 * Which words two transcripts of one recording share, however either was edited. Runs of words that come once in both are held to be the
 * same, as many as stand in one order, and between them the same is done again, so the work grows with the length and not with its square.
 */
export const matchWords = (a: readonly string[], b: readonly string[]): Matches => {
  const matches = new Int32Array(a.length).fill(-1)

  const within = (a0: number, a1: number, b0: number, b1: number, depth: number): void => {
    let [aFrom, aTo, bFrom, bTo] = [a0, a1, b0, b1]
    while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) matches[aFrom++] = bFrom++
    while (aFrom < aTo && bFrom < bTo && a[aTo - 1] === b[bTo - 1]) matches[--aTo] = --bTo
    if (aFrom === aTo || bFrom === bTo) return
    if ((aTo - aFrom) * (bTo - bFrom) <= SMALL) compareAll(a, b, { aFrom, aTo, bFrom, bTo }, matches)
    else if (depth < DEEPEST) betweenAnchors({ aFrom, aTo, bFrom, bTo }, depth)
  }

  const betweenAnchors = (range: Range, depth: number) => {
    for (let length = LONGEST_RUN; length > 0; length--) {
      const anchors = commonRuns(a, b, range, length)
      if (anchors.length === 0) continue
      let [aFrom, bFrom] = [range.aFrom, range.bFrom]
      for (const [inA, inB] of anchors) {
        // The runs of neighbouring anchors overlap.
        if (inA < aFrom || inB < bFrom) continue
        within(aFrom, inA, bFrom, inB, depth + 1)
        for (let nth = 0; nth < length; nth++) matches[inA + nth] = inB + nth
        ;[aFrom, bFrom] = [inA + length, inB + length]
      }
      return within(aFrom, range.aTo, bFrom, range.bTo, depth + 1)
    }
  }

  within(0, a.length, 0, b.length, 0)
  return matches
}

type Range = { readonly aFrom: number; readonly aTo: number; readonly bFrom: number; readonly bTo: number }

/** Runs of so many words that come once in each of two stretches: as many of them as stand in one order in both. */
const commonRuns = (a: readonly string[], b: readonly string[], range: Range, length: number): [number, number][] => {
  const inA = onceIn(a, range.aFrom, range.aTo, length)
  const inB = onceIn(b, range.bFrom, range.bTo, length)
  const pairs = [...inA].flatMap(([run, at]): [number, number][] => {
    const other = inB.get(run)
    return other === undefined || other < 0 || at < 0 ? [] : [[at, other]]
  })
  const kept = longestRising(pairs.map(([, at]) => at))
  return pairs.filter((_, nth) => kept[nth] !== null)
}

/** Where each run stands, in their order; -1: it comes more than once. */
const onceIn = (words: readonly string[], from: number, to: number, length: number): Map<string, number> => {
  const places = new Map<string, number>()
  for (let at = from; at + length <= to; at++) {
    const run = words.slice(at, at + length).join(' ')
    places.set(run, places.has(run) ? -1 : at)
  }
  return places
}

/** The longest common subsequence of two small stretches. */
const compareAll = (a: readonly string[], b: readonly string[], { aFrom, aTo, bFrom, bTo }: Range, matches: Matches): void => {
  const width = bTo - bFrom + 1
  const lengths = new Uint16Array((aTo - aFrom + 1) * width)
  const at = (inA: number, inB: number) => (inA - aFrom) * width + inB - bFrom
  const lengthAt = (inA: number, inB: number) => lengths[at(inA, inB)] ?? 0
  for (let inA = aTo - 1; inA >= aFrom; inA--)
    for (let inB = bTo - 1; inB >= bFrom; inB--)
      lengths[at(inA, inB)] =
        a[inA] === b[inB] ? lengthAt(inA + 1, inB + 1) + 1 : Math.max(lengthAt(inA + 1, inB), lengthAt(inA, inB + 1))
  for (let [inA, inB] = [aFrom, bFrom]; inA < aTo && inB < bTo; )
    if (a[inA] === b[inB]) matches[inA++] = inB++
    else if (lengthAt(inA + 1, inB) >= lengthAt(inA, inB + 1)) inA++
    else inB++
}
