import * as Y from 'yjs'
import { arrange, type BodyView, withSegments } from './body-view.ts'
import { readPositions } from './position.ts'
import { readRemovals } from './removal.ts'
import { type Attributes, type Marker, markerIn, markerLeftOf, readSegment, type Segment, sameAttributes } from './segment.ts'
import { readVoices } from './voice.ts'

/** More new structs than this in one transaction (a dispatch that opens, a long absence): reading all is cheaper. */
const MANY_STRUCTS = 5_000

const NO_ATTRIBUTES: Attributes = {}

/** Reads the whole body, once. */
export const readBody = (text: Y.Text): BodyView => {
  const markers: Marker[] = []
  let strayLength = 0
  for (let item = text._start; item !== null; item = item.right) {
    const marker = markerIn(item)
    if (marker !== null) markers.push(marker)
    else if (markers.length === 0 && !item.deleted && item.countable) strayLength += item.length
  }
  const taken = new Set<string>()
  let opening = NO_ATTRIBUTES
  const segments = markers.map((marker) => {
    const segment = readSegment(freeId(String(marker.get('id') ?? ''), taken), marker, opening)
    opening = segment.closing
    return segment
  })
  return arrange(segments, strayLength, null)
}

/** Two markers never share an id by our acts; if a foreign client makes it so, both still show, named apart the same everywhere. */
const freeId = (id: string, taken: Set<string>): string => {
  let free = id === '' ? 'unnamed' : id
  for (let n = 2; taken.has(free); n++) free = `${id}_${n}`
  taken.add(free)
  return free
}

/**
 * Reads a body again and again, each time only what changed since: it notes which segments the structs of a transaction
 * lie in. The first read begins to listen, for as long as the replica lives.
 *
 * **Maintained invariant**: `read()` equals `readBody(text)` at every moment, inside an open transaction too.
 */
export const createBodyReader = (text: Y.Text, doc: Y.Doc) => {
  let view: BodyView | null = null
  let isListening = false
  /** Markers whose text changed, whose fields changed, and those that were born, since the last read. */
  const touched = new Set<Marker>()
  const refielded = new Set<Marker>()
  const born = new Set<Y.Item>()
  /** Transactions that write nothing more, noted once and for all. */
  const settled = new WeakSet<Y.Transaction>()

  const note = (transaction: Y.Transaction): void => {
    if (view === null || settled.has(transaction)) return
    for (const [type, keys] of transaction.changed) {
      if (!isMarkerOf(text, type)) continue
      if (keys.has('id')) view = null
      else refielded.add(type)
    }
    if (!transaction.changed.has(text as never)) return
    let left = MANY_STRUCTS
    for (const [client, structs] of doc.store.clients) {
      const before = transaction.beforeState.get(client) ?? 0
      if (Y.getState(doc.store, client) <= before) continue
      for (let nth = Y.findIndexSS(structs, before); nth < structs.length && view !== null; nth++) {
        noteStruct(structs[nth])
        if (left-- === 0) view = null
      }
    }
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, noteDeleted)
  }

  const noteStruct = (struct: Y.AbstractStruct | undefined): void => {
    if (!(struct instanceof Y.Item) || struct.parent !== text) return
    if (markerIn(struct) !== null) {
      born.add(struct)
      noteLeftOf(struct.left)
    } else noteLeftOf(struct)
  }

  const noteDeleted = (struct: Y.AbstractStruct): void => {
    if (!(struct instanceof Y.Item) || struct.parent !== text || view === null) return
    // Only a foreign client deletes a marker.
    if (struct.content instanceof Y.ContentType) view = null
    else noteLeftOf(struct)
  }

  const noteLeftOf = (item: Y.Item | null): void => {
    const marker = markerLeftOf(item)
    if (marker !== null) touched.add(marker)
    else if (item !== null) view = null
  }

  const catchUp = (before: BodyView): BodyView => {
    const listed = born.size > 0 ? withBorn(before) : before.laid
    if (listed === null) return readBody(text)
    const placeByMarker = born.size > 0 ? new Map(listed.map(({ marker }, nth) => [marker, nth])) : before.places.segmentByMarker
    const segments = [...listed]
    const changed: Segment[] = []
    for (const marker of new Set([...touched, ...refielded])) {
      let place = placeByMarker.get(marker) ?? Number.NaN
      let isSure = false
      // A format that begins or ends here may change how all that follows it opens.
      for (let segment = segments[place]; segment !== undefined && !isSure; segment = segments[++place]) {
        const opening = segments[place - 1]?.closing ?? NO_ATTRIBUTES
        const known = refielded.has(segment.marker) ? undefined : segment
        const next = readSegment(segment.id, segment.marker, opening, known)
        segments[place] = next
        changed.push(next)
        const after = segments[place + 1]
        isSure = after === undefined || sameAttributes(after.opening, next.closing)
      }
    }
    const isArranged = born.size + refielded.size === 0 && !changed.some(({ id }) => before.places.bound.has(id))
    return !isArranged ? arrange(segments, 0, before) : withSegments(before, segments, changed)
  }

  /** The segments with the new ones at their places, or null when ids collide and all must be named anew. */
  const withBorn = (before: BodyView): Segment[] | null => {
    const bornAfter = new Map<Marker | null, Marker>()
    for (const item of born) {
      const marker = markerIn(item)
      if (marker !== null && !before.places.segmentByMarker.has(marker)) bornAfter.set(markerLeftOf(item.left), marker)
    }
    const listed: Segment[] = []
    const listBornAfter = (left: Marker | null) => {
      for (let marker = bornAfter.get(left); marker !== undefined; marker = bornAfter.get(marker)) {
        touched.add(marker)
        listed.push(unreadSegment(marker))
      }
    }
    listBornAfter(null)
    for (const segment of before.laid) {
      listed.push(segment)
      listBornAfter(segment.marker)
    }
    const ids = new Set(listed.map(({ id }) => id))
    return ids.size === listed.length && !ids.has('') ? listed : null
  }

  return {
    read: (): BodyView => {
      if (!isListening) {
        doc.on('beforeObserverCalls', (transaction: Y.Transaction) => {
          note(transaction)
          settled.add(transaction)
        })
        isListening = true
      }
      for (const transaction of doc._transactionCleanups) note(transaction)
      if (view === null || view.strayLength > 0) view = readBody(text)
      else if (touched.size + refielded.size + born.size > 0) view = catchUp(view)
      touched.clear()
      refielded.clear()
      born.clear()
      return view
    },
  }
}

const unreadSegment = (marker: Marker): Segment => {
  const id = String(marker.get('id') ?? '')
  const fields = Object.fromEntries(marker.entries())
  return {
    id,
    marker,
    fields,
    length: 0,
    runs: [],
    positions: readPositions(id, fields),
    voices: readVoices(id, fields),
    removals: readRemovals(id, fields),
    opening: NO_ATTRIBUTES,
    closing: NO_ATTRIBUTES,
    stretches: null,
  }
}

const isMarkerOf = (text: Y.Text, type: unknown): type is Marker => type instanceof Y.Map && type._item?.parent === text
