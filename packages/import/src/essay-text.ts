import type { Byline, Content, Source } from '@stet/schema/snapshot'
import { emptyContent } from '@stet/schema/snapshot'
import { readTitle } from './dispatch-text.ts'
import { emptySource } from './empty-source.ts'
import { readEssayBody } from './essay-body.ts'
import type { LineReader } from './line-reader.ts'

const SOURCES = 'Sources: '

/** Title, byline, body, and at the end a line of sources. */
export const readEssay = (lines: LineReader): Content => {
  const title = readTitle(lines)
  const byline = readByline(lines)
  const body = readEssayBody(lines, (line) => line.startsWith(SOURCES) && lines.peek(1) === null)
  const sources = lines.peek() === null ? [] : readSourcesLine(lines)
  return { ...emptyContent('essay'), title, byline, body, sources }
}

/** `by {role} {@handle}`: the role may be several words, the handle is the last one. */
const readByline = (lines: LineReader): Byline => {
  const words = lines.take('byline').slice('by '.length).split(' ')
  return { role: words.slice(0, -1).join(' '), handle: words.at(-1) ?? '' }
}

/** `Sources: A, B, C (a note, on C)`. A comma inside parentheses belongs to the note. */
const readSourcesLine = (lines: LineReader): Source[] => {
  const line = lines.number()
  const items = splitOutsideParentheses(lines.take('sources').slice(SOURCES.length))
  return items.map((item, index) => {
    lines.note(line, 'sources', index)
    const { title, note } = splitNote(item)
    return { ...emptySource, id: `s${index + 1}`, title, description: note }
  })
}

const splitOutsideParentheses = (text: string): string[] => {
  const items: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0 && text.startsWith(', ', at)) {
      items.push(text.slice(from, at))
      from = at + 2
    }
  }
  return [...items, text.slice(from)]
}

/** The note is what the last parenthesis holds, if the item ends with it: `Filing (annex (b))` has the note "annex (b)". */
const splitNote = (item: string): { title: string; note: string } => {
  if (!item.endsWith(')')) return { title: item, note: '' }
  let depth = 0
  for (let at = item.length - 1; at >= 0; at--) {
    if (item[at] === ')') depth += 1
    if (item[at] === '(') depth -= 1
    if (depth === 0) {
      const noteStands = item[at - 1] === ' ' && at + 1 < item.length - 1
      return noteStands ? { title: item.slice(0, at - 1), note: item.slice(at + 1, -1) } : { title: item, note: '' }
    }
  }
  return { title: item, note: '' }
}
