import type { Mark } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import type { Range } from '../citing.ts'
import type { CommandContext } from '../command-context.ts'
import { scriptSchema } from '../script-schema.ts'
import { allMatches, continueFrom, currentMatch, type Match } from './find.ts'

/** Replaces the match that one is at and goes on to the next; answers whether there was one. */
export const replaceMatch = ({ state, dispatch, asOneStep }: CommandContext, replacement: string): boolean => {
  const match = currentMatch(state)
  if (!match) return false
  asOneStep(() => {
    const transaction = state.tr
    replaceIn(transaction, match, replacement)
    dispatch(continueFrom(transaction, transaction.mapping.map(match.to, 1)))
  })
  return true
}

/** Replaces every match, as one step of the undo history; answers how many. */
export const replaceAll = ({ state, dispatch, asOneStep }: CommandContext, replacement: string): number => {
  const matches = allMatches(state)
  if (matches.length === 0) return 0
  asOneStep(() => {
    const transaction = state.tr
    for (const match of matches.toReversed()) replaceIn(transaction, match, replacement)
    dispatch(transaction)
  })
  return matches.length
}

/**
 * The new text rests on what any of the old rested on and looks as the old began. A cue inside a match stays; one whose
 * name matched is renamed, unless what came of it would be no cue.
 */
const replaceIn = (transaction: Transaction, { from, to, within }: Match, replacement: string): void => {
  if (within) {
    const cue = transaction.doc.nodeAt(from)
    const name = String(cue?.attrs['cue'])
    const renamed = name.slice(0, within.from) + replacement + name.slice(within.to)
    if (cue && /^[^\n\]]{1,40}$/u.test(renamed))
      transaction.replaceWith(from, to, scriptSchema.node('cue', { cue: renamed }, [], cue.marks))
    return
  }
  const pieces: (Range & { readonly marks: readonly Mark[] })[] = []
  transaction.doc.nodesBetween(from, to, (node, at) => {
    if (node.isText) pieces.push({ from: Math.max(at, from), to: Math.min(at + node.nodeSize, to), marks: node.marks })
  })
  const [first, ...others] = pieces
  if (!first) return
  for (const piece of others.toReversed()) transaction.delete(piece.from, piece.to)
  const kept = pieces.flatMap(({ marks }) => marks).filter(({ type }) => type.name === 'cite' || type.name === 'comment')
  const marks = kept.reduce((set, mark) => mark.addToSet(set), first.marks)
  if (replacement === '') transaction.delete(first.from, first.to)
  else transaction.replaceWith(first.from, first.to, scriptSchema.text(replacement, marks))
}
