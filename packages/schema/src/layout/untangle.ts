import type * as Y from 'yjs'
import { goingOnBetween, groupsOf, sameSplitBefore } from './one-split.ts'
import { markerIn, type Run, type Segment, type Stretch } from './segment.ts'

/**
 * Two people split at one point at once. One types _w_ at the front of the second half, the other _x_ at the end of the first.
 * Yjs lays what each has put there together, by client id, so that half of the time the text reads, with a bar for each marker,
 *
 *     first half | w x | second half
 *
 * and no one place of it parts the halves. So a segment is read without the end that goes on from before the split, and the
 * segment before the split with it. Nothing is written for that: what was typed behind what stands in the items of Yjs, the
 * same on every replica.
 */
export type Untangled = {
  /** In text order, each with the text that belongs to it. */
  readonly segments: readonly Segment[]
  /** Ids of those whose text, when it changes, may change what belongs to another. */
  readonly bound: ReadonlySet<string>
}

/** What is put together as it was in `before` stays the same object. */
export const untangle = (
  laid: readonly Segment[],
  placeById: ReadonlyMap<string, number>,
  before: (id: string) => Segment | undefined,
): Untangled => {
  const placeOf = ({ id }: Segment): number => placeById.get(id) ?? 0
  const bound = new Set<string>()
  const home = new Map<Segment, { readonly segment: Segment; readonly begin: Y.Item }>()
  for (const group of groupsOf(laid, (later) => sameSplitBefore(later, laid, placeById, isSplit))) {
    const previous = laid[placeOf(group[0] as Segment) - 1]
    for (const [nth, later] of group.entries()) {
      const earlier = group[nth - 1]
      if (earlier === undefined || previous === undefined) continue
      for (const { id } of laid.slice(placeOf(earlier), placeOf(later))) bound.add(id)
      const begin = goingOnBetween(earlier, later)
      const holder = begin && laid[placeOf(later) - 1 - markersBetween(begin, later)]
      if (holder) home.set(holder, { segment: home.get(previous)?.segment ?? previous, begin })
    }
  }
  if (home.size === 0) return { segments: laid, bound }

  const stretches = new Map<Segment, Stretch[]>()
  for (const segment of laid) {
    const astray = home.get(segment)
    const cut = astray ? offsetOf(segment, astray.begin) : segment.length
    stretches.set(segment, [{ of: segment, from: 0, to: cut, until: astray?.begin ?? null }])
    if (!astray) continue
    bound.add(astray.segment.id)
    stretches.get(astray.segment)?.push({ of: segment, from: cut, to: segment.length, until: null })
  }
  const segments = laid.map((segment) => {
    const parts = stretches.get(segment) ?? []
    if (parts.length === 1 && parts[0]?.until === null) return segment
    const known = before(segment.id)
    return known && areSame(known.stretches, parts) ? known : ofStretches(segment, parts)
  })
  return { segments, bound }
}

/** Also one that was taken back, so that its text reads on as it did when it is joined again. */
const isSplit = ({ fields }: Segment): boolean => fields['splitFrom'] !== undefined

const markersBetween = (from: Y.Item, { marker }: Segment): number => {
  let count = 0
  for (let item: Y.Item | null = from; item !== null && item !== marker._item; item = item.right)
    if (markerIn(item) !== null) count += 1
  return count
}

const offsetOf = ({ marker }: Segment, begin: Y.Item): number => {
  let offset = 0
  for (let item = marker._item?.right ?? null; item !== null && item !== begin; item = item.right)
    if (!item.deleted && item.countable) offset += item.length
  return offset
}

const ofStretches = (segment: Segment, stretches: readonly Stretch[]): Segment => ({
  ...segment,
  length: stretches.reduce((sum, { from, to }) => sum + to - from, 0),
  runs: stretches.flatMap(({ of, from, to }) => runsBetween(of.runs, from, to)),
  stretches,
})

const runsBetween = (runs: readonly Run[], from: number, to: number): Run[] => {
  let start = 0
  return runs.flatMap((run) => {
    const { insert } = run
    const length = typeof insert === 'string' ? insert.length : 1
    const [begin, end] = [Math.max(from - start, 0), Math.min(to - start, length)]
    start += length
    if (begin >= end) return []
    return [typeof insert === 'string' ? { ...run, insert: insert.slice(begin, end) } : run]
  })
}

const areSame = (some: readonly Stretch[] | null, others: readonly Stretch[]): boolean =>
  some?.length === others.length &&
  some.every(({ of, from, to, until }, nth) => {
    const other = others[nth]
    return of === other?.of && from === other.from && to === other.to && until === other.until
  })
