import { expect, test } from 'vitest'
import { dayOf } from './day-of.ts'

test('the day is that of the person, not of Greenwich', () => {
  expect(dayOf(new Date(2026, 0, 2, 0, 30))).toBe('2026-01-02')
})
