import type { Node, ResolvedPos } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'
import type { CommandContext } from './command-context.ts'
import { scriptSchema } from './script-schema.ts'

export type Range = { readonly from: number; readonly to: number }

/** What a citation is put on: the selection, or the sentence around the caret; null where there is no text. */
export const citedRange = ({ selection }: EditorState): Range | null => {
  if (selection.empty) return sentenceAround(selection.$head)
  return { from: selection.from, to: selection.to }
}

/** Rests the selection, or the sentence around the caret, on a source; taken away when it rests on it already. */
export const citeSource = (context: CommandContext, source: string): boolean => {
  const range = citedRange(context.state)
  return range !== null && citeRange(context, source, range)
}

export const citeRange = ({ state, dispatch, asOneStep }: CommandContext, source: string, { from, to }: Range): boolean => {
  const mark = scriptSchema.marks['cite']?.create({ source })
  if (!mark) return false
  const rests = sourcesUnder(state.doc, { from, to }).has(source)
  asOneStep(() => dispatch(rests ? state.tr.removeMark(from, to, mark) : state.tr.addMark(from, to, mark)))
  return true
}

/** The sources that all the text of a range rests on. */
export const sourcesUnder = (doc: Node, { from, to }: Range): ReadonlySet<string> => {
  let common: Set<string> | null = null
  doc.nodesBetween(from, to, (node) => {
    if (!node.isText) return
    const cited = node.marks.filter(({ type }) => type.name === 'cite').map(({ attrs }) => String(attrs['source']))
    common = new Set(common === null ? cited : cited.filter((id) => common?.has(id)))
  })
  return common ?? new Set()
}

/** The sentence around a place, without the space before it. Between two, or behind a cue, the one just written counts. */
export const sentenceAround = ($at: ResolvedPos): Range | null => {
  if ($at.depth === 0) return null
  const text = $at.parent.textBetween(0, $at.parent.content.size, '', '\ufffc')
  const sentences = [...new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text)].filter(({ segment }) =>
    /[\p{L}\p{N}]/u.test(segment),
  )
  const sentence = sentences.findLast(({ index, segment }) => index + leadOf(segment) <= $at.parentOffset) ?? sentences[0]
  if (!sentence) return null
  const from = $at.start() + sentence.index + leadOf(sentence.segment)
  return { from, to: from + sentence.segment.trim().length }
}

const leadOf = (segment: string): number => segment.length - segment.trimStart().length
