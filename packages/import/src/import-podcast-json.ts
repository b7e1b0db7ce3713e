import { problemsOf } from '@stet/schema/finding'
import { plainLine } from '@stet/schema/line-breaks'
import { z } from 'zod'
import { checkedContent, type ImportResult } from './import-outcome.ts'
import type { JsonLines } from './json-lines.ts'
import { byVoice, contentOfPassages, type Passage } from './passages.ts'

const Segment = z.object({
  speaker: z.string().optional(),
  startTime: z.number('expected a time in seconds').min(0),
  endTime: z.number('expected a time in seconds').min(0).optional(),
  body: z.string('expected what is said'),
})
const Transcript = z.object({ segments: z.array(Segment).min(1, 'expected a segment with "startTime" and "body"') })

export const isPodcastTranscript = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'segments' in value && Array.isArray(value.segments)

/** A dispatch of the JSON transcript of podcast players. */
export const importPodcastJson = (json: JsonLines, title: string): ImportResult => {
  const passages = podcastPassages(json)
  const beginsTurn = areFragments(passages) ? byVoice(passages) : () => true
  return checkedContent(json, contentOfPassages(passages, beginsTurn, title, json.note))
}

export const podcastPassages = (json: JsonLines): readonly Passage[] => {
  const read = Transcript.safeParse(json.value)
  if (!read.success) {
    const [problem] = problemsOf(read.error)
    json.fail((problem?.message ?? 'a transcript').replace(/^expected /, ''), problem?.path ?? [])
  }
  const segments = read.data?.segments ?? []
  for (const [index, { startTime }] of segments.entries())
    if (startTime < (segments[index - 1]?.startTime ?? 0))
      json.fail('a start no earlier than the one before it', ['segments', index, 'startTime'])
  return segments.flatMap(({ speaker = '', startTime, endTime, body }, index): Passage[] => {
    const [voice, text] = [plainLine(speaker), plainLine(body)]
    const line = json.lineOf(['segments', index])
    return text === '' ? [] : [{ line, start: startTime, end: endTime ?? startTime, voice: voice === '' ? null : voice, text }]
  })
}

/** Some programs write a segment for each word or two, ours one for each turn: the mean tells which. */
const FRAGMENT_WORDS = 4

const areFragments = (passages: readonly Passage[]): boolean =>
  passages.reduce((sum, { text }) => sum + text.split(' ').length, 0) < FRAGMENT_WORDS * passages.length
