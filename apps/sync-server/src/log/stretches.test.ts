import { expect, test } from 'vitest'
import { stretchesOf } from './stretches.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 0, 31, 12)
const entries = (...facts: [minute: number, author: string][]) =>
  facts.map(([minute, author], index) => ({ seq: index + 1, at: START + minute * MINUTE, author, length: 10 }))

test('V20: what follows one another by one author within one window of five minutes is one stretch', () => {
  const stretches = stretchesOf(
    entries([0, 'ada'], [1, 'ada'], [4.9, 'ada'], [5, 'ada'], [5.1, 'bob'], [5.2, 'ada'], [60, 'ada']),
  )
  expect(stretches.map(({ from, to, author, bytes }) => [from, to, author, bytes])).toEqual([
    [1, 3, 'ada', 30],
    [4, 4, 'ada', 10],
    [5, 5, 'bob', 10],
    [6, 6, 'ada', 10],
    [7, 7, 'ada', 10],
  ])
  expect(stretches[0]).toMatchObject({ begunAt: START, at: START + 4.9 * MINUTE })
})
