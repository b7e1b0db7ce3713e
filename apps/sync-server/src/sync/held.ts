import { createLevels } from './levels.ts'
import type { ClockRange, Holdings, Scan } from './scan-update.ts'

/**
 * What a room holds, by clocks alone: the state vector, which clocks are deleted, and how deep they lie. A client that comes back
 * repeats every deletion it knows; here one can tell that it said nothing new.
 */
export type Held = Holdings & {
  /** Whether the update says something that the room does not hold yet. */
  readonly isNews: (scan: Scan) => boolean
  /** Whether it carries structs that the room does not hold yet. */
  readonly hasNewStructs: (scan: Scan) => boolean
  readonly add: (scan: Scan) => void
}

export const createHeld = (): Held => {
  const stateVector = new Map<number, number>()
  const deletedByClient = new Map<number, Ranges>()
  const levels = createLevels()

  const hasNewStructs = (scan: Scan) =>
    scan.inserts.some(({ client, clock, length }) => clock + length > (stateVector.get(client) ?? 0))
  return {
    stateVector,
    levels,
    hasNewStructs,
    isNews: (scan) => hasNewStructs(scan) || scan.deletes.some((range) => !covers(deletedByClient.get(range.client), range)),
    add: ({ inserts, deletes, levels: nested }) => {
      levels.addAll(nested)
      for (const { client, clock, length } of inserts)
        if (clock + length > (stateVector.get(client) ?? 0)) stateVector.set(client, clock + length)
      for (const range of deletes) deletedByClient.set(range.client, withRange(deletedByClient.get(range.client) ?? [], range))
    },
  }
}

/** Starts and ends in turn, rising, never touching: [3, 5, 9, 10] is 3..4 and 9. */
type Ranges = number[]

/** The index of the first bound > clock; odd means that `clock` lies inside a range. */
const boundAfter = (ranges: Ranges, clock: number): number => {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle] as number) > clock) high = middle
    else low = middle + 1
  }
  return low
}

const covers = (ranges: Ranges | undefined, { clock, length }: ClockRange): boolean => {
  if (ranges === undefined) return false
  const index = boundAfter(ranges, clock)
  return index % 2 === 1 && (ranges[index] as number) >= clock + length
}

const withRange = (ranges: Ranges, range: ClockRange): Ranges => {
  if (covers(ranges, range)) return ranges
  const first = boundAfter(ranges, range.clock - 1)
  const last = boundAfter(ranges, range.clock + range.length)
  const start = first % 2 === 1 ? [] : [range.clock]
  const end = last % 2 === 1 ? [] : [range.clock + range.length]
  ranges.splice(first, last - first, ...start, ...end)
  return ranges
}
