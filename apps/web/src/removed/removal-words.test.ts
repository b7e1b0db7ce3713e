import type { RemovedBlock } from '@stet/schema/layout/removed-blocks'
import { expect, test } from 'vitest'
import { shortened, timeAgo, whatWasRemoved, whereItStood } from './removal-words.ts'

const nameOf = (speaker: string | null) => (speaker === 'p' ? 'Pell' : '')
const block = (stoodIn: RemovedBlock['stoodIn'], over: Partial<RemovedBlock> = {}): RemovedBlock => ({
  id: 'b',
  kind: 'turn',
  speaker: 'p',
  words: 'words',
  by: 'Maya',
  at: '',
  isChanged: false,
  stoodIn,
  ...over,
})
const nowhere = { chapter: null, after: null }

test('a removed block is named by its kind and its speaker', () => {
  expect(whatWasRemoved(block(nowhere), nameOf)).toBe('Pell’s turn')
  expect(whatWasRemoved(block(nowhere, { speaker: null }), nameOf)).toBe('a turn')
  expect(whatWasRemoved(block(nowhere, { kind: 'chapter' }), nameOf)).toBe('a chapter')
})

test('where a block stood is told by the chapter and what it followed', () => {
  const after = { speaker: 'p', words: 'One mark.' }
  expect(whereItStood(block(nowhere), nameOf)).toBe('at the beginning')
  expect(whereItStood(block({ chapter: 'The lamp', after: null }), nameOf)).toBe('at the beginning of “The lamp”')
  expect(whereItStood(block({ chapter: '', after: null }), nameOf)).toBe('at the beginning of “Untitled”')
  expect(whereItStood(block({ chapter: 'The lamp', after }), nameOf)).toBe('in “The lamp”, after Pell: “One mark.”')
  expect(whereItStood(block({ chapter: null, after: { ...after, speaker: null } }), nameOf)).toBe('after “One mark.”')
  expect(whereItStood(block({ chapter: null, after: { ...after, words: ' ' } }), nameOf)).toBe('after Pell')
  expect(whereItStood(block({ chapter: null, after: { speaker: null, words: '' } }), nameOf)).toBe('after an empty one')
})

test('long words are cut between two of them, and one that fills the line inside it', () => {
  expect(shortened('  one\n two ')).toBe('one two')
  expect(shortened('aaaa bbbb cccc', 10)).toBe('aaaa bbbb …')
  expect(shortened('a'.repeat(30), 10)).toBe(`${'a'.repeat(5)} …`)
})

test('how long ago is told in the largest unit that fits', () => {
  const now = new Date('2026-03-02T12:00:00Z')
  const ago = (at: string) => timeAgo(new Date(at), now)
  expect(ago('2026-03-02T11:59:30Z')).toBe('just now')
  expect(ago('2026-03-02T12:04:00Z')).toBe('just now')
  expect(ago('2026-03-02T11:58:59Z')).toBe('1 minute ago')
  expect(ago('2026-03-02T09:00:00Z')).toBe('3 hours ago')
  expect(ago('2026-03-01T11:00:00Z')).toBe('yesterday')
})
