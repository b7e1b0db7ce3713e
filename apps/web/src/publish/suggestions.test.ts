import { newDispatchId } from '@stet/schema/ids'
import { expect, test } from 'vitest'
import { dayOf, suggestionsFor } from './suggestions.ts'

const id = newDispatchId()
const shelf = [
  { id: newDispatchId(), number: 7 },
  { id: newDispatchId(), number: null },
  { id, number: 12 },
]

test('a dispatch without a number gets the one after the highest of the others', () => {
  expect(suggestionsFor({ id, kind: 'dispatch', number: null, date: null }, shelf, '2026-01-31')).toEqual({
    number: 8,
    date: '2026-01-31',
  })
})

test('what is set stays, and essays need neither', () => {
  expect(suggestionsFor({ id, kind: 'dispatch', number: 3, date: '2025-05-05' }, shelf, '2026-01-31')).toEqual({
    number: null,
    date: null,
  })
  expect(suggestionsFor({ id, kind: 'essay', number: null, date: null }, shelf, '2026-01-31')).toEqual({
    number: null,
    date: null,
  })
})

test('the day is that of the person, not of Greenwich', () => {
  expect(dayOf(new Date(2026, 0, 2, 0, 30))).toBe('2026-01-02')
})
