import { layTimeline, type TimedBlock, type Timeline } from './lay-timeline.ts'
import { createPaces, DEFAULT_PACE, learnSpeech, type RecordedSpeech } from './pace.ts'
import { type Block, type Content, spokenText } from './snapshot.ts'
import { spokenLength } from './spoken-length.ts'
import { wordCount } from './word-count.ts'

/** The timeline of a script, by the paces its own recorded turns and other dispatches of the show teach. */
export const timelineOf = (script: Script, learnt: readonly RecordedSpeech[] = []): Timeline => {
  const known = learnt.length === 0 ? timelineByScript.get(script) : undefined
  if (known !== undefined) return known
  const blocks = timedBlocks(script)
  const names = namesOf(script)
  const timeline = layTimeline(blocks, pacesById(names, [...learnt, ...recordedSpeech(blocks, names)]))
  if (learnt.length === 0) timelineByScript.set(script, timeline)
  return timeline
}

/** A script is a value that nobody changes, and each of its ten renderers asks. */
const timelineByScript = new WeakMap<Script, Timeline>()

/** The pace of each speaker of a script, by id; of nobody, the default. */
export const pacesById = (
  names: ReadonlyMap<string, string>,
  learnt: readonly RecordedSpeech[],
): ((speaker: string | null) => number) => {
  const paceOf = createPaces(learnt)
  const paces = new Map([...names].map(([id, name]) => [id, paceOf(name)]))
  return (speaker) => paces.get(speaker ?? '') ?? DEFAULT_PACE
}

type Script = Pick<Content, 'body' | 'speakers' | 'language'>

export const speechOf = (script: Script): RecordedSpeech[] => recordedSpeech(timedBlocks(script), namesOf(script))

const namesOf = ({ speakers }: Script) => new Map(speakers.map(({ id, name }) => [id, name]))

const timedBlocks = ({ body, language }: Script): TimedBlock[] => body.flatMap((block) => timedBlock(block, language) ?? [])

const timedBlock = (block: Block, language: string): TimedBlock | null => {
  const { id, kind, content } = block
  if (kind === 'chapter') return { id, kind, speaker: null, start: block.start, characters: 0, words: 0 }
  if (kind !== 'turn') return null
  const text = spokenText(content)
  const { speaker, start } = block
  return { id, kind, speaker, start, characters: spokenLength(text, language), words: wordCount(text) }
}

/** What the recorded turns of a script tell of the paces of its speakers. */
export const recordedSpeech = (blocks: readonly TimedBlock[], names: ReadonlyMap<string, string>): RecordedSpeech[] => {
  const turns = blocks.filter(({ kind }) => kind === 'turn')
  return learnSpeech(
    turns.flatMap((turn, index) => {
      const next = turns[index + 1]?.start ?? null
      const name = names.get(turn.speaker ?? '')
      if (turn.start === null || next === null || name === undefined) return []
      return [{ name, characters: turn.characters, seconds: next - turn.start }]
    }),
  )
}

/** `HH:MM:SS` */
export const formatClock = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')

/** `0:24`, `12:38`, `1:02:03`: for margins and pages. */
export const formatShortClock = (seconds: number): string => formatClock(seconds).replace(/^0(?:0:0?)?(?=\d)/, '')

/** Reads `HH:MM:SS`, `MM:SS` or `M:SS`; null when it is none of them. */
export const parseClock = (text: string): number | null => {
  const match = /^(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)$/.exec(text.trim())
  if (match === null) return null
  const [, hours = '0', minutes = '0', seconds = '0'] = match
  if (match[1] !== undefined && Number(minutes) > 59) return null
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

/** `008` */
export const formatNumber = (number: number): string => String(number).padStart(3, '0')
