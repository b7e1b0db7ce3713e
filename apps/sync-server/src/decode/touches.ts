import { POSITION_KEY } from '@stet/schema/layout/position'
import { REMOVAL_KEY } from '@stet/schema/layout/removal'
import type { Attributes } from '@stet/schema/layout/segment'
import { VOICE_KEY } from '@stet/schema/layout/voice'
import * as Y from 'yjs'
import type { Authors, Authorship, Fate } from './authorship.ts'

/** What was done to one segment, and by whom. */
export type SegmentTouch = {
  /** Its text as it stands and as it stood; its birth, which is also a touch of the one that it was split off. */
  readonly text: Set<number>
  /** Kind, start, level. */
  readonly fields: Set<number>
  readonly joins: Set<number>
  readonly positions: Set<number>
  readonly voices: Set<number>
  readonly removals: Set<number>
  /** Formats that were changed before it and reach into it. */
  readonly opening: Map<string, Authors>
}

/** Whose work the changes are, by what they lie in. */
export type Touches = {
  /** Of the marker of a segment, named by `markerKey`. */
  readonly segment: (marker: string) => SegmentTouch | undefined
  /** Of a root of prose, `meta.<key>`, or `speakers`. */
  readonly field: (name: string) => Authors
  readonly source: (id: string) => Authors
  readonly speaker: (id: string) => Authors
}

/** Names a marker in every replica. */
export const markerKey = ({ _item }: { readonly _item: Y.Item | null }): string =>
  _item ? `${_item.id.client}:${_item.id.clock}` : ''

export const touchesIn = (doc: Y.Doc, authorship: Authorship): Touches => {
  const fates = authorship.fates()
  const fields = new Map<string, Set<number>>()
  const sources = new Map<string, Set<number>>()
  const speakers = new Map<string, Set<number>>()
  const segments = new Map<string, SegmentTouch>()
  const touchOf = (marker: Y.AbstractType<unknown>): SegmentTouch => {
    const key = markerKey(marker)
    const touch = segments.get(key) ?? newTouch()
    segments.set(key, touch)
    return touch
  }

  let isBodyTouched = false
  for (const [item, { authors }] of fates) {
    const { root, top } = placeOf(item)
    const key = top.parentSub ?? ''
    if (root === 'body') {
      if (top === item) isBodyTouched = true
      else addAll(partOf(touchOf((top.content as Y.ContentType).type), item), authors)
    } else if (root === 'meta') add(fields, `meta.${key}`, authors)
    else {
      add(fields, root, authors)
      if (root === 'sources') add(sources, key, authors)
      else if (root === 'speakers') add(speakers, key, authors)
    }
  }
  if (isBodyTouched) touchText(doc.getText('body'), fates, authorship, touchOf)

  return {
    segment: (marker) => segments.get(marker),
    field: (name) => fields.get(name) ?? NOBODY,
    source: (id) => sources.get(id) ?? NOBODY,
    speaker: (id) => speakers.get(id) ?? NOBODY,
  }
}

/** Walks once over the text: what was inserted lies in the segment that it stands in by now, what was deleted in the one it stood in. */
const touchText = (
  text: Y.Text,
  fates: ReadonlyMap<Y.Item, Fate>,
  authorship: Authorship,
  touchOf: (marker: Y.AbstractType<unknown>) => SegmentTouch,
): void => {
  let then: Y.AbstractType<unknown> | null = null
  let now: Y.AbstractType<unknown> | null = null
  /** Of each format that is in force here by what was changed before. */
  const inForce = new Map<string, Set<number>>()
  for (let item = text._start; item !== null; item = item.right) {
    const { content } = item
    const fate = fates.get(item)
    const marker = content instanceof Y.ContentType ? content.type : null
    if (content instanceof Y.ContentFormat) carry(inForce, content.key, item, fate)
    if (marker === null) {
      const holder = fate?.isDeleted ? then : now
      if (fate && holder) addAll(touchOf(holder).text, fate.authors)
      continue
    }
    if (fate) {
      const { text, joins } = touchOf(marker)
      addAll(fate.isDeleted ? joins : text, fate.authors)
      // It took the text behind it from the segment that this was of, or gave it back.
      const neighbour = fate.isDeleted ? now : isSplit(marker) ? then : null
      if (neighbour) addAll(touchOf(neighbour).text, fate.authors)
    }
    if (authorship.stoodThen(item)) then = marker
    if (!item.deleted) now = marker
    if (inForce.size > 0) {
      const { opening } = touchOf(marker)
      for (const [key, authors] of inForce) opening.set(key, new Set(authors))
    }
  }
}

const carry = (inForce: Map<string, Set<number>>, key: string, item: Y.Item, fate: Fate | undefined): void => {
  if (fate?.isDeleted) add(inForce, key, fate.authors)
  else if (fate) inForce.set(key, new Set(fate.authors))
  else if (!item.deleted) inForce.delete(key)
}

const isSplit = (marker: Y.AbstractType<unknown>): boolean => marker instanceof Y.Map && marker.get('splitFrom') !== undefined

/** The attributes that two ends of a history open a segment with: whose the differences are. */
export const openedBy = ({ opening }: SegmentTouch, then: Attributes, now: Attributes): Authors => {
  const authors = new Set<number>()
  for (const [key, by] of opening) if (then[key] !== now[key]) addAll(authors, by)
  return authors
}

/** The root that an item lies in, and what it lies in directly below it (itself, maybe). */
const placeOf = (item: Y.Item): { readonly root: string; readonly top: Y.Item } => {
  let top = item
  for (;;) {
    const parent = top.parent as Y.AbstractType<unknown>
    if (parent._item === null) return { root: Y.findRootTypeKey(parent), top }
    top = parent._item
  }
}

/** What of a marker a field is about. */
const partOf = (touch: SegmentTouch, { parentSub }: Y.Item): Set<number> => {
  if (parentSub === 'rank' || parentSub?.startsWith(POSITION_KEY)) return touch.positions
  if (parentSub === 'speaker' || parentSub?.startsWith(VOICE_KEY)) return touch.voices
  if (parentSub?.startsWith(REMOVAL_KEY)) return touch.removals
  if (parentSub === 'into' || parentSub === 'intoUpTo' || parentSub === 'isApart') return touch.joins
  return touch.fields
}

const newTouch = (): SegmentTouch => ({
  text: new Set(),
  fields: new Set(),
  joins: new Set(),
  positions: new Set(),
  voices: new Set(),
  removals: new Set(),
  opening: new Map(),
})

const NOBODY: Authors = new Set()

const add = (touched: Map<string, Set<number>>, name: string, authors: Authors): void => {
  const known = touched.get(name)
  if (known) addAll(known, authors)
  else touched.set(name, new Set(authors))
}

const addAll = (to: Set<number>, authors: Authors): void => {
  for (const author of authors) to.add(author)
}
