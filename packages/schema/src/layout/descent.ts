import { groupsOf, sameSplitBefore } from './one-split.ts'
import type { Segment } from './segment.ts'

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
}

export const descentOf = (segments: readonly Segment[], placeById: ReadonlyMap<string, number>): Descent => {
  const placeOf = (id: unknown): number | undefined => (typeof id === 'string' ? placeById.get(id) : undefined)

  /** Markers of one split, by each one's id; the first parts the text. */
  const twins = new Map<string, readonly Segment[]>()
  for (const group of groupsOf(segments, (later) => sameSplitBefore(later, segments, placeById, isSplit)))
    for (const { id } of group) twins.set(id, group)
  const partingAt = (id: string) => twins.get(id)?.[0]?.id ?? id
  /** Those that nothing was split off between. */
  const twinsOf = ({ id }: Segment): readonly Segment[] => {
    const group = twins.get(id) ?? []
    const own = group.findIndex((twin) => twin.id === id)
    const distance = (twin: Segment) => (placeById.get(twin.id) ?? 0) - (placeById.get(id) ?? 0)
    return group.filter((twin, nth) => nth !== own && distance(twin) === nth - own)
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
  for (const group of new Set(twins.values())) {
    const [parting, ...later] = group
    if (!parting) continue
    const joined = group.find(({ fields }) => fields['into'] !== undefined)
    const parent = joined && parents.get(joined.id)
    if (parent !== undefined) parents.set(parting.id, parent)
    for (const twin of later) parents.set(twin.id, lastPartOf(parting, placeById.get(twin.id) ?? 0).id)
  }

  return { parents, endOf, familyOf, twinsOf }
}

/** It still parts the text that it was put into; a split that was taken back does not. */
const isSplit = ({ id, fields: { into, intoUpTo, splitFrom, isApart } }: Segment): boolean =>
  splitFrom !== undefined && isApart !== true && (into === undefined || intoUpTo !== id)
