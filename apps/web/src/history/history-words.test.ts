import type { NamedMoment, Session } from '@stet/schema/contract/history'
import type { Block } from '@stet/schema/snapshot'
import { diffWords, type Stretch, wordSegmenter, wordsOf } from '@stet/schema/word-diff'
import { expect, test } from 'vitest'
import { besideWords, blockName, dayOf, daysOf, fieldText, howMuch, momentOf, namesOf, sinceOf, whenOf } from './history-words.ts'
import { legible } from './legible.ts'

/** Local time, as the reader's clock says it. */
const at = (day: number, hour = 12, minute = 0) => new Date(2026, 2, day, hour, minute).toISOString()
const now = new Date(2026, 2, 10, 9, 30)
const ada = { id: 'ada', name: 'Ada' }
const session = (over: Partial<Session>): Session => ({
  from: 1,
  to: 1,
  begunAt: at(10),
  endedAt: at(10),
  author: ada,
  written: 0,
  erased: 0,
  ...over,
})
const moment = (seq: number): NamedMoment => ({ id: `m${seq}`, seq, at: at(10), name: 'n', by: ada, namedAt: at(10) })

test('H4: days and times are told as one says them', () => {
  expect(dayOf(at(10, 0, 1), now)).toBe('Today')
  expect(dayOf(at(9, 23, 59), now)).toBe('Yesterday')
  expect(dayOf(at(2), now)).toBe('Monday 2 March')
  expect(dayOf(new Date(2025, 11, 31).toISOString(), now)).toBe('Wednesday 31 December 2025')
  expect(whenOf({ begunAt: at(10, 14, 2), endedAt: at(10, 14, 31) })).toBe('14:02 to 14:31')
  expect(whenOf({ begunAt: at(10, 14, 2), endedAt: at(10, 14, 2) })).toBe('14:02')
  expect(momentOf(at(9, 8), now)).toBe('yesterday at 08:00')
  expect([at(10, 8), at(9, 8), at(2, 8)].map((moment) => sinceOf(moment, now))).toEqual([
    '08:00',
    'yesterday at 08:00',
    'Monday 2 March at 08:00',
  ])
  expect(momentOf(at(2, 8), now)).toBe('on Monday 2 March at 08:00')
})

test('H4: how much was written and erased is told in characters', () => {
  expect(howMuch({ written: 1_204, erased: 87 })).toBe('1,204 characters written, 87 erased')
  expect(howMuch({ written: 1, erased: 0 })).toBe('1 character written')
  expect(howMuch({ written: 0, erased: 1 })).toBe('1 character erased')
  expect(howMuch({ written: 0, erased: 0 })).toBe('nothing written')
})

test('H4: authors are named once, and who is not known any more is somebody', () => {
  expect(namesOf([ada, { id: 'bo', name: 'Bo' }, ada])).toBe('Ada and Bo')
  expect(namesOf([{ id: 'x', name: null }])).toBe('Somebody')
})

test('H4: sessions are grouped by day, newest first, a named moment above the session it ended; older moments wait', () => {
  const sessions = [session({ from: 8, to: 9 }), session({ from: 3, to: 7, endedAt: at(9) })]
  const days = daysOf(sessions, [moment(7), moment(2)], 7, now)
  expect(days.map(({ name, entries }) => [name, entries.map(({ key }) => key)])).toEqual([
    ['Today', ['session 9', 'moment m7']],
    ['Yesterday', ['session 7']],
  ])
  expect(daysOf(sessions, [moment(2)], null, now).flatMap(({ entries }) => entries)).toHaveLength(3)
})

test('H4: what happened to a turn beside its words is told', () => {
  const turn: Block = { kind: 'turn', id: 't', speaker: 'p', start: null, content: [{ type: 'text', text: 'one' }] }
  const speakerOf = (id: string | null) => (id === 'p' ? 'Pell' : '')
  const between = (after: Block, moved = false) => besideWords({ before: turn, after, moved }, speakerOf)
  expect(blockName(turn, speakerOf)).toBe('Pell’s turn')
  expect(between({ ...turn, speaker: null, start: 65 }, true)).toEqual(['moved', 'given to nobody', 'starts at 1:05'])
  expect(between({ kind: 'chapter', id: 't', start: null, content: turn.content })).toEqual(['made a chapter'])
  expect(between({ ...turn, content: [{ type: 'text', text: 'one', marks: { em: true } }] })).toEqual([
    'marks or citations changed',
  ])
  expect(between({ ...turn, content: [{ type: 'text', text: 'two' }] })).toEqual([])
})

test('H4: a field of several parts reads as text', () => {
  expect(fieldText('topics', ['a', 'b'])).toBe('a\nb')
  expect(fieldText('speakers', [{ id: 'p', name: 'Pell', color: 1 }])).toBe('Pell')
  expect(fieldText('quote', { text: 'One.', name: 'Pell', role: '' })).toBe('One., Pell')
  expect(fieldText('targetSeconds', 90)).toBe('1:30')
  expect(fieldText('byline', null)).toBe('')
})

test('H4: changes with nothing but a space or a sign between them read as one', () => {
  const segmenter = wordSegmenter('en')
  const told = (before: string, after: string) =>
    legible(diffWords(wordsOf([before], segmenter), wordsOf([after], segmenter))).map(
      ({ is, words }: Stretch) => `${is}: ${words.map(({ text }) => text).join('')}`,
    )
  expect(told('the old lamp is out', 'the new light is out')).toEqual([
    'kept: the ',
    'erased: old lamp',
    'inserted: new light',
    'kept:  is out',
  ])
  expect(told('one two.', 'one three.')).toEqual(['kept: one ', 'erased: two', 'inserted: three', 'kept: .'])
})
