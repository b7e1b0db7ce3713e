import type * as Y from 'yjs'
import { markerIn, type Segment } from './segment.ts'

/**
 * Which markers are one split: those of people who split at one point, each not knowing of the other. Where text was typed
 * there at once they need not be neighbours: it is enough that one of the two knew of nothing between them.
 */

/** The first marker that is one split with a later one; only markers that count are looked at. */
export const sameSplitBefore = (
  later: Segment,
  segments: readonly Segment[],
  placeById: ReadonlyMap<string, number>,
  counts: (segment: Segment) => boolean,
): Segment | null => {
  const placeOf = (id: unknown): number | undefined => (typeof id === 'string' ? placeById.get(id) : undefined)
  const [from, place] = [placeOf(later.fields['splitFrom']), placeById.get(later.id) ?? 0]
  if (from === undefined || !counts(later)) return null
  /** It was split off what begins between the two, and is none of theirs. */
  const beginsBehind = (segment: Segment, start: number): boolean => {
    let at = placeById.get(segment.id) ?? 0
    while (at > start) {
      const whole = placeOf(segments[at]?.fields['splitFrom'])
      // A whole that stands behind its part is none.
      if (whole === undefined || whole >= at) return true
      at = whole
    }
    return false
  }
  let first: Segment | null = null
  for (let at = place - 1; at > from; at--) {
    const earlier = segments[at]
    if (earlier === undefined || !counts(earlier) || beginsBehind(earlier, from)) continue
    const followed = placeOf(earlier.fields['splitUpTo']) ?? segments.length
    // Who put it knew of the later one, or of one in between: it was split off what may be one with that.
    if (followed <= place) at = (placeOf(earlier.fields['splitFrom']) ?? 0) + 1
    else if (isOneSplit(earlier, later)) first = earlier
  }
  return first
}

/** The groups that these pairs make, each in text order. */
export const groupsOf = (segments: readonly Segment[], sameBefore: (later: Segment) => Segment | null): Segment[][] => {
  const groups = new Map<string, Segment[]>()
  for (const segment of segments) {
    const earlier = sameBefore(segment)
    if (earlier === null) continue
    const group = groups.get(earlier.id) ?? [earlier]
    group.push(segment)
    groups.set(earlier.id, group)
    groups.set(segment.id, group)
  }
  return [...new Set(groups.values())]
}

const isOneSplit = (earlier: Segment, later: Segment): boolean =>
  !standsBetween(earlier.marker._item?.rightOrigin, earlier, later) || !standsBetween(later.marker._item?.origin, earlier, later)

/** Whether an item stands between two markers; the earlier one counts as between. */
const standsBetween = (id: Y.ID | null | undefined, earlier: Segment, later: Segment): boolean => {
  const end = later.marker._item
  for (let item = earlier.marker._item; id && item !== null && item !== end; item = item.right) if (holds(item, id)) return true
  return false
}

const holds = ({ id, length }: Y.Item, { client, clock }: Y.ID): boolean =>
  id.client === client && id.clock <= clock && clock < id.clock + length

/**
 * Between two markers of one split: the first item that goes on from before both. What stands before it was typed behind
 * the earlier marker, or stood there when that was put; Yjs keeps such text together, right behind the marker. Where who put
 * the earlier one knew of something behind it, only what was typed in front of the later one goes on.
 */
export const goingOnBetween = (earlier: Segment, later: Segment): Y.Item | null => {
  const [begin, end] = [earlier.marker._item, later.marker._item]
  if (!begin || !end) return null
  const between: Y.Item[] = []
  for (let item = begin.right; item !== null && item !== end; item = item.right) between.push(item)
  const isIn = (items: readonly Y.Item[], id: Y.ID | null) =>
    id !== null && items.findLast((each) => holds(each, id)) !== undefined

  const behind = [begin]
  let known = begin.rightOrigin
  let after = 0
  for (const [nth, item] of between.entries()) {
    const isKnown = known !== null && holds(item, known)
    if (isKnown) known = item.rightOrigin
    if (!isKnown && !isIn(behind, item.origin)) continue
    behind.push(item)
    after = nth + 1
  }
  const rest = between.slice(after)
  if (!isIn(between, begin.rightOrigin)) return textIn(rest[0])
  const inFront = [end]
  for (const item of rest.toReversed()) if (isIn(inFront, item.rightOrigin)) inFront.push(item)
  return textIn(rest.find((item) => inFront.includes(item)))
}

const textIn = (item: Y.Item | undefined): Y.Item | null => (item === undefined || markerIn(item) !== null ? null : item)
