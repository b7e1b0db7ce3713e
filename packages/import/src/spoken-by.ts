import type { Card } from './caption-cards.ts'
import { endsSentence, type Passage } from './passages.ts'

/** `Name: what is said`: a name of up to four words, without marks of a sentence. */
const NAMED = /^(?:[-–] ?)?(\p{L}[^\s:,;?!]*(?: [^\s:,;?!]+){0,3}): +(?=\S)/u

/**
 * Passages of cards that write speakers as a prefix, as SubRip has to. Words before a colon may be speech ("Remember: ..."):
 * they are a name where they come twice or the caller knows them, or where names are in use and a sentence has just ended.
 */
export const spokenBy = (cards: readonly Card[], known: readonly string[]): Passage[] => {
  const lines = cards.flatMap((card) =>
    card.text.map((text, index) => ({ card, text: text.trim(), line: card.line + index, index })),
  )
  const counts = new Map<string, number>()
  for (const { text } of lines) {
    const name = nameIn(text)
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const inUse = lines[0] !== undefined && nameIn(lines[0].text) !== null
  const isName = (name: string, before: string | undefined) =>
    known.includes(name) || (counts.get(name) ?? 0) > 1 || (inUse && (before === undefined || endsSentence(before)))

  return lines.map(({ card, text, line }, index) => {
    const prefixed = known.find((name) => text.startsWith(`${name}: `)) ?? nameIn(text)
    const voice = prefixed !== null && isName(prefixed, lines[index - 1]?.text) ? prefixed : null
    const said = voice === null ? text : text.slice(text.indexOf(`${voice}:`) + voice.length + 1).trim()
    return { line, start: card.start, end: card.end, voice, text: said }
  })
}

const nameIn = (text: string): string | null => NAMED.exec(text)?.[1] ?? null
