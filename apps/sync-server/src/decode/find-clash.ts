import { isDeepStrictEqual } from 'node:util'
import * as Y from 'yjs'

/**
 * Where the first stretch begins in which an update says something else under a client's id than the replica holds, or null. Two writers
 * under one id look alike to Yjs: whoever comes second is passed over, so their replicas stay apart for ever, with equal
 * state vectors. What either side has deleted or collected says nothing.
 */
export const findClash = (doc: Y.Doc, update: Uint8Array, client: number): number | null => {
  const held = doc.store.clients.get(client) ?? []
  const end = Y.getState(doc.store, client)
  for (const said of Y.decodeUpdate(update).structs) {
    if (said.id.client !== client || !(said instanceof Y.Item) || said.content instanceof Y.ContentDeleted) continue
    const until = Math.min(said.id.clock + said.length, end)
    for (let clock = said.id.clock; clock < until; ) {
      const known = held[Y.findIndexSS(held, clock)]
      if (known === undefined) break
      const next = Math.min(until, known.id.clock + known.length)
      if (known instanceof Y.Item && !known.deleted && !isSame(known, said, clock, next)) return clock
      clock = next
    }
  }
  return null
}

const isSame = (a: Y.Item, b: Y.Item, from: number, to: number): boolean => {
  const [originOfA, originOfB] = [originAt(a, from), originAt(b, from)]
  if (originOfA?.client !== originOfB?.client || originOfA?.clock !== originOfB?.clock) return false
  if (a.content instanceof Y.ContentString && b.content instanceof Y.ContentString)
    return isSameText(textOf(a, a.content, from, to), textOf(b, b.content, from, to))
  if (a.content.constructor !== b.content.constructor) return false
  if (a.content instanceof Y.ContentType && b.content instanceof Y.ContentType)
    return a.content.type.constructor === b.content.type.constructor
  return isDeepStrictEqual(valuesOf(a, from, to), valuesOf(b, from, to))
}

/** In the middle of an item each unit follows the one before. */
const originAt = (item: Y.Item, clock: number): { readonly client: number; readonly clock: number } | null =>
  clock === item.id.clock ? item.origin : { client: item.id.client, clock: clock - 1 }

const textOf = (item: Y.Item, content: Y.ContentString, from: number, to: number): string =>
  content.str.slice(from - item.id.clock, to - item.id.clock)

const REPLACED = '\ufffd'

/** Where Yjs cuts through a character of two units it puts U+FFFD for both halves. */
const isSameText = (a: string, b: string): boolean => {
  if (a === b) return true
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at] && a[at] !== REPLACED && b[at] !== REPLACED) return false
  return a.length === b.length
}

const valuesOf = ({ content, id }: Y.Item, from: number, to: number): unknown =>
  content instanceof Y.ContentAny
    ? content.arr.slice(from - id.clock, to - id.clock)
    : content instanceof Y.ContentFormat
      ? [content.key, content.value]
      : content.getContent()
