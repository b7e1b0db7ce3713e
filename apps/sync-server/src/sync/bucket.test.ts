import { expect, test } from 'vitest'
import { createManualClock } from '../manual-clock.ts'
import { createBucket } from './bucket.ts'

const rate = { messages: 100, burst: 300, bytes: 1_000, burstBytes: 5_000 }

test('G3: a burst passes at once, and from then on as many a second as the rate says', () => {
  const clock = createManualClock()
  const bucket = createBucket(rate, clock)
  for (let nth = 0; nth < 300; nth++) {
    expect(bucket.wait(1)).toBe(0)
    bucket.take(1)
  }
  expect(bucket.wait(1)).toBe(10)
  clock.advance(10)
  expect(bucket.wait(1)).toBe(0)
  bucket.take(1)
  expect(bucket.wait(1)).toBe(10)
  clock.advance(60_000)
  expect(bucket.fullness()).toBe(1)
})

test('G3: bytes are counted too, and a large message waits for its bytes and no longer', () => {
  const clock = createManualClock()
  const bucket = createBucket(rate, clock)
  bucket.take(4_500)
  expect(bucket.wait(1_500)).toBe(1_000)
  clock.advance(999)
  expect(bucket.wait(1_500)).toBe(1)
  clock.advance(1)
  expect(bucket.wait(1_500)).toBe(0)
})
