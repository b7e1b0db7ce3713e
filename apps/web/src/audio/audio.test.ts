import type { Block } from '@stet/schema/snapshot'
import { timelineOf } from '@stet/schema/timeline'
import { expect, test } from 'vitest'
import { alignedWords, audioWords } from './audio-words.ts'
import { timesOfFile } from './import-times.ts'
import { spokenAt } from './spoken-at.ts'

const turn = (id: string, start: number | null, text: string): Block => ({
  kind: 'turn',
  id,
  speaker: null,
  start,
  content: [{ type: 'text', text }],
})
const body = [turn('a', 2, 'The ferry left at six.'), turn('b', 9, 'And nobody was on it but the gulls.')]

test('A7: what is said at a moment is the last block that has begun', () => {
  const timeline = timelineOf({ body, speakers: [], language: 'en' })
  expect([0, 2, 8.9, 9, 500].map((seconds) => spokenAt(timeline, seconds))).toEqual([null, 'a', 'a', 'b', 'b'])
})

test('A7: a recording is told by its name, length and size, and by its address where it stands elsewhere', () => {
  const file = {
    kind: 'file',
    sha256: 'a'.repeat(64),
    type: 'audio/mpeg',
    bytes: 54_123_456,
    seconds: 3_492,
    name: 'talk.mp3',
  } as const
  expect(audioWords(file)).toBe('talk.mp3 · 58:12 · 54.1 MB')
  const link = { kind: 'link', url: 'https://cdn.example/a.mp3', type: 'audio/mpeg', bytes: null, seconds: null } as const
  expect(audioWords(link)).toBe('https://cdn.example/a.mp3')
})

test('I6: an import of times says what it recorded, and what was not found', async () => {
  expect(alignedWords(1, [])).toBe('Recorded 1 start.')
  expect(alignedWords(12, ['And so it'])).toBe('Recorded 12 starts. 1 turn was not found in it and left as it was: “And so it”.')
  expect(alignedWords(2, ['a', 'b', 'c', 'd', 'e'])).toBe(
    'Recorded 2 starts. 5 turns were not found in it and left as they were: “a”, “b”, “c” and 2 more.',
  )
  const vtt = 'WEBVTT\n\n00:00:03.500 --> 00:00:06.000\nThe ferry left at six\n'
  const snapshot = { body } as Parameters<typeof timesOfFile>[1]
  expect(await timesOfFile(new File([vtt], 'a.vtt'), snapshot)).toEqual({
    ok: true,
    starts: new Map([['a', 3]]),
    unmatched: ['And nobody was on'],
  })
  expect(await timesOfFile(new File(['words'], 'a.txt'), snapshot)).toMatchObject({ ok: false })
})
