import type { NamedMoment, Session } from '@stet/schema/contract/history'
import { expect, test } from 'vitest'
import { dayOf, daysOf, howMuch, momentOf, namesOf, sinceOf, whenOf } from './history-words.ts'

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
