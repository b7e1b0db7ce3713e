import type { Inline } from '@stet/schema/snapshot'
import { diffWords, type Stretch, wordSegmenter, wordsOf } from '@stet/schema/word-diff'
import { Fragment, useMemo } from 'react'
import { legible } from './legible.ts'

/** Words that stayed are told this far on either side of a change. */
const NEARBY = 24

type Props = { readonly before: readonly Inline[]; readonly after: readonly Inline[]; readonly language: string }

/** What was erased and what was put in, by words, for the eye and for the ear. */
export const WordDiff = ({ before, after, language }: Props) => {
  const stretches = useMemo(() => {
    const segmenter = wordSegmenter(language)
    const [old, young] = [before, after].map((content) =>
      wordsOf(
        content.map((inline) => (inline.type === 'text' ? inline.text : inline)),
        segmenter,
      ),
    )
    return legible(diffWords(old ?? [], young ?? []))
  }, [before, after, language])
  return (
    <p className="word-diff" lang={language} dir="auto">
      {stretches.map((stretch, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a diff is made anew as a whole
        <Fragment key={nth}>{shown(stretch, nth === 0, nth === stretches.length - 1)}</Fragment>
      ))}
    </p>
  )
}

const shown = ({ is, words }: Stretch, isFirst: boolean, isLast: boolean) => {
  const text = words.map((word) => (word.kind === 'cue' ? `[${word.text}]` : word.text))
  if (is === 'erased')
    return (
      <del>
        <span className="visually-hidden">Erased: </span>
        {text.join('')}
        <span className="visually-hidden">. </span>
      </del>
    )
  if (is === 'inserted')
    return (
      <ins>
        <span className="visually-hidden">Inserted: </span>
        {text.join('')}
        <span className="visually-hidden">. </span>
      </ins>
    )
  if (text.length <= NEARBY * (isFirst || isLast ? 1 : 2) || (isFirst && isLast)) return text.join('')
  const [head, tail] = [
    isFirst ? '' : text.slice(0, NEARBY).join('').trimEnd(),
    isLast ? '' : text.slice(-NEARBY).join('').trimStart(),
  ]
  return [head, '…', tail].filter((part) => part !== '').join(' ')
}
