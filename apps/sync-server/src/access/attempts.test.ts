import { expect, test } from 'vitest'
import { createManualClock } from '../manual-clock.ts'
import { createAttempts } from './attempts.ts'

const MINUTE = 60_000

test('K5: ten failures hold an account back, from wherever, for a quarter of an hour', () => {
  const clock = createManualClock()
  const attempts = createAttempts(clock)
  for (let nth = 0; nth < 10; nth += 1) expect(attempts.begin({ address: `${nth}`, account: 'ada' })).toBe(0)
  clock.advance(5 * MINUTE)
  expect(attempts.begin({ address: 'another', account: 'ada' })).toBe(10 * MINUTE)
  expect(attempts.begin({ address: 'another', account: 'bo' })).toBe(0)
  clock.advance(10 * MINUTE)
  expect(attempts.begin({ address: 'another', account: 'ada' })).toBe(0)
})

test('K5: forty failures hold an address back, whatever names it tries; who succeeds has not failed', () => {
  const attempts = createAttempts(createManualClock())
  for (let nth = 0; nth < 200; nth += 1) {
    const trying = { address: 'a', account: `honest ${nth}` }
    expect(attempts.begin(trying)).toBe(0)
    attempts.succeeded(trying)
  }
  for (let nth = 0; nth < 40; nth += 1) expect(attempts.begin({ address: 'a', account: `${nth}` })).toBe(0)
  expect(attempts.begin({ address: 'a', account: 'new' })).toBeGreaterThan(0)
  expect(attempts.begin({ address: 'b', account: 'new' })).toBe(0)
})
