import type { Content, PullQuote } from '@stet/schema/snapshot'
import { CalendarDate, emptyContent } from '@stet/schema/snapshot'
import { formatNumber } from '@stet/schema/timeline'
import { insideCurlyQuotes } from './curly-quotes.ts'
import type { LineReader } from './line-reader.ts'
import { readSources } from './source-text.ts'
import { looksLikeTurn, readChapters, readTranscript } from './transcript-text.ts'

const HEADER = /^◆ Dispatch(?: (\d+))?(?: · (\S+))?$/
const EXAMPLE = '"◆ Dispatch 001 · 2026-01-31"'

/** Header, title, quote, summary, topics, chapters, sources, transcript: all but header, title and transcript may be absent. */
export const readDispatch = (lines: LineReader, speakers: readonly string[]): Content => {
  const { number, date } = readHeader(lines)
  const title = readTitle(lines)
  const quote = readPullQuote(lines)
  const summary = readSummary(lines)
  const topics = readTopics(lines)
  const chapters = readChapters(lines)
  const sources = readSources(lines)
  if (lines.peek() !== 'Transcript') lines.fail(stillPossible(topics.length > 0, chapters.length > 0, sources.length > 0))
  lines.take()
  const transcript = readTranscript(lines, chapters, speakers)
  return { ...emptyContent('dispatch'), number, date, title, quote, summary, topics, sources, ...transcript }
}

const readHeader = (lines: LineReader): Pick<Content, 'number' | 'date'> => {
  const match = HEADER.exec(lines.peek() ?? '')
  if (match === null) {
    lines.fail(`the header of a dispatch (${EXAMPLE})`)
    return { number: null, date: null }
  }
  const [, digits, day] = match
  const number = digits === undefined ? null : Number(digits)
  if (number !== null && (number < 1 || number > 999_999)) lines.fail('a number from 001 to 999999')
  else if (number !== null && formatNumber(number) !== digits) lines.fail(`the number written as ${formatNumber(number)}`)
  if (day !== undefined && !CalendarDate.safeParse(day).success) lines.fail('a date of the calendar as YYYY-MM-DD')
  lines.take('number')
  return { number, date: day ?? null }
}

export const readTitle = (lines: LineReader): string => {
  if ((lines.peek() ?? '').trim() === '') lines.fail('the title')
  return lines.take('title')
}

/** “…”, and under it who said it: `— {name}, {role}`. */
const readPullQuote = (lines: LineReader): PullQuote | null => {
  const text = insideCurlyQuotes(lines.peek() ?? '')
  if (text === null) return null
  lines.take('quote')
  const attribution = lines.peek()
  if (!attribution?.startsWith('— ')) return { text, name: '', role: '' }
  const line = lines.take('quote', 'name').slice(2)
  const comma = line.indexOf(', ')
  return comma < 0 ? { text, name: line, role: '' } : { text, name: line.slice(0, comma), role: line.slice(comma + 2) }
}

/** Everything up to the first topic or section; it may run over several lines. */
const readSummary = (lines: LineReader): string => {
  lines.note(lines.number(), 'summary')
  const summary: string[] = []
  for (let next = lines.peek(); next !== null && !beginsSection(next); next = lines.peek()) {
    const blankAtEdge = next.trim() === '' && (summary.length === 0 || beginsSection(lines.peek(1) ?? 'Transcript'))
    if (blankAtEdge) lines.fail('no empty line here')
    summary.push(lines.take())
  }
  return summary.join('\n')
}

const beginsSection = (line: string): boolean =>
  line === '-' || line.startsWith('- ') || ['Chapters', 'Sources', 'Transcript'].includes(line) || looksLikeTurn(line)

const readTopics = (lines: LineReader): string[] => {
  const topics: string[] = []
  while (lines.peek()?.startsWith('- ')) {
    if (lines.peek() === '- ') lines.fail('a topic after "- "')
    topics.push(lines.take('topics', topics.length).slice(2))
  }
  return topics
}

const stillPossible = (topics: boolean, chapters: boolean, sources: boolean): string => {
  if (sources) return '"Transcript"'
  if (chapters) return '"Sources" or "Transcript"'
  return topics ? 'another topic ("- ..."), "Chapters", "Sources" or "Transcript"' : '"Chapters", "Sources" or "Transcript"'
}
