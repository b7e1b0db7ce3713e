import * as Y from 'yjs'
import { type BodyBlock, type BodyView, blockById } from './body-view.ts'
import { markerIn, markerLeftOf, type Segment, type Stretch } from './segment.ts'

/** Places in a body: offsets in a block count what shows, UTF-16 units and embeds. */
export type BlockPoint = { readonly block: string; readonly offset: number }

/** Where a block's offset lies: in which segment, how far into it. At a seam, the end of the earlier one. */
export const seamAt = (block: BodyBlock, offset: number): { segment: Segment; offset: number } | null => {
  let left = Math.max(0, offset)
  for (const segment of block.visible) {
    if (left <= segment.length) return { segment, offset: left }
    left -= segment.length
  }
  const last = block.visible.at(-1)
  return last ? { segment: last, offset: last.length } : null
}

/** A place in the text: in a segment as it lies there. Nothing that is put here may come behind `until`. */
export type Place = { readonly segment: Segment; readonly offset: number; readonly until: Y.Item | null }

/** Where an offset of a segment lies in the text. Between two stretches, the end of the earlier one. */
export const placeIn = (segment: Segment, offset: number): Place => {
  let left = offset
  for (const { of, from, to, until } of stretchesOf(segment)) {
    if (left <= to - from) return { segment: of, offset: from + left, until }
    left -= to - from
  }
  throw new Error(`there is no offset ${offset} in a segment of ${segment.length}`)
}

const stretchesOf = (segment: Segment): readonly Stretch[] =>
  segment.stretches ?? [{ of: segment, from: 0, to: segment.length, until: null }]

/** Index in the text of a place. */
export const indexAt = (view: BodyView, { segment, offset }: Omit<Place, 'until'>): number => {
  const place = view.places.segmentById.get(segment.id) ?? 0
  let index = view.strayLength + place + 1 + offset
  for (let nth = 0; nth < place; nth++) index += view.laid[nth]?.length ?? 0
  return index
}

/** Index in the text of a point in a block; null when the block does not show. Offsets past the end count as the end. */
export const indexOf = (view: BodyView, point: BlockPoint): number | null => {
  const block = blockById(view, point.block)
  const seam = block && seamAt(block, point.offset)
  return seam ? indexAt(view, placeIn(seam.segment, seam.offset)) : null
}

/** A range of a segment as it lies in the text. */
export type Span = { readonly segment: Segment; readonly offset: number; readonly length: number }

/** What a range of a block covers. */
export const spansOf = (view: BodyView, id: string, from: number, to: number): Span[] => {
  const spans: Span[] = []
  let start = 0
  for (const { of, from: first, to: last } of (blockById(view, id)?.visible ?? []).flatMap(stretchesOf)) {
    const begin = Math.max(from - start, 0)
    const end = Math.min(to - start, last - first)
    if (end > begin) spans.push({ segment: of, offset: first + begin, length: end - begin })
    start += last - first
  }
  return spans
}

/** From the back of the text to its front, so that what is done to one leaves the others where they are. */
export const fromTheBack = (view: BodyView) => {
  const placeOf = ({ segment }: Pick<Place, 'segment'>) => view.places.segmentById.get(segment.id) ?? 0
  return (one: Omit<Place, 'until'>, other: Omit<Place, 'until'>) => placeOf(other) - placeOf(one) || other.offset - one.offset
}

/**
 * A place that holds to the character (or marker) before it, through whatever anyone does. As JSON it travels in
 * presence. Found by walking the items of its own segment: Yjs's own way counts from the start of the text.
 */
export const relativePointOf = (view: BodyView, point: BlockPoint): Y.RelativePosition | null => {
  const block = blockById(view, point.block)
  const seam = block && seamAt(block, point.offset)
  if (!seam) return null
  const place = placeIn(seam.segment, seam.offset)
  const begin = place.segment.marker._item
  if (!begin) return null
  let holder = begin
  let before = place.offset
  if (before === 0) return holdingTo(holder.id)
  for (let item = begin.right; item !== null && markerIn(item) === null; item = item.right) {
    if (item.deleted || !item.countable) continue
    if (before <= item.length) return holdingTo(Y.createID(item.id.client, item.id.clock + before - 1))
    before -= item.length
    holder = item
  }
  return holdingTo(holder.lastId)
}

const holdingTo = (id: Y.ID): Y.RelativePosition => new Y.RelativePosition(null, null, id, -1)

/** Where a relative point is by now; null in text that does not show, or that is not here yet. */
export const pointOfRelative = (view: BodyView, text: Y.Text, relative: Y.RelativePosition): BlockPoint | null => {
  const held = relative.item && text.doc && itemAt(text.doc, relative.item)
  if (!held || held.item.parent !== text) return null
  const { item, within } = held
  const marker = markerLeftOf(item)
  const segment = marker && view.laid[view.places.segmentByMarker.get(marker) ?? Number.NaN]
  if (!marker || !segment) return null
  let offset = 0
  if (marker._item !== item) {
    offset = item.deleted || !item.countable ? 0 : within + 1
    for (let at = item.left; at !== null && at !== marker._item; at = at.left)
      if (!at.deleted && at.countable) offset += at.length
  }
  return pointIn(view, segment, offset)
}

/** The point of a place in the text; null when what it lies in does not show. */
const pointIn = (view: BodyView, laid: Segment, at: number): BlockPoint | null => {
  const { segment, offset } = withinSegment(view, laid, at)
  const block = view.blocks[view.places.blockBySegment.get(segment.id) ?? Number.NaN]
  if (!block?.visible.includes(segment)) return null
  let before = 0
  for (const earlier of block.visible) {
    if (earlier === segment) break
    before += earlier.length
  }
  return { block: block.id, offset: before + offset }
}

const withinSegment = (view: BodyView, laid: Segment, at: number): Omit<Place, 'until'> => {
  const own = view.segments[view.places.segmentById.get(laid.id) ?? Number.NaN] ?? laid
  if (own === laid || at <= (own.stretches?.[0]?.to ?? 0)) return { segment: own, offset: at }
  for (const segment of view.segments) {
    let offset = 0
    for (const { of, from, to } of segment.stretches ?? []) {
      if (of === laid && at > from && at <= to) return { segment, offset: offset + at - from }
      offset += to - from
    }
  }
  return { segment: own, offset: own.length }
}

/** The item that holds an id by now, and how far into it: what was deleted and came back by an undo is another item. */
const itemAt = (doc: Y.Doc, wanted: Y.ID): { item: Y.Item; within: number } | null => {
  let id: Y.ID | null = wanted
  let found: { item: Y.Item; within: number } | null = null
  while (id !== null) {
    if (!(Y.getState(doc.store, id.client) > id.clock)) return null
    const item: Y.AbstractStruct = Y.getItem(doc.store, id)
    if (!(item instanceof Y.Item)) return null
    const within: number = id.clock - item.id.clock
    found = { item, within }
    id = item.redone === null ? null : Y.createID(item.redone.client, item.redone.clock + within)
  }
  return found
}

/** What presence brings is not trusted: anything that is no relative position is none. */
export const readRelative = (value: unknown): Y.RelativePosition | null => {
  try {
    return typeof value === 'object' && value !== null ? Y.createRelativePositionFromJSON(value) : null
  } catch {
    return null
  }
}
