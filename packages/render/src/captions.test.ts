import { joinLines, plainLine } from '@stet/schema/line-breaks'
import type { Snapshot } from '@stet/schema/snapshot'
import fc from 'fast-check'
import SrtParser from 'srt-parser-2'
import { expect, test } from 'vitest'
import { WebVTTParser } from 'webvtt-parser'
import entities from 'webvtt-parser/html-entities.json' with { type: 'json' }
import { z } from 'zod'
import { captionsOf } from './captions.ts'
import { hostileDispatch } from './hostile.fixture.ts'
import { lighthouse } from './lighthouse.fixture.ts'
import { risingStarts } from './rising-starts.ts'
import { spokenTurns } from './spoken-turns.ts'
import { renderSrt } from './srt.ts'
import { renderTranscriptJson } from './transcript-json.ts'
import { renderVtt } from './vtt.ts'

const readVtt = (vtt: string) => {
  const { cues, errors } = new WebVTTParser(entities).parse(vtt)
  expect(errors).toEqual([])
  return cues
}
const readSrt = (srt: string) => new SrtParser().fromSrt(srt)

/** What is said, as it was written into the dispatch. */
const saidIn = ({ body }: Snapshot): string[] =>
  body
    .filter((block) => block.kind === 'turn')
    .map(({ content }) => plainLine(content.map((inline) => (inline.type === 'text' ? inline.text : `[${inline.cue}]`)).join('')))
    .filter((words) => words !== '')

const expectRising = (cards: readonly { readonly start: number; readonly end: number }[]) => {
  for (const [index, { start, end }] of cards.entries()) {
    expect(end).toBeGreaterThan(start)
    expect(start).toBeGreaterThanOrEqual(cards[index - 1]?.end ?? 0)
  }
}

type VttNode = { readonly type: string; readonly value?: string; readonly children?: readonly VttNode[] }
const textOf = ({ value = '', children = [] }: VttNode): string => value + children.map(textOf).join('')

test('R3: whatever is said, WebVTT is valid and one turn in is one turn of words out', () => {
  fc.assert(
    fc.property(hostileDispatch, (snapshot) => {
      const cues = readVtt(renderVtt(snapshot))
      expectRising(cues.map(({ startTime, endTime }) => ({ start: startTime, end: endTime })))
      expect(new Set(cues.map(({ id }) => id)).size).toBe(cues.length)
      const turns = new Map<string, string[]>()
      const voices: (string | null)[] = []
      for (const { id, tree } of cues) {
        const turn = id.split('-')[1] ?? ''
        const [first] = tree.children
        if (!turns.has(turn)) voices.push(first?.type === 'object' ? (first.value ?? '') : null)
        turns.set(turn, [...(turns.get(turn) ?? []), ...textOf({ type: '', children: tree.children.map(unvoiced) }).split('\n')])
      }
      expect([...turns.values()].map(joinLines)).toEqual(saidIn(snapshot))
    }),
    { numRuns: 300 },
  )
})

/** The name is an annotation of the voice, not a part of what is said. */
const unvoiced = (node: VttNode): VttNode => (node.type === 'object' ? { type: '', children: node.children ?? [] } : node)

test('R3: the voice of a turn is named once, on the first of its cards', () => {
  const long = 'It went out at nine sharp. '.repeat(20)
  const body: Snapshot['body'] = ['p1', 'p2', 'p2'].map((speaker, index) => ({
    kind: 'turn',
    id: `t${index}`,
    speaker,
    start: index * 60,
    content: [{ type: 'text', text: long }],
  }))
  const vtt = renderVtt({ ...lighthouse, body })
  expect(vtt.match(/<v .*?>/g)).toEqual(['<v ines>', '<v Old Tom>', '<v Old Tom>'])
  expect(readVtt(vtt).length).toBeGreaterThan(9)
  for (const line of vtt.split('\n')) expect(line.replace(/<v .*?>/, '').length).toBeLessThanOrEqual(65)
})

