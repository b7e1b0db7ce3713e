import type { Descent } from './descent.ts'
import type { Gifts } from './gifts.ts'
import { bornAt, type Position, type Slot } from './position.ts'
import { compareRanks, FIRST_RANK, type Rank, rankBetween } from './rank.ts'
import type { Segment } from './segment.ts'

/**
 * The order of segments, and so of the blocks that they begin. A segment stands at the newest position that was given to
 * its text. Those at one position show in text
 * order, and at the end of each stretch of text those whose slot is there, by rank.
 */
export type BlockOrder = {
  readonly positionOf: (segment: Segment) => Position
  /** As blocks, were each one a block of its own. */
  readonly compare: (a: Segment, b: Segment) => number
  /** Blocks in order, by their roots. */
  readonly sorted: <Block extends { readonly root: Segment }>(blocks: readonly Block[]) => Block[]
  /** Whether what is split off a segment stands right behind one block and before the next by itself. */
  readonly fitsBehind: (segment: Segment, before: Neighbour, after: Neighbour | null) => boolean
  /** Whether a segment stands at another's position, or at one that hangs on it. */
  readonly hangsOn: (segment: Segment, other: Segment) => boolean
  readonly isBetween: (segment: Segment, before: Neighbour, after: Neighbour | null) => boolean
  /** A slot between two blocks that show one after the other. */
  readonly slotBetween: (before: Neighbour | null, after: Neighbour | null) => Slot
  /** A slot right behind what a block ends with, before all that is put after it. */
  readonly slotAtEnd: (before: Neighbour, after: Neighbour | null) => Slot
  /** The same for what leaves a block that ends with `end` by now: nothing that is put after the block at once comes between. */
  readonly slotOfTail: (before: Neighbour, after: Neighbour | null, end: Segment | undefined) => Slot
}

/** Below all that is put into a slot at its front, thousands of times. */
const TAIL_RANK: Rank = 'Y00'

type Neighbour = { readonly root: Segment; readonly segments: readonly Segment[] }

/** The way to a position from the top: after which place in the text of the position before it hangs. */
type Step = { readonly boundary: number; readonly position: Position }

