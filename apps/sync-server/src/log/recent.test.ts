import { expect, test } from 'vitest'
import { createRecent } from './recent.ts'

test('what is asked for stays, what is not is dropped, and never more than twice the size is kept', () => {
  const recent = createRecent<number, number>(10)
  recent.set(-1, -1)
  recent.set(-2, -2)
  for (let key = 0; key < 100; key++) {
    recent.set(key, key)
    expect(recent.get(-1)).toBe(-1)
    expect(recent.get(key)).toBe(key)
  }
  expect(recent.get(-2)).toBe(undefined)
  expect(
    Array.from({ length: 102 }, (_, index) => recent.get(index - 2)).filter((value) => value !== undefined).length,
  ).toBeLessThan(21)
  recent.drop(-1)
  expect(recent.get(-1)).toBe(undefined)
})
