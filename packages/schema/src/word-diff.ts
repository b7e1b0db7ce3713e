import { diffArrays } from 'diff'

/** A word, a space or a sign; or a cue, by its name. */
export type Word = { readonly kind: 'text' | 'cue'; readonly text: string }

/** A run of words that two texts share, or that only one of them has. */
export type Stretch = { readonly is: 'kept' | 'erased' | 'inserted'; readonly words: readonly Word[] }

/** More differences than this are not looked for: such texts have next to nothing in common. */
const MOST_DIFFERENCES = 2_000

/** What finds the words of a language. It takes a moment to make, so one is made for many texts. */
export const wordSegmenter = (language: string): Intl.Segmenter => new Intl.Segmenter(language, { granularity: 'word' })

/** Letters are never parted from their accents, nor emoji from what makes them one. */
export const wordsOf = (content: readonly (string | { readonly cue: string })[], segmenter: Intl.Segmenter): Word[] => {
  const words: Word[] = []
  let waiting = ''
  const settle = () => {
    for (const { segment } of segmenter.segment(waiting)) words.push({ kind: 'text', text: segment })
    waiting = ''
  }
  for (const each of content) {
    if (typeof each === 'string') {
      // Text with other marks may go on inside a word.
      waiting += each
      continue
    }
    settle()
    words.push({ kind: 'cue', text: each.cue })
  }
  settle()
  return words
}

/** In UTF-16 units; a cue takes the place of one. */
export const lengthOf = (words: readonly Word[]): number =>
  words.reduce((sum, { kind, text }) => sum + (kind === 'cue' ? 1 : text.length), 0)

/** What leads from one text to another, in order; what is erased stands before what is put in its place. */
export const diffWords = (before: readonly Word[], after: readonly Word[]): Stretch[] => {
  const changes = diffArrays([...before], [...after], {
    comparator: (a, b) => a.kind === b.kind && a.text === b.text,
    maxEditLength: MOST_DIFFERENCES,
  })
  if (changes === undefined)
    return [
      { is: 'erased', words: before },
      { is: 'inserted', words: after },
    ]
  return changes.map(({ added, removed, value }) => ({ is: added ? 'inserted' : removed ? 'erased' : 'kept', words: value }))
}
