import type { Block } from '@stet/schema/snapshot'
import { insideCurlyQuotes } from './curly-quotes.ts'
import type { LineReader } from './line-reader.ts'

/** A block's text as it stands, before it is known what it is. */
type Passage = { readonly line: number; text: string }

const BULLET = '- '
const TERMINATED = /[.?!:;…][”’"')\]]*$/u
const LONGEST_HEADING = 110
/** A heading this many times longer than the longest of its group so far is no longer of the group. */
const GROUP_STRETCH = 1.5

/** One block a line, except that a broken line goes on where it was broken. */
export const readEssayBody = (lines: LineReader, isEnd: (line: string) => boolean): Block[] => {
  const passages = readPassages(lines, isEnd)
  const levels = headingLevels(passages)
  return passages.map(({ line, text }, index) => {
    lines.note(line, 'body', index)
    return blockOf(text, `b${index + 1}`, levels.get(index))
  })
}

const readPassages = (lines: LineReader, isEnd: (line: string) => boolean): Passage[] => {
  const passages: Passage[] = []
  for (let next = lines.peek(); next !== null && !isEnd(next); next = lines.peek()) {
    if (next.trim() === '') lines.fail('no empty line: each paragraph stands on one line')
    if (next === BULLET) lines.fail('the text of a bullet after "- "')
    const before = passages.at(-1)
    if (before !== undefined && continues(before.text, next)) before.text += `\n${next}`
    else passages.push({ line: lines.number(), text: next })
    lines.take()
  }
  return passages
}

/** A line that begins in lower case after one that does not end a sentence was broken out of it. */
const continues = (before: string, line: string): boolean =>
  /^\p{Ll}/u.test(line) && !TERMINATED.test(before) && insideCurlyQuotes(before) === null

const blockOf = (text: string, id: string, level: 2 | 3 | undefined): Block => {
  const quoted = insideCurlyQuotes(text)
  if (quoted !== null) return { kind: 'quote', id, content: inlines(quoted) }
  if (text.startsWith(BULLET)) return { kind: 'bullet', id, content: inlines(text.slice(BULLET.length)) }
  return level === undefined
    ? { kind: 'paragraph', id, content: inlines(text) }
    : { kind: 'heading', id, level, content: inlines(text) }
}

const inlines = (text: string): Block['content'] => (text === '' ? [] : [{ type: 'text', text }])

/**
 * The format marks no headings and no levels, so both are read from the shape of the text. A heading is a
 * short line without an end mark before a paragraph. Levels: 2, except that a heading right after a paragraph
 * that ends in ":" opens a group of level 3 ("Three places to visit:"). The group goes on until
 * a heading that is much longer than those of the group, which is taken for a section of its own again.
 */
const headingLevels = (passages: readonly Passage[]): ReadonlyMap<number, 2 | 3> => {
  const levels = new Map<number, 2 | 3>()
  let longestOfGroup: number | null = null
  for (const [index, { text }] of passages.entries()) {
    if (!isHeading(text, passages[index + 1]?.text)) continue
    const length = [...text].length
    const introduced = levels.size > 0 && !levels.has(index - 1) && isParagraphWithColon(passages[index - 1]?.text)
    const goesOn: boolean = longestOfGroup !== null && length <= GROUP_STRETCH * longestOfGroup
    levels.set(index, introduced || goesOn ? 3 : 2)
    longestOfGroup = introduced || goesOn ? Math.max(longestOfGroup ?? 0, length) : null
  }
  return levels
}

const isHeading = (text: string, next: string | undefined): boolean =>
  hasHeadingShape(text) && next !== undefined && isPlain(next) && !hasHeadingShape(next)

const hasHeadingShape = (text: string): boolean =>
  isPlain(text) &&
  [...text].length <= LONGEST_HEADING &&
  /^[\p{Lu}\p{Nd}“‘"']/u.test(text) &&
  !TERMINATED.test(text) &&
  !text.includes('\n')

const isPlain = (text: string): boolean => !text.startsWith(BULLET) && insideCurlyQuotes(text) === null

const isParagraphWithColon = (text: string | undefined): boolean => text?.endsWith(':') === true && isPlain(text)
