import type { Stretch, Word } from '@stet/schema/word-diff'

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
