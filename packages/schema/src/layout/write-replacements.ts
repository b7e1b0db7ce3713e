import type * as Y from 'yjs'
import type { Body } from './body-acts.ts'
import { beginningOf, seamAt, spansOf } from './body-points.ts'
import { type BodyView, blockById } from './body-view.ts'
import { deleteInSegment, insertInSegment } from './edit-segment.ts'
import type { Run, Segment } from './segment.ts'

/** What is put in place of a stretch of one block. */
export type Replacement = { readonly block: string; readonly from: number; readonly to: number; readonly runs: readonly Run[] }

/**
 * Writes many replacements as one update, after reading the body once: to read between them would be to read all that was
 * written before, again and again. They are given from the back of the script to its start, each as in the script they
 * began with; in the body, whose text has its own order, they are written from the back as well, so that no place moves
 * before its turn.
 */
export const writeReplacements = (body: Body, replacements: readonly Replacement[], origin: unknown): void => {
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
type Insertion = Place & { readonly run: Run }

const changesOf = (view: BodyView, { block: id, from, to, runs }: Replacement): (Erasure | Insertion)[] => {
  const block = blockById(view, id)
  const place = block && seamAt(block, from)
  if (!place) return []
  // What is put at one place one after the other stands in the reverse of that order.
  return [...spansOf(view, id, from, to), ...runs.toReversed().map((run) => ({ ...place, run }))]
}

const byPlaceFromTheBack = (view: BodyView) => {
  const placeOf = ({ segment }: Place) => view.places.segmentById.get(segment.id) ?? 0
  return (one: Place, other: Place) => placeOf(other) - placeOf(one) || other.offset - one.offset
}

const erase = (transaction: Y.Transaction, text: Y.Text, view: BodyView, { segment, offset, length }: Erasure): void => {
  if (!deleteInSegment(transaction, text, segment, offset, length)) text.delete(beginningOf(view, segment) + offset, length)
}

const insert = (transaction: Y.Transaction, text: Y.Text, view: BodyView, { segment, offset, run }: Insertion): void => {
  const { insert: content, attributes } = run
  if (typeof content === 'string' && insertInSegment(transaction, text, segment, offset, content, attributes)) return
  const index = beginningOf(view, segment) + offset
  if (typeof content === 'string') text.insert(index, content, { ...attributes })
  else text.insertEmbed(index, { cue: content.cue }, { ...attributes })
}
