import type { Inline } from './snapshot.ts'
import { diffWords, type Stretch, type Word, wordSegmenter, wordsOf } from './word-diff.ts'

/** A run of words as a reader is told it. */
export type Told = { readonly is: Stretch['is']; readonly text: string }

/** Words that stayed are told this far on either side of a change. */
const NEARBY = 24

/** What was erased and what was put in, by words of a language; of what stayed, what stands near a change. */
export const toldDiff = (before: readonly Inline[], after: readonly Inline[], language: string): Told[] => {
  const segmenter = wordSegmenter(language)
  const [old, young] = [wordsIn(before, segmenter), wordsIn(after, segmenter)]
  const stretches = legible(diffWords(old, young))
  return stretches.map(({ is, words }, nth) => {
    const text = words.map((word) => (word.kind === 'cue' ? `[${word.text}]` : word.text))
    return { is, text: is === 'kept' ? nearby(text, nth === 0, nth === stretches.length - 1) : text.join('') }
  })
}

const wordsIn = (content: readonly Inline[], segmenter: Intl.Segmenter): Word[] =>
  wordsOf(
    content.map((inline) => (inline.type === 'text' ? inline.text : inline)),
    segmenter,
  )

const nearby = (text: readonly string[], isFirst: boolean, isLast: boolean): string => {
  if (text.length <= NEARBY * (isFirst || isLast ? 1 : 2) || (isFirst && isLast)) return text.join('')
  const [head, tail] = [
    isFirst ? '' : text.slice(0, NEARBY).join('').trimEnd(),
    isLast ? '' : text.slice(-NEARBY).join('').trimStart(),
  ]
  return [head, '…', tail].filter((part) => part !== '').join(' ')
}

/** A diff for a reader: where next to nothing stands between two changes, the two are told as one. */
export const legible = (stretches: readonly Stretch[]): readonly Stretch[] => {
  const told: Stretch[] = []
  let erased: Word[] = []
  let inserted: Word[] = []
  const tell = () => {
    if (erased.length > 0) told.push({ is: 'erased', words: erased })
    if (inserted.length > 0) told.push({ is: 'inserted', words: inserted })
    erased = []
    inserted = []
  }
  for (const [nth, { is, words }] of stretches.entries()) {
    const isBetween = erased.length + inserted.length > 0 && nth < stretches.length - 1
    if (is === 'erased') erased.push(...words)
    else if (is === 'inserted') inserted.push(...words)
    else if (isBetween && !words.some(isSaid)) {
      erased.push(...words)
      inserted.push(...words)
    } else {
      tell()
      told.push({ is, words })
    }
  }
  tell()
  return told
}

const isSaid = ({ kind, text }: Word): boolean => kind === 'cue' || /[\p{L}\p{N}]/u.test(text)