test('R3: whatever is said, SubRip has two lines of 32 characters a card, rising times and every word', () => {
  const tamed = (text: string) =>
    text
      .replaceAll(/[<‹]/g, '<')
      .replaceAll(/[>›]/g, '>')
      .replaceAll(/[({]\\/g, '(\\')
  fc.assert(
    fc.property(hostileDispatch, (snapshot) => {
      const cards = readSrt(renderSrt(snapshot))
      expectRising(cards.map(({ startSeconds, endSeconds }) => ({ start: startSeconds, end: endSeconds })))
      const shown = cards.flatMap(({ text }) => text.split('\n'))
      const spoken = spokenTurns(snapshot).flatMap(({ speaker, words }) => (speaker === '' ? words : `${speaker}: ${words}`))
      const bare = (text: string) => tamed(text.replaceAll(/\s/g, ''))
      expect(bare(shown.join(''))).toBe(bare(spoken.join('')))
    }),
    { numRuns: 300 },
  )
  const lines = renderSrt({
    ...lighthouse,
    body: [
      { kind: 'turn', id: 't1', speaker: 'p1', start: 0, content: [{ type: 'text', text: 'So it goes on and on. '.repeat(30) }] },
    ],
  })
  for (const line of lines.split('\n')) expect(line.length).toBeLessThanOrEqual(32)
  for (const card of readSrt(lines)) expect(card.text.split('\n').length).toBeLessThanOrEqual(2)
})

test('R3: of more that begins in one second than it has milliseconds, each has a start of its own', () => {
  const starts = risingStarts([...Array.from({ length: 1500 }, () => 7), 8])
  expect(starts[0]).toBe(7000)
  for (const [index, start] of starts.entries()) expect(start).toBeGreaterThan(starts[index - 1] ?? -1)
})

test('R3: a turn that is too short for its cards is one card, and loses no word', () => {
  const turn = { id: 't1', start: 5, end: 7, speaker: '', words: 'one two three four five' }
  expect(captionsOf(turn, turn.words, { width: 5, lines: 1 }, 'en')).toEqual([
    { turn, card: 1, start: 5, end: 7, lines: ['one', 'two', 'three', 'four', 'five'] },
  ])
  const [first, second] = captionsOf({ ...turn, end: 1005 }, 'one two, long, longer', { width: 3, lines: 2 }, 'en')
  expect(first?.end).toBe(second?.start)
})

test('R3: a name that ends in hyphens makes no arrow', () => {
  const [cue] = readVtt(renderVtt({ ...lighthouse, speakers: [{ id: 'p1', name: 'ines--', color: 1 }] }))
  expect(cue?.text).toBe('<v ines-- >[sighs] It went out at nine sharp, they say.')
})

const Segments = z.strictObject({
  version: z.literal('1.0.0'),
  segments: z.array(
    z.strictObject({
      speaker: z.string().min(1).optional(),
      startTime: z.number().min(0),
      endTime: z.number(),
      body: z.string().min(1),
    }),
  ),
})

test('R3: the JSON transcript has a segment for each turn', () => {
  fc.assert(
    fc.property(hostileDispatch, (snapshot) => {
      const { segments } = Segments.parse(JSON.parse(renderTranscriptJson(snapshot)))
      expectRising(segments.map(({ startTime, endTime }) => ({ start: startTime, end: endTime })))
      expect(segments.map(({ body }) => body)).toEqual(saidIn(snapshot))
    }),
  )
})

test('a turn that is recorded begins in the second of its record, several in one second one after the other', () => {
  expect(spokenTurns(lighthouse).map(({ id, start, end }) => [id, start, end])).toEqual([
    ['t1', 0, 3529],
    ['t2', 192_000, 192_500],
    ['t3', 192_500, 193_000],
    ['t4', 193_000, 194_000],
  ])
})
