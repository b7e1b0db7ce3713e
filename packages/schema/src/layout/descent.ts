import type * as Y from 'yjs'
import type { Marker, Segment } from './segment.ts'

/**
 * What was split off while a colleague acted on the whole.
 *
 * A split inserts its marker into the text of the segment that it names in `splitFrom`. Who joins onto a segment, moves
 * it, removes it or gives it a speaker notes with it, as `<key>UpTo`, the marker that followed in the text then ('' for
 * none). A part of the same family that stands before that one by now was not known to them: it was split off
 * meanwhile, and they meant its text too. So what was joined on follows the last part; rank, speaker and removal reach
 * the parts as well, unless a part was given its own.
 */
export type Descent = {
  /** The segment that each one follows in its block, by id; cycles not yet broken. */
  readonly parents: ReadonlyMap<string, string>
  /** The last part of a segment before the end of the text that an act knew of. */
  readonly lastPartOf: (segment: Segment, upTo: unknown) => Segment
  /** The segment whose field counts for a segment: itself, or the one it was split off from meanwhile. */
  readonly sayerOf: (segment: Segment, key: 'rank' | 'speaker' | 'removed') => Segment
}

export const descentOf = (segments: readonly Segment[], placeById: ReadonlyMap<string, number>): Descent => {
  const placeOf = (id: unknown): number | undefined => (typeof id === 'string' ? placeById.get(id) : undefined)

  /** Where the text ended that an act knew of; nothing is split off before a marker that is not there. */
  const endOf = (upTo: unknown): number => (upTo === '' ? segments.length : (placeOf(upTo) ?? -1))

  const lastPartOf = (whole: Segment, upTo: unknown): Segment => {
    const end = endOf(upTo)
    const family = new Set([whole.id])
    let last = whole
    for (let nth = (placeById.get(whole.id) ?? end) + 1; nth < end; nth++) {
      const part = segments[nth]
      if (part === undefined || !family.has(String(part.fields['splitFrom']))) continue
      family.add(part.id)
      last = part
    }
    return last
  }

  /** The part or the whole, nearest first, whose field was given for this text too. */
  const sayerOf = (segment: Segment, key: 'rank' | 'speaker' | 'removed'): Segment => {
    const upTo = `${key}UpTo`
    const place = placeById.get(segment.id) ?? 0
    let part = segment
    let at = place
    while (part.fields[upTo] === undefined) {
      const from = placeOf(part.fields['splitFrom'])
      const whole = from === undefined || from >= at ? undefined : segments[from]
      if (from === undefined || whole === undefined) return segment
      for (let nth = at - 1; nth >= from; nth--) {
        const near = segments[nth]
        const isMeant = near !== undefined && near.fields[upTo] !== undefined && place < endOf(near.fields[upTo])
        if (isMeant && (near === whole || comesFrom(near, from))) return near
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

  const parents = new Map<string, string>()
  const firstTwins = new Map<string, Segment>()
  for (const child of segments) {
    const { into, intoUpTo, splitFrom, rankUpTo } = child.fields
    const at = placeOf(into)
    const target = at === undefined ? undefined : segments[at]
    if (target !== undefined) {
      if (target !== child) parents.set(child.id, lastPartOf(target, intoUpTo).id)
      continue
    }
    if (splitFrom === undefined) continue
    // Two who split at one point at once meant one split.
    const twinKey = rankUpTo === undefined ? `${splitFrom} ${pointOfBirth(child.marker)}` : null
    const twin = twinKey === null ? undefined : firstTwins.get(twinKey)
    if (twin !== undefined) parents.set(child.id, twin.id)
    else if (twinKey !== null) firstTwins.set(twinKey, child)
    // Who removed the whole meant this part too: it lies with the rest of what they removed.
    const remover = sayerOf(child, 'removed')
    if (twin === undefined && remover !== child && remover.removal !== null) parents.set(child.id, remover.id)
  }
  return { parents, lastPartOf, sayerOf }
}

/** Between which two characters a marker was put, as Yjs keeps it. */
const pointOfBirth = ({ _item }: Marker): string => {
  const named = (id: Y.ID | null | undefined) => (id ? `${id.client}:${id.clock}` : '-')
  return `${named(_item?.origin)} ${named(_item?.rightOrigin)}`
}
