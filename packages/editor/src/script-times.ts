import { layTimeline, type TimedBlock, type Timeline } from '@stet/schema/lay-timeline'
import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import type { RecordedSpeech } from '@stet/schema/pace'
import { type Totals, totalsOf } from '@stet/schema/shares'
import { spokenLength } from '@stet/schema/spoken-length'
import { pacesById, recordedSpeech } from '@stet/schema/timeline'
import { wordCount } from '@stet/schema/word-count'
import type { Node } from 'prosemirror-model'
import type { Schedule, Urgency } from './schedule.ts'

/** When everything in the script is said, and by whom. */
export type Times = {
  readonly timeline: Timeline
  readonly totals: Totals
  /** What the recorded turns of this script tell of its speakers' paces. */
  readonly speech: readonly RecordedSpeech[]
  /** Spoken characters a second, by a speaker's id. */
  readonly paceOf: (speaker: string | null) => number
}

export type ScriptTimes = ReturnType<typeof createScriptTimes>

/**
 * The timeline of an open script. A keystroke only asks for it; what grows with the script is done in a later pass, and
 * a block is read once, for as long as ProseMirror keeps its node.
 */
export const createScriptTimes = (script: Dispatch, schedule: Schedule) => {
  let times: Times | null = null
  let doc: Node | null = null
  let learnt: readonly RecordedSpeech[] = []
  let language = ''
  let readings = new WeakMap<Node, TimedBlock>()
  let waiting: { readonly urgency: Urgency; readonly cancel: () => void } | null = null
  const listeners = new Set<() => void>()

  const read = (node: Node): TimedBlock => {
    const known = readings.get(node)
    if (known) return known
    const reading = readingOf(node, language)
    readings.set(node, reading)
    return reading
  }

  const reckon = () => {
    const spoken = String(script.meta.get('language') ?? 'en')
    if (spoken !== language) readings = new WeakMap()
    language = spoken
    const blocks: TimedBlock[] = []
    doc?.forEach((node) => {
      if (isTimed(node)) blocks.push(read(node))
    })
    const names = new Map(script.speakers.list().map(({ id, fields }) => [id, String(fields.get('name') ?? '')]))
    const speech = recordedSpeech(blocks, names)
    const paceOf = pacesById(names, [...learnt, ...speech])
    const timeline = layTimeline(blocks, paceOf)
    times = { timeline, totals: totalsOf(blocks, timeline), speech, paceOf }
    for (const listener of [...listeners]) listener()
  }

  const ask = (wanted: Urgency) => {
    // The first pass reads every word: the words are painted before it.
    const urgency = times === null ? 'painted' : wanted
    if (waiting && RANK[waiting.urgency] <= RANK[urgency]) return
    waiting?.cancel()
    const cancel = schedule[urgency](() => {
      waiting = null
      reckon()
    })
    waiting = { urgency, cancel }
  }

  return {
    /** Null until they were reckoned first, which is right behind the first paint: the words stand a frame earlier. */
    get: (): Times | null => times,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    read,

    /** The script reads otherwise now. Words may wait a little; a block that came, went or moved is timed at once. */
    follow: (next: Node): void => {
      const urgency = doc === null || doc.childCount !== next.childCount ? 'soon' : 'later'
      doc = next
      ask(urgency)
    },

    /** A name, a language, a start has changed. */
    refresh: (): void => ask('soon'),

    /** What other dispatches of the show tell of paces. */
    learn: (speech: readonly RecordedSpeech[]): void => {
      learnt = speech
      ask('soon')
    },

    destroy: (): void => {
      waiting?.cancel()
      listeners.clear()
    },
  }
}

/** The smaller, the sooner. */
const RANK: Readonly<Record<Urgency, number>> = { soon: 0, painted: 1, later: 2 }

const isTimed = ({ type }: Node): boolean => type.name === 'turn' || type.name === 'chapter'

const readingOf = (node: Node, language: string): TimedBlock => {
  const { id, speaker, start } = node.attrs
  const kind = node.type.name === 'chapter' ? 'chapter' : 'turn'
  // Cues take no time, and a chapter's title is not spoken.
  const text = kind === 'turn' ? node.textBetween(0, node.content.size, '', () => '') : ''
  return {
    id: String(id),
    kind,
    speaker: typeof speaker === 'string' ? speaker : null,
    start: typeof start === 'number' ? start : null,
    characters: spokenLength(text, language),
    words: wordCount(text),
  }
}
