import { plainLine } from '@stet/schema/line-breaks'
import type { Inline, Snapshot } from '@stet/schema/snapshot'
import { timelineOf } from '@stet/schema/timeline'
import { risingStarts } from './rising-starts.ts'

/** A turn as a transcript has it, in milliseconds. One begins where another has ended or later, and each takes some time. */
export type SpokenTurn = {
  readonly id: string
  readonly start: number
  readonly end: number
  /** Empty where nobody is named. */
  readonly speaker: string
  /** On one line; cues stand in their brackets. */
  readonly words: string
}

/** A turn is shown until the next begins, unless silence as long as this comes first. */
const SILENCE = 2_000
/** What has no letters to say is shown for as long as this, where there is room. */
const SHORTEST = 1_000

export const spokenTurns = (snapshot: Snapshot): readonly SpokenTurn[] => {
  const turns = turnsBySnapshot.get(snapshot) ?? turnsOf(snapshot)
  turnsBySnapshot.set(snapshot, turns)
  return turns
}

/** A snapshot is a value that nobody changes, and each of its transcripts asks. */
const turnsBySnapshot = new WeakMap<Snapshot, readonly SpokenTurn[]>()

const turnsOf = (snapshot: Snapshot): SpokenTurn[] => {
  const timeline = timelineOf(snapshot)
  const names = new Map(snapshot.speakers.map(({ id, name }) => [id, plainLine(name)]))
  const turns = snapshot.body.flatMap((block) => {
    const words = block.kind === 'turn' ? wordsOf(block.content) : ''
    const { start = 0, length = 0 } = timeline.get(block.id) ?? {}
    return block.kind === 'turn' && words !== '' ? [{ block, words, start, length }] : []
  })
  const starts = risingStarts(turns.map(({ start }) => start))
  return turns.map(({ block, words, length }, index) => {
    const start = starts[index] ?? 0
    const next = starts[index + 1]
    const said = start + Math.max(Math.round(length * 1000), SHORTEST)
    const end = next === undefined || next - said > SILENCE ? said : next
    return { id: block.id, start, end, speaker: names.get(block.speaker ?? '') ?? '', words }
  })
}

/** Somebody says something: there is a transcript to be had. */
export const hasTranscript = ({ kind, body }: Snapshot): boolean =>
  kind === 'dispatch' && body.some((block) => block.kind === 'turn' && wordsOf(block.content) !== '')

const wordsOf = (inlines: readonly Inline[]): string =>
  plainLine(inlines.map((inline) => (inline.type === 'text' ? inline.text : `[${inline.cue}]`)).join(''))
