import type { LineReader } from './line-reader.ts'

/** A card of a caption file as it stands there. Times in seconds. */
export type Card = {
  readonly id: string
  /** The number of its first line of text. */
  readonly line: number
  readonly start: number
  readonly end: number
  readonly text: readonly string[]
}

type Grammar = {
  /** Two clocks and the arrow between them. */
  readonly timing: RegExp
  readonly example: string
  /** A block that is no card, by its first line. */
  readonly isAside: (line: string) => boolean
}

/** The cards of WebVTT and SubRip, which differ in little: blocks between empty lines, each an id, a timing and lines of text. */
export const readCards = (lines: LineReader, { timing, example, isAside }: Grammar): Card[] => {
  const cards: Card[] = []
  skipEmpty(lines)
  while (lines.peek() !== null) {
    if (isAside(lines.peek() ?? '')) skipBlock(lines)
    else {
      const id = isTiming(lines.peek()) ? '' : lines.take().trim()
      const card = readCard(lines, id, timing, example, cards.at(-1)?.start ?? 0)
      if (card !== null) cards.push(card)
    }
    skipEmpty(lines)
  }
  return cards
}

const readCard = (lines: LineReader, id: string, timing: RegExp, example: string, before: number): Card | null => {
  const match = timing.exec(lines.peek() ?? '')
  if (match === null) {
    lines.fail(`a timing ("${example}")`)
    return null
  }
  const [, from = '', to = ''] = match
  const [start, end] = [secondsOf(from), secondsOf(to)]
  if (start < before) lines.fail('a start no earlier than the one before it')
  if (end <= start) lines.fail('an end later than the start')
  lines.take()
  const line = lines.number()
  const text: string[] = []
  while (!isEmpty(lines.peek())) {
    if (isTiming(lines.peek())) lines.fail('an empty line before the next card')
    text.push(lines.take())
  }
  return { id, line, start, end, text }
}

const skipEmpty = (lines: LineReader) => {
  while (lines.peek() !== null && isEmpty(lines.peek())) lines.take()
}

const skipBlock = (lines: LineReader) => {
  while (!isEmpty(lines.peek())) lines.take()
}

const isEmpty = (line: string | null): boolean => line === null || line.trim() === ''
const isTiming = (line: string | null): boolean => line?.includes('-->') === true

/** `00:03:12.500`, `03:12,500` */
const secondsOf = (clock: string): number =>
  clock
    .replace(',', '.')
    .split(':')
    .reduce((seconds, part) => seconds * 60 + Number(part), 0)
