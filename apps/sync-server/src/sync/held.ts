import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { createLevels, type Levels } from './levels.ts'
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
  /** How many clocks it brings, and how many it deletes, that the room did not know of. */
  readonly lengthOfNews: (scan: Scan) => { readonly written: number; readonly erased: number }
  readonly add: (scan: Scan) => void
  /** For `createHeld`, so that a checkpoint need not be scanned when its room is opened. */
  readonly encode: () => Uint8Array
}

/** `begun`: what `encode` gave. Only the state vector is read at once; the rest waits for the first content. */
export const createHeld = (begun: Uint8Array = NOTHING): Held => {
  const decoder = decoding.createDecoder(begun)
  const stateVector = new Map<number, number>()
  for (let left = decoding.readVarUint(decoder); left > 0; left--)
    stateVector.set(decoding.readVarUint(decoder), decoding.readVarUint(decoder))
  let rest: Rest | null = null
  const restOf = (): Rest => (rest ??= readRest(decoder))

  const hasNewStructs = (scan: Scan) =>
    scan.inserts.some(({ client, clock, length }) => clock + length > (stateVector.get(client) ?? 0))
  return {
    stateVector,
    get levels() {
      return restOf().levels
    },
    hasNewStructs,
    isNews: (scan) =>
      hasNewStructs(scan) || scan.deletes.some((range) => !covers(restOf().deletedByClient.get(range.client), range)),
    lengthOfNews: ({ inserts, deletes }) => ({
      written: inserts.reduce((sum, { client, clock, length }) => {
        const known = stateVector.get(client) ?? 0
        return sum + Math.max(0, clock + length - Math.max(clock, known))
      }, 0),
      erased: deletes.reduce(
        (sum, range) => sum + range.length - coveredOf(restOf().deletedByClient.get(range.client) ?? [], range),
        0,
      ),
    }),
    add: ({ inserts, deletes, levels: nested }) => {
      const { levels, deletedByClient } = restOf()
      levels.addAll(nested)
      for (const { client, clock, length } of inserts)
        if (clock + length > (stateVector.get(client) ?? 0)) stateVector.set(client, clock + length)
      for (const range of deletes) deletedByClient.set(range.client, withRange(deletedByClient.get(range.client) ?? [], range))
    },
    encode: () => {
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, stateVector.size)
      for (const [client, clock] of stateVector) {
        encoding.writeVarUint(encoder, client)
        encoding.writeVarUint(encoder, clock)
      }
      writeRest(encoder, restOf())
      return encoding.toUint8Array(encoder)
    },
  }
}

/** No clients, no deletions, no levels. */
const NOTHING = Uint8Array.of(0, 0, 0)

type Rest = { readonly deletedByClient: Map<number, Ranges>; readonly levels: Levels }

/** Bounds are written as distances from the one before. */
const writeRest = (encoder: encoding.Encoder, { deletedByClient, levels }: Rest): void => {
  encoding.writeVarUint(encoder, deletedByClient.size)
  for (const [client, ranges] of deletedByClient) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, ranges.length)
    let before = 0
    for (const bound of ranges) {
      encoding.writeVarUint(encoder, bound - before)
      before = bound
    }
  }
  encoding.writeVarUint(encoder, levels.ranges.size)
  for (const [client, ranges] of levels.ranges) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, ranges.length / 3)
    let before = 0
    for (let at = 0; at < ranges.length; at += 3) {
      const [start, end, level] = ranges.slice(at, at + 3) as [number, number, number]
      encoding.writeVarUint(encoder, start - before)
      encoding.writeVarUint(encoder, end - start)
      encoding.writeVarUint(encoder, level)
      before = end
    }
  }
}

const readRest = (decoder: decoding.Decoder): Rest => {
  const deletedByClient = new Map<number, Ranges>()
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const client = decoding.readVarUint(decoder)
    const ranges: Ranges = []
    let bound = 0
    for (let bounds = decoding.readVarUint(decoder); bounds > 0; bounds--) {
      bound += decoding.readVarUint(decoder)
      ranges.push(bound)
    }
    deletedByClient.set(client, ranges)
  }
  const levels = createLevels()
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const client = decoding.readVarUint(decoder)
    let end = 0
    for (let ranges = decoding.readVarUint(decoder); ranges > 0; ranges--) {
      const start = end + decoding.readVarUint(decoder)
      const length = decoding.readVarUint(decoder)
      levels.note(client, start, length, decoding.readVarUint(decoder))
      end = start + length
    }
  }
  return { deletedByClient, levels }
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

/** How much of a range is covered. */
const coveredOf = (ranges: Ranges, { clock, length }: ClockRange): number => {
  let covered = 0
  // From the range that reaches past `clock`, or begins after it.
  for (let at = boundAfter(ranges, clock) & ~1; at < ranges.length && (ranges[at] as number) < clock + length; at += 2)
    covered += Math.min(ranges[at + 1] as number, clock + length) - Math.max(ranges[at] as number, clock)
  return covered
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
