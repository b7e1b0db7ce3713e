import { readCards } from './caption-cards.ts'
import { subripWords } from './caption-words.ts'
import { checkedContent, type ImportResult } from './import-outcome.ts'
import type { ImportOptions } from './import-text.ts'
import { type LineReader, readLines } from './line-reader.ts'
import { byVoice, contentOfPassages, type Passage } from './passages.ts'
import { spokenBy } from './spoken-by.ts'

const GRAMMAR = {
  timing: /^\s*(\d{1,3}:[0-5]\d:[0-5]\d[,.]\d{1,3})\s+-->\s+(\d{1,3}:[0-5]\d:[0-5]\d[,.]\d{1,3})(?:\s.*)?$/,
  example: '00:00:00,000 --> 00:00:04,000',
  isAside: () => false,
}

/** A dispatch of a SubRip file. */
export const importSrt = (text: string, title: string, options: ImportOptions = {}): ImportResult => {
  const lines = readLines(text)
  const passages = srtPassages(lines, options)
  return checkedContent(lines, contentOfPassages(passages, beginsTurn(passages), title, lines.note))
}

export const srtPassages = (lines: LineReader, { speakers = [] }: ImportOptions = {}): readonly Passage[] => {
  const cards = readCards(lines, GRAMMAR)
  if (cards.length === 0) lines.fail(`a card ("1", "${GRAMMAR.example}", and what is said)`)
  return spokenBy(
    cards.map((card) => ({ ...card, text: card.text.map(subripWords) })),
    speakers,
  ).filter(({ text }) => text !== '')
}

/** A name begins a turn, even that of who spoke before; unless every card has one. */
const beginsTurn = (passages: readonly Passage[]) =>
  passages.some(({ voice }) => voice !== null) && passages.some(({ voice }) => voice === null)
    ? ({ voice }: Passage) => voice !== null
    : byVoice(passages)
