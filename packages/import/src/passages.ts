import { joinLines } from '@stet/schema/line-breaks'
import { type Block, type Content, emptyContent, type Speaker } from '@stet/schema/snapshot'
import type { LineReader } from './line-reader.ts'
import { spokenInlines } from './spoken-inlines.ts'

/** Some words of a transcript, as a card of captions or a segment has them. Times in seconds. */
export type Passage = {
  readonly line: number
  readonly start: number
  readonly end: number
  /** Who speaks; null where the file does not say it here. */
  readonly voice: string | null
  /** It may be broken into lines. */
  readonly text: string
}

/** Whether a passage begins a turn, or goes on with that of the passage before it. */
export type BeginsTurn = (passage: Passage, before: Passage, turn: Passage) => boolean

const COLORS = 6

/** A dispatch of the turns that passages make up, with recorded starts. What a file of captions cannot tell is left empty. */
export const contentOfPassages = (
  passages: readonly Passage[],
  beginsTurn: BeginsTurn,
  title: string,
  note: LineReader['note'],
): Content => {
  const speakers: Speaker[] = []
  const speakerOf = (name: string | null, line: number): string | null => {
    if (name === null) return null
    const known = speakers.find((speaker) => speaker.name === name)
    if (known !== undefined) return known.id
    note(line, 'speakers', speakers.length)
    speakers.push({ id: `p${speakers.length + 1}`, name, color: (speakers.length % COLORS) + 1 })
    return speakers.at(-1)?.id ?? null
  }
  const body = inTurns(passages, beginsTurn).map((turn, index): Block => {
    const [first] = turn as [Passage]
    note(first.line, 'body', index)
    return {
      kind: 'turn',
      id: `b${index + 1}`,
      speaker: speakerOf(first.voice, first.line),
      start: Math.floor(first.start),
      content: spokenInlines(joinLines(turn.flatMap(({ text }) => text.split('\n')))),
    }
  })
  return { ...emptyContent('dispatch'), title, speakers, body }
}

const inTurns = (passages: readonly Passage[], beginsTurn: BeginsTurn): Passage[][] => {
  const turns: Passage[][] = []
  for (const passage of passages) {
    const turn = turns.at(-1)
    const [first] = turn ?? []
    const before = turn?.at(-1)
    if (turn === undefined || first === undefined || before === undefined || beginsTurn(passage, before, first))
      turns.push([passage])
    else turn.push(passage)
  }
  return turns
}

/** A pause after which somebody else may be speaking, in seconds. */
const PAUSE = 2
/** Where nobody is named, a turn ends with the sentence that goes past so many seconds: whoever edits splits it further. */
const LONG = 30

/** By the voices, where the file names them; else by pauses and sentences. */
export const byVoice = (passages: readonly Passage[]): BeginsTurn => {
  if (passages.some(({ voice }) => voice !== null)) return ({ voice }, _, turn) => voice !== null && voice !== turn.voice
  return (passage, before, turn) =>
    passage.start - before.end >= PAUSE || (passage.start - turn.start >= LONG && endsSentence(before.text))
}

export const endsSentence = (text: string): boolean => /[.?!…。？！][”’"')\]]*$/u.test(text.trim())
