import type { Fragment } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import { ReplaceStep } from 'prosemirror-transform'
import { indexedPointOf } from './points.ts'

/** What is put in place of a stretch of one block: the block by its index, the stretch by its offsets in it. */
export type Replacement = { readonly at: number; readonly from: number; readonly to: number; readonly content: Fragment }

/** The steps of a transaction that replace letters inside one block, each in the document as it was at that step. */
export const replacementsOf = ({ steps, docs }: Transaction): Replacement[] =>
  steps.flatMap((step, nth) => {
    const doc = docs[nth]
    if (!doc || !(step instanceof ReplaceStep) || step.slice.openStart > 0) return []
    const [from, to] = [indexedPointOf(doc, step.from), indexedPointOf(doc, step.to)]
    if (from.between || to.between || from.index !== to.index) return []
    return { at: from.index, from: from.offset, to: to.offset, content: step.slice.content }
  })

/** Every step replaces letters inside one block. */
export const staysInside = (transaction: Transaction): boolean => replacementsOf(transaction).length === transaction.steps.length

/** No step reaches behind where the one before it began: so each has the place that it had in the document they began with. */
export const goesTowardsTheStart = ({ steps }: Transaction): boolean => {
  let reached = Number.POSITIVE_INFINITY
  for (const step of steps) {
    if (!(step instanceof ReplaceStep) || step.to > reached) return false
    reached = step.from
  }
  return true
}