export const orderOf = (
  segments: readonly Segment[],
  placeById: ReadonlyMap<string, number>,
  endOf: Descent['endOf'],
  { newestOf, newest }: Gifts,
): BlockOrder => {
  const placeOf = ({ id }: Pick<Segment, 'id'>): number => placeById.get(id) ?? 0
  const known = new Map<string, Position>()
  const owners = new Map<Position, number>()
  for (const [place, { positions }] of segments.entries())
    for (const position of positions) {
      known.set(position.id, position)
      owners.set(position, place)
    }

  const standing = new Map<string, Position>()
  const positionOf = (segment: Segment): Position => {
    let position = standing.get(segment.id)
    if (position === undefined) {
      position = newestOf(segment, 'positions') ?? bornAt(segment.id)
      standing.set(segment.id, position)
    }
    return position
  }

  const older = (id: string | null, position: Position): Position | null => {
    const found = id === null ? undefined : known.get(id)
    return found !== undefined && found.n < position.n ? found : null
  }
  /** When what it hangs on was taken back, it hangs on where that segment stood before. */
  const parentOf = (position: Position): Position | null => {
    if (position.in === null) return null
    const segment = segments[placeById.get(position.of ?? '') ?? Number.NaN]
    return older(position.in, position) ?? (segment === undefined ? null : newestOf(segment, 'positions', position.n))
  }

  const ways = new Map<Position, readonly Step[]>()
  const wayTo = (position: Position): readonly Step[] => {
    let way = ways.get(position)
    if (way === undefined) {
      const parent = parentOf(position)
      way = parent === null ? [{ boundary: 0, position }] : [...wayTo(parent), { boundary: endOf(position.end) - 0.5, position }]
      ways.set(position, way)
    }
    return way
  }

  const compareWays = (a: readonly Step[], placeA: number, b: readonly Step[], placeB: number): number => {
    for (let nth = 0; ; nth++) {
      const [stepA, stepB] = [a[nth], b[nth]]
      if (stepA === undefined) return placeA - (stepB?.boundary ?? placeB)
      if (stepB === undefined) return stepA.boundary - placeB
      if (stepA.position === stepB.position) continue
      const order = stepA.boundary - stepB.boundary || comparePositions(stepA.position, stepB.position)
      if (order !== 0) return order
    }
  }

  /** Two that were put into one slot at once keep the order that they had; what is new comes after them. */
  const comparePositions = (a: Position, b: Position): number => {
    const byRank = compareRanks(a.rank, b.rank)
    if (byRank !== 0) return byRank
    const [fromA, fromB] = [older(a.from, a), older(b.from, b)]
    const byOrigin =
      fromA && fromB
        ? compareWays(wayTo(fromA), owners.get(a) ?? 0, wayTo(fromB), owners.get(b) ?? 0)
        : Number(fromB !== null) - Number(fromA !== null)
    return byOrigin || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  }

  const compare = (a: Segment, b: Segment): number => {
    const [positionA, positionB] = [positionOf(a), positionOf(b)]
    if (positionA === positionB) return placeOf(a) - placeOf(b)
    return compareWays(wayTo(positionA), placeOf(a), wayTo(positionB), placeOf(b)) || placeOf(a) - placeOf(b)
  }

  const liesBetween = (way: readonly Step[], place: number, before: Neighbour, after: Neighbour | null): boolean => {
    const against = ({ root }: Neighbour) => compareWays(way, place, wayTo(positionOf(root)), placeOf(root))
    return against(before) > 0 && (after === null || against(after) < 0)
  }

  /** Right behind a segment and before all that hangs there already; a tail also before all that is put there meanwhile. */
  const slotBehind = (segment: Segment, isTail = false): Slot => {
    const position = positionOf(segment)
    const end = segments[placeOf(segment) + 1]?.id ?? ''
    let first: Rank | null = null
    for (const other of known.values())
      if (other.in !== null && parentOf(other) === position && endOf(other.end) === endOf(end))
        if (first === null || compareRanks(other.rank, first) < 0) first = other.rank
    const isLow = first !== null && compareRanks(first, TAIL_RANK) <= 0
    return { rank: isTail && !isLow ? TAIL_RANK : rankBetween(null, first), in: position.id, of: segment.id, end }
  }

  const topRankOf = ({ root }: Neighbour): Rank => wayTo(positionOf(root))[0]?.position.rank ?? FIRST_RANK

  const slotInside = (before: Neighbour, after: Neighbour | null, end: Segment | undefined, isTail: boolean): Slot | null => {
    const last = end === undefined ? -1 : before.segments.indexOf(end)
    for (const segment of before.segments.slice(0, last + 1).reverse()) {
      const slot = slotBehind(segment, isTail)
      const position: Position = { ...slot, id: '', n: newest + 1, upTo: '', keeps: null, from: null }
      const way = [...wayTo(positionOf(segment)), { boundary: endOf(slot.end) - 0.5, position }]
      if (liesBetween(way, 0, before, after)) return slot
    }
    return null
  }

  const slotAtEnd = (before: Neighbour, after: Neighbour | null): Slot =>
    slotInside(before, after, before.segments.at(-1), false) ?? slotBehind(before.root)

  const slotBetween = (before: Neighbour | null, after: Neighbour | null): Slot => {
    const [low, high] = [before && topRankOf(before), after && topRankOf(after)]
    return before === null || low === null || high === null || low < high
      ? { rank: rankBetween(low, high), in: null, of: null, end: '' }
      : slotAtEnd(before, after)
  }

  return {
    positionOf,
    compare,

    sorted: (blocks) =>
      blocks
        .map((block) => ({ block, way: wayTo(positionOf(block.root)), place: placeOf(block.root) }))
        .sort((a, b) => compareWays(a.way, a.place, b.way, b.place) || a.place - b.place)
        .map(({ block }) => block),

    fitsBehind: (segment, before, after) =>
      // Behind all that the segment holds, before the marker that follows.
      liesBetween(wayTo(positionOf(segment)), placeOf(segment) + 0.25, before, after),

    hangsOn: (segment, other) => wayTo(positionOf(segment)).some(({ position }) => position === positionOf(other)),

    isBetween: (segment, before, after) => liesBetween(wayTo(positionOf(segment)), placeOf(segment), before, after),

    slotBetween,
    slotAtEnd,
    slotOfTail: (before, after, end) => slotInside(before, after, end, true) ?? slotBetween(before, after),
  }
}
