import type { Node } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'

export type Counts = { readonly words: number; readonly turns: number }

/** Words and turns of the script, or of the selection. Cues are no words. Blocks that stand are not counted again. */
export const createCounter = () => {
  const known = new WeakMap<Node, number>()
  const wordsOf = (block: Node): number => {
    const words = known.get(block) ?? countWords(spoken(block, 0, block.content.size))
    known.set(block, words)
    return words
  }
  return ({ doc, selection }: EditorState): { whole: Counts; selected: Counts | null } => {
    let [words, turns] = [0, 0]
    doc.forEach((block) => {
      words += wordsOf(block)
      if (isTurn(block)) turns += 1
    })
    return { whole: { words, turns }, selected: selection.empty ? null : countSelected(doc, selection.from, selection.to) }
  }
}

const countSelected = (doc: Node, from: number, to: number): Counts => {
  let [words, turns] = [0, 0]
  doc.nodesBetween(from, to, (block, at) => {
    words += countWords(spoken(block, Math.max(from - at - 1, 0), Math.min(to - at - 1, block.content.size)))
    if (isTurn(block)) turns += 1
    return false
  })
  return { words, turns }
}

const isTurn = (block: Node): boolean => block.type.name === 'turn' && block.content.size > 0

const spoken = (block: Node, from: number, to: number): string => block.textBetween(from, to, '', () => ' ')

/** What stands between spaces and has a letter or digit. In writing without spaces, each word as the dictionary parts it. */
const countWords = (text: string): number => {
  if (!UNSPACED.test(text)) return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
  let words = 0
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) words += 1
  return words
}

const UNSPACED = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })
