import * as Y from 'yjs'
import { newLocalId } from '../ids.ts'
import { type Marker, markerIn, type Segment } from './segment.ts'

/**
 * What was split off while a colleague acted on the whole.
 *
 * A split inserts its marker into the text of the segment that it names in `splitFrom`. Who joins onto a segment,
 * removes it or gives it a speaker notes with it, as `<key>UpTo`, the marker that followed in the text then ('' for
 * none) and a stamp of the act. A part of the same family that stands before that marker by now was not known to them:
 * it was split off meanwhile, and they meant its text too. So what was joined on follows the last part; speaker and
 * removal reach the parts as well, unless a part was given its own, or its split knew of the act (`<key>Knew`). Where a
 * whole is moved to reaches them in the same way (`block-order.ts`).
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
  /** The segment whose removal counts for a segment: itself, its twin, or the one it was split off from meanwhile. */
  readonly removerOf: (segment: Segment) => Segment
}

/** The marker up to which an act knew the text, and the act's own stamp. */
export const stampedUpTo = (next: string): string => `${next}.${newLocalId()}`

export const descentOf = (segments: readonly Segment[], placeById: ReadonlyMap<string, number>): Descent => {
  const placeOf = (id: unknown): number | undefined => (typeof id === 'string' ? placeById.get(id) : undefined)

  /** Where the text ended that an act knew of; nothing is split off before a marker that is not there. */
  const endOf = (upTo: unknown): number => {
    const [next] = typeof upTo === 'string' ? upTo.split('.') : [undefined]
    return next === '' ? segments.length : (placeOf(next) ?? -1)
  }

  /** The part or the whole, nearest first, whose removal was meant for this text too. */
  const removerOf = (segment: Segment): Segment => {
    const knew = segment.fields['removedKnew']
    const place = placeById.get(segment.id) ?? 0
    let part = segment
    let at = place
    while (part.fields['removedUpTo'] === undefined) {
      const from = placeOf(part.fields['splitFrom'])
      const whole = from === undefined || from >= at ? undefined : segments[from]
      if (from === undefined || whole === undefined) return segment
      for (let nth = at - 1; nth >= from; nth--) {
        const near = segments[nth]
        const given = near?.fields['removedUpTo']
        if (near === undefined || given === undefined || (near !== whole && !comesFrom(near, from))) continue
        if (given === knew) return segment
        if (place < endOf(given)) return near
      }
      part = whole
      at = from
    }
    return segment
  }

  const comesFrom = (part: Segment, ancestor: number): boolean => {
    let at = placeById.get(part.id) ?? 0
    for (
      let from = placeOf(part.fields['splitFrom']);
      from !== undefined && from < at;
      from = placeOf(segments[from]?.fields['splitFrom'])
    ) {
      if (from === ancestor) return true
      at = from
    }
    return false
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

  const twinsByBirth = Map.groupBy(segments.filter(isSplit), ({ marker }) => pointOfBirth(marker))
  const twins = new Map<string, readonly Segment[]>()
  for (const group of twinsByBirth.values()) if (group.length > 1) for (const { id } of group) twins.set(id, group)
  const twinsOf = (segment: Segment): readonly Segment[] => twins.get(segment.id)?.filter(({ id }) => id !== segment.id) ?? []

  const lastPartOf = (whole: Segment, upTo: unknown): Segment => {
    const end = endOf(upTo)
    const family = new Set([whole.id, ...twinsOf(whole).map(({ id }) => id)])
    let last = whole
    for (let nth = (placeById.get(whole.id) ?? end) + 1; nth < end; nth++) {
      const part = segments[nth]
      if (part === undefined || !(family.has(part.id) || family.has(String(part.fields['splitFrom'])))) continue
      family.add(part.id)
      last = part
    }
    return last
  }

  const parents = new Map<string, string>()
  for (const child of segments) {
    const target = segments[placeOf(child.fields['into']) ?? Number.NaN]
    if (target !== undefined && target !== child) parents.set(child.id, lastPartOf(target, child.fields['intoUpTo']).id)
  }
  for (const [first, ...later] of twinsByBirth.values()) {
    let parting = first
    for (const twin of later) {
      const before = segments[(placeById.get(twin.id) ?? 0) - 1]
      // What was typed at the end of the first half, by who did not know of the marker that it now stands behind.
      if (before === parting && parting !== undefined && beginsWithOlder(parting.marker)) {
        const head = segments[placeOf(parting.fields['splitFrom']) ?? Number.NaN]
        if (head !== undefined) parents.set(parting.id, lastPartOf(head, parting.id).id)
        parting = twin
      } else if (parting !== undefined) parents.set(twin.id, parting.id)
    }
  }

  const sayerOf = (segment: Segment): Segment => {
    if (segment.fields['splitFrom'] === undefined) return segment
    const isOwn = (each: Segment) => each.fields['removedUpTo'] !== undefined
    return (!isOwn(segment) && twinsOf(segment).find(isOwn)) || removerOf(segment)
  }

  // Who removed the whole meant this part too: it lies with the rest of what they removed.
  for (const part of segments) {
    if (part.fields['splitFrom'] === undefined || parents.has(part.id)) continue
    const remover = sayerOf(part)
    if (remover !== part && remover.fields['removed'] !== undefined && parents.get(remover.id) !== part.id)
      parents.set(part.id, remover.id)
  }
  return { parents, endOf, familyOf, twinsOf, removerOf: sayerOf }
}

const isSplit = ({ fields: { into, splitFrom, isApart } }: Segment): boolean =>
  splitFrom !== undefined && into === undefined && isApart !== true

/** Whether the text behind a marker was not put there, but came to stand there because it goes on from what is before it. */
const beginsWithOlder = ({ _item }: Marker): boolean => {
  const first = _item?.right ?? null
  return first !== null && markerIn(first) === null && !Y.compareIDs(first.origin, _item?.lastId ?? null)
}

/** Between which two characters a marker was put, as Yjs keeps it. */
const pointOfBirth = ({ _item }: Marker): string => {
  const named = (id: Y.ID | null | undefined) => (id ? `${id.client}:${id.clock}` : '-')
  return `${named(_item?.origin)} ${named(_item?.rightOrigin)}`
}
