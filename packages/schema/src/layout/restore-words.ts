import type * as Y from 'yjs'
import type { Inline } from '../snapshot.ts'
import { diffWords, lengthOf, type Stretch, wordsOf } from '../word-diff.ts'
import type { Body } from './body-acts.ts'
import { blockById } from './body-view.ts'
import type { Attributes } from './segment.ts'
import { attributesOf } from './write-content.ts'

/**
 * Texts made to say again what they said: only words that differ are erased or put in, so what a colleague writes
 * meanwhile stands where it was written. Everything here is called inside a transaction.
 */

type Writing = { readonly language: string; readonly origin: unknown }

export const restoreText = (text: Y.Text, wanted: string, { language }: Writing): void => {
  const current = text.toString()
  if (current === wanted) return
  for (const { at, erased, inserted } of editsOf(diffWords(wordsOf([current], language), wordsOf([wanted], language)))) {
    if (erased > 0) text.delete(at, erased)
    if (inserted.to > inserted.from) text.insert(at, wanted.slice(inserted.from, inserted.to))
  }
}

/** The words, cues and marks of a block that shows. Citations of other sources than `cited` are left as they are. */
export const restoreInlines = (
  body: Body,
  id: string,
  wanted: readonly Inline[],
  cited: ReadonlySet<string>,
  { language, origin }: Writing,
): void => {
  const runs = blockById(body.read(), id)?.visible.flatMap((segment) => segment.runs) ?? []
  const before = wordsOf(
    runs.map(({ insert }) => insert),
    language,
  )
  const after = wordsOf(
    wanted.map((inline) => (inline.type === 'text' ? inline.text : inline)),
    language,
  )
  const pieces = piecesOf(wanted, cited)
  for (const { at, erased, inserted } of editsOf(diffWords(before, after))) {
    body.deleteText(id, at, at + erased, origin)
    // What is put at one place one after the other stands in the reverse of that order.
    for (const { from, to, content, attributes } of within(pieces, inserted.from, inserted.to).toReversed())
      if (typeof content === 'string')
        body.insertText({ block: id, offset: at }, content.slice(from, to), { ...attributes }, origin)
      else body.insertCue({ block: id, offset: at }, content.cue, attributes, origin)
  }
  restoreMarks(body, id, pieces, cited, origin)
}

const restoreMarks = (body: Body, id: string, wanted: readonly Piece[], cited: ReadonlySet<string>, origin: unknown): void => {
  const keys = ['strong', 'em', 'code', 'link', ...[...cited].map((source) => `cite:${source}`)]
  let at = 0
  for (const { insert, attributes } of blockById(body.read(), id)?.visible.flatMap((segment) => segment.runs) ?? []) {
    const end = at + (typeof insert === 'string' ? insert.length : 1)
    for (const piece of within(wanted, at, end)) {
      const differing = keys.filter((key) => attributes[key] !== piece.attributes[key])
      const patch = Object.fromEntries(differing.map((key) => [key, piece.attributes[key] ?? null]))
      if (differing.length > 0) body.formatText(id, piece.start + piece.from, piece.start + piece.to, patch, origin)
    }
    at = end
  }
}

/** An inline of the wanted content and where it begins. */
type Piece = { readonly start: number; readonly content: string | { readonly cue: string }; readonly attributes: Attributes }

const piecesOf = (wanted: readonly Inline[], cited: ReadonlySet<string>): Piece[] => {
  let start = 0
  return wanted.map((inline) => {
    const piece = {
      start,
      content: inline.type === 'text' ? inline.text : { cue: inline.cue },
      attributes: attributesOf(inline, cited),
    }
    start += inline.type === 'text' ? inline.text.length : 1
    return piece
  })
}

/** What of the pieces lies in a range, with the part of each that does, counted from where the piece begins. */
const within = (pieces: readonly Piece[], from: number, to: number): (Piece & { from: number; to: number })[] =>
  pieces.flatMap((piece) => {
    const length = typeof piece.content === 'string' ? piece.content.length : 1
    const part = { from: Math.max(0, from - piece.start), to: Math.min(length, to - piece.start) }
    return part.from < part.to ? [{ ...piece, ...part }] : []
  })

/** What to erase at a place of the old text, and which range of the new one to put there. */
type Edit = { readonly at: number; readonly erased: number; readonly inserted: { readonly from: number; readonly to: number } }

/** From the back to the start, so that no place moves before its turn. */
const editsOf = (stretches: readonly Stretch[]): Edit[] => {
  const edits: Edit[] = []
  let at = 0
  let from = 0
  for (const { is, words } of stretches) {
    const length = lengthOf(words)
    if (is === 'erased') edits.unshift({ at, erased: length, inserted: { from, to: from } })
    if (is === 'inserted') edits.unshift({ at, erased: 0, inserted: { from, to: from + length } })
    if (is !== 'inserted') at += length
    if (is !== 'erased') from += length
  }
  return edits
}
