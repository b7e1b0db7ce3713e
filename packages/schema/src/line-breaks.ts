/**
 * Where a line may be broken, and how broken lines become one again. Breaking and joining are inverses: what stands between
 * two words is one space, and the scripts that are written without spaces break between any two letters.
 */
const UNSPACED = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]/u

/** White space and control characters are one space, and none at the ends. */
export const plainLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()

/** Lines of at most `width` characters. A word is never cut, so one that is longer has a line of its own. */
export const breakLines = (text: string, width: number): string[] => {
  const lines: string[] = []
  let line = ''
  let length = 0
  for (const { word, glue } of wordsOf(plainLine(text))) {
    const added = charactersOf(word)
    if (line !== '' && length + glue.length + added <= width) {
      line += glue + word
      length += glue.length + added
    } else {
      if (line !== '') lines.push(line)
      line = word
      length = added
    }
  }
  return line === '' ? lines : [...lines, line]
}

export const joinLines = (lines: readonly string[]): string => {
  let joined = ''
  for (const line of lines.map(plainLine))
    if (line !== '') joined += joined === '' || breaksWithoutSpace(joined, line) ? line : ` ${line}`
  return joined
}

/** A space between two letters that need none is one that a reader could not guess: no line is broken there. */
const wordsOf = (text: string): { word: string; glue: string }[] => {
  if (!UNSPACED.test(text)) return text.split(' ').map((word, nth) => ({ word, glue: nth === 0 ? '' : ' ' }))
  const words: { word: string; glue: string }[] = []
  for (const spaced of text.split(' ')) {
    const before = words.at(-1)
    const [first = '', ...rest] = UNSPACED.test(spaced) ? lettersApart(spaced) : [spaced]
    if (before !== undefined && breaksWithoutSpace(before.word, first)) before.word += ` ${first}`
    else words.push({ word: first, glue: before === undefined ? '' : ' ' })
    for (const word of rest) words.push({ word, glue: '' })
  }
  return words
}

/** A character beyond the basic plane is two units of a string. */
const charactersOf = (word: string): number => (SURROGATE.test(word) ? [...word].length : word.length)

const SURROGATE = /[\ud800-\udfff]/

const lettersApart = (spaced: string): string[] => {
  const parts: string[] = []
  for (const character of spaced) {
    const before = parts.at(-1)
    if (before !== undefined && !breaksWithoutSpace(before, character)) parts[parts.length - 1] = before + character
    else parts.push(character)
  }
  return parts
}

const breaksWithoutSpace = (before: string, after: string): boolean =>
  UNSPACED.test(lastCharacter(before)) && UNSPACED.test(firstCharacter(after))

const firstCharacter = (text: string): string => String.fromCodePoint(text.codePointAt(0) ?? 0)
const lastCharacter = (text: string): string => [...text.slice(-2)].at(-1) ?? ''
