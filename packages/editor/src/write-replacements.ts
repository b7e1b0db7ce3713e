import type { Body } from '@stet/schema/layout/body-acts'
import { beginningOf, seamAt, spansOf } from '@stet/schema/layout/body-points'
import type { BodyView } from '@stet/schema/layout/body-view'
import { deleteInSegment, insertInSegment } from '@stet/schema/layout/edit-segment'
import type { Segment } from '@stet/schema/layout/segment'
import type { Node } from 'prosemirror-model'
import type * as Y from 'yjs'
import { attributesOf } from './attributes.ts'
import type { Replacement } from './replacements.ts'

/**
 * Writes many replacements as one update, after reading the body once: to read between them would be to read all that was
 * written before, again and again. They are given from the back of the script to its start, as in the document they began
 * with; in the body, whose text has its own order, they are written from the back as well, so that no place moves before
 * its turn.
 */
export const writeReplacements = (replacements: readonly Replacement[], body: Body, origin: unknown): void => {
  const { text } = body
  const view = body.read()
  const changes = replacements.flatMap((replacement) => changesOf(view, replacement)).toSorted(byPlaceFromTheBack(view))
  text.doc?.transact((transaction) => {
    for (const change of changes)
      if ('length' in change) erase(transaction, text, view, change)
      else insert(transaction, text, view, change)
  }, origin)
}

type Place = { readonly segment: Segment; readonly offset: number }
type Erasure = Place & { readonly length: number }
type Insertion = Place & { readonly node: Node }

const changesOf = (view: BodyView, { at, from, to, content }: Replacement): (Erasure | Insertion)[] => {
  const block = view.visible[at]
  const place = block && seamAt(block, from)
  if (!place) return []
  // What is put at one place one after the other stands in the reverse of that order.
  return [...spansOf(view, block.id, from, to), ...content.content.toReversed().map((node) => ({ ...place, node }))]
}

const byPlaceFromTheBack = (view: BodyView) => {
  const placeOf = ({ segment }: Place) => view.places.segmentById.get(segment.id) ?? 0
  return (one: Place, other: Place) => placeOf(other) - placeOf(one) || other.offset - one.offset
}

const erase = (transaction: Y.Transaction, text: Y.Text, view: BodyView, { segment, offset, length }: Erasure): void => {
  if (!deleteInSegment(transaction, text, segment, offset, length)) text.delete(beginningOf(view, segment) + offset, length)
}

const insert = (transaction: Y.Transaction, text: Y.Text, view: BodyView, { segment, offset, node }: Insertion): void => {
  const attributes = attributesOf(node.marks)
  if (node.isText && insertInSegment(transaction, text, segment, offset, node.text ?? '', attributes)) return
  const index = beginningOf(view, segment) + offset
  if (node.isText) text.insert(index, node.text ?? '', { ...attributes })
  else text.insertEmbed(index, { cue: String(node.attrs['cue']) }, { ...attributes })
}
