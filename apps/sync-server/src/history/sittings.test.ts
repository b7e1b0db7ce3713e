import { expect, test } from 'vitest'
import { type Counted, sessionsOf } from './sittings.ts'

const MINUTE = 60_000
const entry = (seq: number, author: string, minute: number): Counted => ({
  seq,
  at: minute * MINUTE,
  author,
  written: 1,
  erased: 2,
})
const told = (entries: readonly Counted[]) =>
  sessionsOf(entries).map(({ author, from, to, written }) => `${author} ${from}-${to} ${written}`)

test('Y1: two who write at once have one session each', () => {
  const alternating = Array.from({ length: 600 }, (_, nth) => entry(nth + 1, nth % 2 ? 'bob' : 'ada', nth / 60))
  expect(told(alternating)).toEqual(['bob 2-600 300', 'ada 1-599 300'])
})

test('Y1: a pause of five minutes ends a session, whoever writes meanwhile', () => {
  expect(told([entry(1, 'ada', 0), entry(2, 'ada', 4.9), entry(3, 'bob', 6), entry(4, 'ada', 9.9)])).toEqual([
    'ada 4-4 1',
    'bob 3-3 1',
    'ada 1-2 2',
  ])
})

test('Y1: a session lasts an hour at most', () => {
  const long = Array.from({ length: 130 }, (_, nth) => entry(nth + 1, 'ada', nth))
  expect(told(long)).toEqual(['ada 123-130 8', 'ada 62-122 61', 'ada 1-61 61'])
})

test('Y1: what a session wrote and erased is the sum of its entries, from the first to the last', () => {
  expect(sessionsOf([entry(1, 'ada', 0), entry(7, 'ada', 3)])).toEqual([
    { from: 1, to: 7, begunAt: 0, at: 3 * MINUTE, author: 'ada', written: 2, erased: 4 },
  ])
})
