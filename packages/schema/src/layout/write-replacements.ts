import type * as Y from 'yjs'
import type { Body } from './body-acts.ts'
import { fromTheBack, indexAt, type Place, placeIn, type Span, seamAt, spansOf } from './body-points.ts'
import { type BodyView, blockById } from './body-view.ts'
import { deleteInSegment, insertInSegment } from './edit-segment.ts'
import type { Run } from './segment.ts'

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
  const changes = replacements.flatMap((replacement) => changesOf(view, replacement)).toSorted(fromTheBack(view))
  text.doc?.transact((transaction) => {
    for (const change of changes)
      if ('length' in change) erase(transaction, text, view, change)
      else insert(transaction, text, view, change)
  }, origin)
}

type Insertion = Place & { readonly run: Run }

const changesOf = (view: BodyView, { block: id, from, to, runs }: Replacement): (Span | Insertion)[] => {
  const block = blockById(view, id)
  const seam = block && seamAt(block, from)
  if (!seam) return []
  const place = placeIn(seam.segment, seam.offset)
  // What is put at one place one after the other stands in the reverse of that order.
  return [...spansOf(view, id, from, to), ...runs.toReversed().map((run) => ({ ...place, run }))]
}

const erase = (transaction: Y.Transaction, text: Y.Text, view: BodyView, { segment, offset, length }: Span): void => {
  if (!deleteInSegment(transaction, text, segment, offset, length)) text.delete(indexAt(view, { segment, offset }), length)
}

const insert = (transaction: Y.Transaction, text: Y.Text, view: BodyView, { run, ...place }: Insertion): void => {
  const { insert: content, attributes } = run
  if (typeof content === 'string' && insertInSegment(transaction, text, place, content, attributes)) return
  const index = indexAt(view, place)
  if (typeof content === 'string') text.insert(index, content, { ...attributes })
  else text.insertEmbed(index, { cue: content.cue }, { ...attributes })
}
