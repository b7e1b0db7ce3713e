import * as Y from 'yjs'
import { type Marker, markerIn, type Segment } from './segment.ts'

/**
 * What was split off while a colleague acted on the whole.
 *
 * A split inserts its marker into the text of the segment that it names in `splitFrom`. Who joins onto a segment notes
 * with it, as `intoUpTo`, the marker that followed in the text then ('' for none). A part of the same family that stands
 * before that marker by now was not known to them: it was split off meanwhile, and they meant its text too. So what was
 * joined on follows the last part. What is given to a whole reaches its parts in the same way (`given.ts`).
 *
 * Two who split at one point at once meant one split: the later marker continues the first, and what was given to
 * either is given to both.
 */
export type Descent = {
  /** The segment that each one follows in its block, by id; cycles not yet broken. */
  readonly parents: ReadonlyMap<string, string>
  /** Where the text ended that an act knew of, as a place in text order. */
  readonly endOf: (upTo: unknown) => number
  /** All that was one text once, in text order. */
  readonly familyOf: (segment: Segment) => readonly Segment[]
  readonly twinsOf: (segment: Segment) => readonly Segment[]
  /** Its marker is one of several that are one split: where that parts the text depends on the text. */
  readonly isOneOfSeveral: (segment: Segment) => boolean
}

export const descentOf = (segments: readonly Segment[], placeById: ReadonlyMap<string, number>): Descent => {
  const placeOf = (id: unknown): number | undefined => (typeof id === 'string' ? placeById.get(id) : undefined)

  /** The first marker that means the same split as a later one: nobody who put one of the two knew of the other. */
  const twinBefore = (later: Segment): Segment | null => {
    const from = placeOf(later.fields['splitFrom'])
    if (from === undefined || !isSplit(later)) return null
    const place = placeById.get(later.id) ?? 0
    let first: Segment | null = null
    for (const earlier of segments.slice(from + 1, place).reverse()) {
      if (!isSplit(earlier)) continue
      if ((placeOf(earlier.fields['splitUpTo']) ?? segments.length) <= place) break
      if (isOneSplit(earlier.marker, later.marker)) first = earlier
    }
    return first
  }
  const groups = new Map<string, Segment[]>()
  for (const segment of segments) {
    const earlier = twinBefore(segment)
    if (earlier === null) continue
    const group = groups.get(earlier.id) ?? [earlier]
    group.push(segment)
    groups.set(earlier.id, group)
    groups.set(segment.id, group)
  }

  /** Markers of one split, by each one's id: those behind the one that parts the text, itself first, and those before it. */
  const twins = new Map<string, Twins>()
  for (const group of new Set(groups.values())) {
    // What was typed at the end of the first half, by who did not know of a marker, may have come to stand behind it.
    const parting = group.findLastIndex((twin, nth) => {
      const earlier = group[nth - 1]
      return earlier !== undefined && goesOn(earlier.marker, twin.marker)
    })
    const at = Math.max(parting, 0)
    const all = { parting: group.slice(at), before: group.slice(0, at) }
    for (const { id } of group) twins.set(id, all)
  }
  const partingAt = (id: string) => twins.get(id)?.parting[0]?.id ?? id
  /** Those that nothing was split off between. */
  const twinsOf = ({ id }: Segment): readonly Segment[] => {
    const { parting = [] } = twins.get(id) ?? {}
    const own = parting.findIndex((twin) => twin.id === id)
    const distance = (twin: Segment) => (placeById.get(twin.id) ?? 0) - (placeById.get(id) ?? 0)
    return own < 0 ? [] : parting.filter((twin, nth) => nth !== own && distance(twin) === nth - own)
  }

  /** Where the text ended that an act knew of; nothing is split off before a marker that is not there. */
  const endOf = (upTo: unknown): number => {
    if (typeof upTo !== 'string') return -1
    return upTo === '' ? segments.length : (placeOf(partingAt(upTo)) ?? -1)
  }

  const families = new Map<string, Segment[]>()
  for (const [place, segment] of segments.entries()) {
    const from = placeOf(segment.fields['splitFrom'])
    const whole = from === undefined || from >= place ? undefined : segments[from]
    const family = (whole && families.get(whole.id)) ?? []
    family.push(segment)
    families.set(segment.id, family)
  }
  const familyOf = ({ id }: Segment): readonly Segment[] => families.get(id) ?? []

  /** What the text of a segment ends with by now, as it reached up to a place in text order. */
  const lastPartOf = (whole: Segment, end: number): Segment =>
    familyOf(whole).findLast(({ id }) => (placeById.get(id) ?? 0) < end) ?? whole

  const parents = new Map<string, string>()
  for (const child of segments) {
    const target = segments[placeOf(child.fields['into']) ?? Number.NaN]
    if (target !== undefined && target !== child) parents.set(child.id, lastPartOf(target, endOf(child.fields['intoUpTo'])).id)
  }
  for (const {
    parting: [parting, ...later],
    before,
  } of new Set(twins.values())) {
    if (!parting) continue
    const joined = [parting, ...later, ...before].find(({ fields }) => fields['into'] !== undefined)
    const parent = joined && parents.get(joined.id)
    if (parent !== undefined) parents.set(parting.id, parent)
    for (const twin of later) parents.set(twin.id, lastPartOf(parting, placeById.get(twin.id) ?? 0).id)
    for (const twin of before) {
      const head = segments[placeOf(twin.fields['splitFrom']) ?? Number.NaN]
      if (head) parents.set(twin.id, lastPartOf(head, placeById.get(twin.id) ?? 0).id)
    }
  }

  return { parents, endOf, familyOf, twinsOf, isOneOfSeveral: ({ id }) => twins.has(id) }
}

type Twins = { readonly parting: readonly Segment[]; readonly before: readonly Segment[] }

/** It still parts the text that it was put into; a split that was taken back does not. */
const isSplit = ({ id, fields: { into, intoUpTo, splitFrom, isApart } }: Segment): boolean =>
  splitFrom !== undefined && isApart !== true && (into === undefined || intoUpTo !== id)

/** Who put one of two markers knew of nothing between them: what both meant to part is parted once. */
const isOneSplit = (earlier: Marker, later: Marker): boolean =>
  !standsBetween(earlier._item?.rightOrigin, earlier, later) || !standsBetween(later._item?.origin, earlier, later)

/** Whether an item stands between two markers; the earlier one counts as between. */
const standsBetween = (id: Y.ID | null | undefined, earlier: Marker, later: Marker): boolean => {
  for (let item = earlier._item; id && item !== null && item !== later._item; item = item.right) if (holds(item, id)) return true
  return false
}

const holds = ({ id, length }: Y.Item, { client, clock }: Y.ID): boolean =>
  id.client === client && id.clock <= clock && clock < id.clock + length

/** Whether the text between two markers goes on from what is before both, and is none that was split off with the earlier. */
const goesOn = (earlier: Marker, later: Marker): boolean => {
  const first = earlier._item?.right ?? null
  return (
    first !== null &&
    markerIn(first) === null &&
    !Y.compareIDs(first.origin, earlier._item?.lastId ?? null) &&
    !standsBetween(earlier._item?.rightOrigin, earlier, later)
  )
}
