import type { Body } from '@stet/schema/layout/body-acts'
import type { BlockPoint } from '@stet/schema/layout/body-points'
import type { BodyView } from '@stet/schema/layout/body-view'
import type { EditorState } from 'prosemirror-state'
import { indexedPointOf } from './points.ts'
import type { Signature } from './translate-transaction.ts'

/**
 * The blocks that a selection covers from their first letter to their last, when it covers nothing else: cutting or
 * dragging them means the blocks themselves, not their letters. Empty for any other selection.
 */
export const wholeBlocksIn = ({ doc, selection }: Pick<EditorState, 'doc' | 'selection'>): string[] => {
  const [start, end] = [indexedPointOf(doc, selection.from), indexedPointOf(doc, selection.to)]
  if (selection.empty || start.offset > 0) return []
  const reachesOver = end.between || (end.offset === 0 && end.index > start.index)
  const isToTheEnd = !end.between && end.offset === doc.child(end.index).content.size
  if (!reachesOver && !isToTheEnd) return []
  const ids: string[] = []
  for (let index = start.index; index < (reachesOver ? end.index : end.index + 1); index++)
    ids.push(String(doc.child(index).attrs['id']))
  return ids.includes('') ? [] : ids
}

/**
 * Moves blocks, removed ones too, to a place between others: at the end of a block after it, at the start before it, in
 * the place of an empty one; inside a block, this is split. They are the same blocks afterwards, with all that a
 * colleague typed into them meanwhile. Answers where they end, or null when there is no such place.
 */
export const moveBlocksTo = (
  { body, view }: { readonly body: Body; readonly view: () => BodyView },
  ids: readonly string[],
  point: BlockPoint,
  { origin, mark }: Signature,
): BlockPoint | null => {
  const { visible } = view()
  const place = visible.findIndex(({ id }) => id === point.block)
  const target = visible[place]
  if (!target || ids.includes(target.id)) return null
  const isEmpty = target.length === 0
  const isAtEnd = point.offset >= target.length
  let before = isAtEnd ? (visible.slice(place + 1).find(({ id }) => !ids.includes(id))?.id ?? null) : target.id
  if (!isAtEnd && point.offset > 0) before = body.split(point, {}, origin)
  body.text.doc?.transact(() => {
    for (const id of ids) body.move(id, before, origin)
    if (isEmpty) body.remove(target.id, mark(), origin)
  }, origin)
  const last = body.read().visible.find(({ id }) => id === ids.at(-1))
  return last ? { block: last.id, offset: last.length } : null
}
