import type { Block } from '@stet/schema/snapshot'
import { expect, test } from 'vitest'
import { entryOver, outlineEntries } from './outline-entries.ts'

const text = (words: string) => (words === '' ? [] : [{ type: 'text' as const, text: words }])
const turn = (id: string, words = 'x'.repeat(160), start: number | null = null): Block => ({
  kind: 'turn',
  id,
  speaker: null,
  start,
  content: text(words),
})
const chapter = (id: string, title: string, start: number | null = null): Block => ({
  kind: 'chapter',
  id,
  start,
  content: text(title),
})
const heading = (id: string, title: string, level: 2 | 3): Block => ({ kind: 'heading', id, level, content: text(title) })

const script = { body: [turn('t0'), chapter('c1', 'The lamp', 4), turn('t1'), turn('t2'), chapter('c2', ' '), turn('t3')] }
const timing = { misplaced: false, length: 20 }
const timeline = new Map([
  ['c1', { ...timing, start: 4, recorded: true }],
  ['c2', { ...timing, start: 30, recorded: false }],
])

test('a chapter is told with its time and the turns up to the next one', () => {
  expect(outlineEntries(script, timeline)).toEqual([
    { id: 'c1', title: 'The lamp', time: '0:04', isRecorded: true, turns: 2, level: 2 },
    { id: 'c2', title: 'Untitled', time: '0:30', isRecorded: false, turns: 1, level: 2 },
  ])
})

test('the headings of an essay have a level, and neither time nor turns', () => {
  expect(outlineEntries({ body: [heading('h1', 'Tides', 2), heading('h2', 'Low water', 3)] }, null)).toMatchObject([
    { id: 'h1', time: null, turns: null, level: 2 },
    { id: 'h2', time: null, turns: null, level: 3 },
  ])
})

test('a block stands under the last chapter before it, a chapter under itself, and the opening under none', () => {
  expect(['t0', 'c1', 't2', 'c2', 't3', null, 'gone'].map((id) => entryOver(script, id))).toEqual([
    null,
    'c1',
    'c1',
    'c2',
    'c2',
    null,
    null,
  ])
})
