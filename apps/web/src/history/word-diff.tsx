import type { Inline } from '@stet/schema/snapshot'
import { type Told, toldDiff } from '@stet/schema/told-diff'
import { Fragment, useMemo } from 'react'

type Props = { readonly before: readonly Inline[]; readonly after: readonly Inline[]; readonly language: string }

/** What was erased and what was put in, by words, for the eye and for the ear. */
export const WordDiff = ({ before, after, language }: Props) => {
  const told = useMemo(() => toldDiff(before, after, language), [before, after, language])
  return (
    <p className="word-diff" lang={language} dir="auto">
      {told.map((stretch, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a diff is made anew as a whole
        <Fragment key={nth}>{shown(stretch)}</Fragment>
      ))}
    </p>
  )
}

const shown = ({ is, text }: Told) => {
  if (is === 'kept') return text
  const Change = is === 'erased' ? 'del' : 'ins'
  return (
    <Change>
      <span className="visually-hidden">{is === 'erased' ? 'Erased: ' : 'Inserted: '}</span>
      {text}
      <span className="visually-hidden">. </span>
    </Change>
  )
}
