import type { Block, Speaker } from '@stet/schema/snapshot'
import { parseClock } from '@stet/schema/timeline'
import type { LineReader } from './line-reader.ts'
import { inferRoster } from './speaker-roster.ts'
import { spokenInlines } from './spoken-inlines.ts'

export type TimedLine = { readonly line: number; readonly start: number; readonly text: string }

// A line ends at its newline only: other separators, such as U+2028, are characters of it.
const TURN = /^(\d{2}:[0-5]\d:[0-5]\d) (.*)$/s
const CHAPTER = /^- (\d{2}:[0-5]\d:[0-5]\d) (.+)$/s
const COLORS = 6

export const looksLikeTurn = (line: string): boolean => TURN.test(line)

/** `- HH:MM:SS {title}`, one or more. */
export const readChapters = (lines: LineReader): TimedLine[] => {
  if (lines.peek() !== 'Chapters') return []
  lines.take()
  const chapters = readTimedLines(lines, CHAPTER, 'a chapter ("- HH:MM:SS title")', (line) => line.startsWith('- '))
  if (chapters.length === 0) lines.fail('a chapter ("- HH:MM:SS title")')
  return chapters
}

/** The turns to the end of the file, with each chapter before the first turn that starts no earlier. */
export const readTranscript = (
  lines: LineReader,
  chapters: readonly TimedLine[],
  known: readonly string[],
): { speakers: Speaker[]; body: Block[] } => {
  const turns = readTimedLines(lines, TURN, 'a turn ("HH:MM:SS", a space, the speaker\'s name and what is said)', () => true)
  const roster = inferRoster(
    turns.map((turn) => turn.text),
    known,
  )
  const speakers: Speaker[] = []
  const body: Block[] = []
  const speakerOf = (name: string, line: number): string => {
    const present = speakers.find((speaker) => speaker.name === name)
    if (present !== undefined) return present.id
    const id = `p${speakers.length + 1}`
    lines.note(line, 'speakers', speakers.length)
    speakers.push({ id, name, color: (speakers.length % COLORS) + 1 })
    return id
  }
  const add = (line: number, block: Block) => {
    lines.note(line, 'body', body.length)
    body.push(block)
  }
  const addChapter = ({ line, start, text }: TimedLine) =>
    add(line, { kind: 'chapter', id: `b${body.length + 1}`, start, content: [{ type: 'text', text }] })

  const waiting = [...chapters]
  for (const { line, start, text } of turns) {
    while (waiting[0] !== undefined && waiting[0].start <= start) addChapter(waiting.shift() as TimedLine)
    const name = roster.nameOf(text)
    if (name === null) {
      lines.fail(
        "the turn to begin with its speaker's name in lower-case letters; if names are written otherwise, name the speakers",
        line,
      )
      break
    }
    const words = text.slice(name.length)
    if (words === '') lines.fail(`what ${name} says after the name`, line)
    const speaker = speakerOf(name, line)
    add(line, { kind: 'turn', id: `b${body.length + 1}`, speaker, start, content: spokenInlines(words) })
  }
  for (const chapter of waiting) addChapter(chapter)
  return { speakers, body }
}

const readTimedLines = (
  lines: LineReader,
  pattern: RegExp,
  expected: string,
  belongs: (line: string) => boolean,
): TimedLine[] => {
  const read: TimedLine[] = []
  for (let next = lines.peek(); next !== null && belongs(next); next = lines.peek()) {
    const match = pattern.exec(next)
    if (match === null) {
      lines.fail(expected)
      break
    }
    const [, clock = '', text = ''] = match
    const start = parseClock(clock) ?? 0
    const before = read.at(-1)
    if (before !== undefined && start < before.start) lines.fail('a start no earlier than the one before it')
    read.push({ line: lines.number(), start, text })
    lines.take()
  }
  return read
}
