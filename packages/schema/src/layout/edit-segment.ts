import * as Y from 'yjs'
import type { Place } from './body-points.ts'
import { type Attributes, markerIn, type Segment, sameAttributes, withFormat } from './segment.ts'

/**
 * Typing and erasing at a place of a segment. Both do just what `Y.Text` does there, and answer whether they could:
 * where formats would be opened, closed or cleaned up they write nothing.
 *
 * They are here because Yjs finds a place by counting items from the start of the text: its search markers know nothing
 * of attributes, and are dropped by every update of others (YText.js, `findPosition`; AbstractType.js, `findMarker`).
 * That is 0.4 ms for each key at 20,000 items.
 */

/** Inserts text where these attributes stand already. */
export const insertInSegment = (
  transaction: Y.Transaction,
  text: Y.Text,
  { segment, offset, until }: Place,
  insert: string,
  attributes: Attributes,
): boolean => {
  const place = insert === '' ? null : itemAt(transaction, segment, offset)
  if (place === null) return false
  let { left, standing } = place
  // As Yjs does: past what is deleted, and past formats that lead to what is wanted.
  for (let item = left.right; item !== null && (item.deleted || leadsTo(attributes, item)); item = left.right) {
    if (item === until) break
    standing = attributesPast(item, standing)
    left = item
  }
  if (!sameAttributes(standing, attributes)) return false

  const { doc } = transaction
  const { right } = left
  const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID))
  const item = new Y.Item(id, left, left.lastId, right, right?.id ?? null, text, null, new Y.ContentString(insert))
  item.integrate(transaction, 0)
  dropSearchMarkers(text)
  return true
}

/** Deletes text that no format begins or ends in or beside. */
export const deleteInSegment = (
  transaction: Y.Transaction,
  text: Y.Text,
  segment: Segment,
  offset: number,
  length: number,
): boolean => {
  const place = itemAt(transaction, segment, offset)
  if (place === null) return false
  const doomed: Y.Item[] = []
  let after = length
  for (let item = place.left.right; item !== null; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentFormat) return false
    if (after === 0) break
    if (markerIn(item) !== null) return false
    if (!item.countable) continue
    if (after < item.length) Y.getItemCleanStart(transaction, Y.createID(item.id.client, item.id.clock + after))
    after -= item.length
    doomed.push(item)
  }
  if (after > 0) return false
  for (const item of doomed) item.delete(transaction)
  dropSearchMarkers(text)
  return true
}

type Cut = { readonly left: Y.Item; readonly standing: Attributes }

/** The item that ends at an offset, cut there if need be, and the attributes after it. */
const itemAt = (transaction: Y.Transaction, segment: Segment, offset: number): Cut | null => {
  if (!segment.marker._item) return null
  let left: Y.Item = segment.marker._item
  let standing = segment.opening
  let before = offset
  while (before > 0) {
    const item: Y.Item | null = left.right
    if (item === null || markerIn(item) !== null) return null
    if (!item.deleted && item.countable) {
      if (before < item.length) Y.getItemCleanStart(transaction, Y.createID(item.id.client, item.id.clock + before))
      before -= item.length
    }
    standing = attributesPast(item, standing)
    left = item
  }
  return { left, standing }
}

const attributesPast = (item: Y.Item, standing: Attributes): Attributes =>
  !item.deleted && item.content instanceof Y.ContentFormat ? withFormat(standing, item.content) : standing

const leadsTo = (attributes: Attributes, { content }: Y.Item): boolean =>
  content instanceof Y.ContentFormat && (attributes[content.key] ?? null) === content.value

/** They count the characters before an item, and would count wrong from here on. */
const dropSearchMarkers = (text: Y.Text): void => {
  if (text._searchMarker) text._searchMarker.length = 0
}
