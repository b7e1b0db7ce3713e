import type { Choice } from './choice.ts'

/**
 * The choices that a query means, best first. Every word of the query must be found; a name that begins with it comes
 * before one in which a word does, before one that has it anywhere, before one that has its letters in their order.
 */
export const matching = <C extends Choice>(choices: readonly C[], query: string): readonly C[] => {
  if (query.trim() === '') return choices
  const words = folded(query).split(' ')
  return choices
    .map((choice, index) => ({ choice, index, rank: rankOf(choice, words) }))
    .filter(({ rank }) => rank < NONE)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ choice }) => choice)
}

const NONE = Number.POSITIVE_INFINITY

const rankOf = ({ name, lead = '', detail = '', words = '' }: Choice, query: readonly string[]): number => {
  const [said, beside] = [folded(name), folded(`${lead} ${detail} ${words}`)]
  return query.reduce((rank, word) => rank + rankOfWord(said, beside, word), 0)
}

const rankOfWord = (name: string, beside: string, word: string): number => {
  if (word === '') return NONE
  if (name.startsWith(word)) return 0
  if (name.includes(` ${word}`)) return 1
  if (` ${beside}`.includes(` ${word}`)) return 2
  if (name.includes(word)) return 3
  return word.length > 1 && hasInOrder(name, word) ? 4 : NONE
}

const hasInOrder = (text: string, letters: string): boolean => {
  let from = 0
  for (const letter of letters) {
    const at = text.indexOf(letter, from)
    if (at < 0) return false
    from = at + letter.length
  }
  return true
}

/** Case, accents and what is between words make no difference. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
