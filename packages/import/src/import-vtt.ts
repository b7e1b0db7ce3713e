import { plainLine } from '@stet/schema/line-breaks'
import { type Card, readCards } from './caption-cards.ts'
import { captionWords } from './caption-words.ts'
import { checkedContent, type ImportResult } from './import-outcome.ts'
import type { ImportOptions } from './import-text.ts'
import { type LineReader, readLines } from './line-reader.ts'
import { type BeginsTurn, byVoice, contentOfPassages, type Passage } from './passages.ts'
import { spokenBy } from './spoken-by.ts'

const GRAMMAR = {
  timing: /^\s*((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})[ \t]+-->[ \t]+((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})(?:[ \t].*)?$/,
  example: '00:00:00.000 --> 00:00:04.000',
  isAside: (line: string) => /^(NOTE|STYLE|REGION)(\s|$)/.test(line),
}

/** A dispatch of a WebVTT file. */
export const importVtt = (text: string, title: string, options: ImportOptions = {}): ImportResult => {
  const lines = readLines(text)
  const { passages, numbers } = vttPassages(lines, options)
  const beginsTurn: BeginsTurn =
    numbers === null ? byVoice(passages) : (passage, before) => numbers.get(passage.line) !== numbers.get(before.line)
  return checkedContent(lines, contentOfPassages(passages, beginsTurn, title, lines.note))
}

/** `numbers`: which turn each passage is of, by its line, where the file says it. */
export const vttPassages = (lines: LineReader, { speakers = [] }: ImportOptions = {}): VttPassages => {
  if (!/^WEBVTT(\s|$)/.test(lines.peek() ?? '')) lines.fail('"WEBVTT"')
  while (lines.peek()?.trim()) lines.take()
  const cards = readCards(lines, GRAMMAR)
  if (cards.length === 0) lines.fail(`a card ("${GRAMMAR.example}", and what is said)`)
  const numbers = turnNumbers(cards)
  const voiced = cards.flatMap(voicedPassages)
  const isVoiced = numbers !== null || voiced.some(({ voice }) => voice !== null)
  return { passages: isVoiced ? voiced : spokenBy(cards.map(withPlainText), speakers), numbers }
}

type VttPassages = { readonly passages: readonly Passage[]; readonly numbers: ReadonlyMap<number, string> | null }

/** Where ids say which cards are one turn (`turn-3`, `turn-3-2`), they are believed: the numbers of turns, by line. */
const turnNumbers = (cards: readonly Card[]): ReadonlyMap<number, string> | null => {
  const numbers = new Map<number, string>()
  for (const { id, line } of cards) {
    const number = /^turn-(\d+)(?:-\d+)?$/.exec(id)?.[1]
    if (number === undefined) return null
    numbers.set(line, number)
  }
  return numbers
}

const withPlainText = (card: Card): Card => ({ ...card, text: card.text.map((line) => captionWords(line)) })

/** A card may hold several voices. What stands before the first of them goes on with the voice of the card before. */
const voicedPassages = ({ line, start, end, text }: Card): Passage[] => {
  const parts = text.join('\n').split(/<v(?:\.[^\s>]*)?(?:[ \t\n]([^>]*))?>/)
  const passages: Passage[] = []
  for (let at = 0; at < parts.length; at += 2) {
    const voice = at === 0 ? '' : plainLine(captionWords(parts[at - 1] ?? ''))
    const said = captionWords(parts[at] ?? '')
    if (plainLine(said) !== '') passages.push({ line, start, end, voice: voice === '' ? null : voice, text: said })
  }
  return passages
}
