import { expect, test } from 'vitest'
import { createManualClock } from '../manual-clock.ts'
import { createRates } from './rates.ts'

test('Q5: who asks more than the quota is told when to come back, and others are not held up', () => {
  const clock = createManualClock()
  const rates = createRates(clock)
  const ask = (address = '192.0.2.1') => rates.take({ address })
  expect(ask().headers).toEqual({ 'ratelimit-policy': '"address";q=600;w=60', ratelimit: '"address";r=599;t=1' })
  for (let asked = 1; asked < 600; asked++) expect(ask().isOver).toBe(false)
  expect(ask()).toEqual({
    isOver: true,
    headers: { 'ratelimit-policy': '"address";q=600;w=60', ratelimit: '"address";r=0;t=60', 'retry-after': '1' },
  })
  expect([ask('192.0.2.2').isOver, rates.take({ caller: 'token:1' }).isOver]).toEqual([false, false])
  clock.advance(100)
  expect([ask().isOver, ask().isOver]).toEqual([false, true])
  clock.advance(3_600_000)
  expect(ask().headers['ratelimit']).toBe('"address";r=599;t=1')
})

test('Q5: a desk whose people share an address can have wider limits', () => {
  const rates = createRates(createManualClock(), 3)
  expect(rates.take({ caller: 'session:1' }).headers['ratelimit-policy']).toBe('"caller";q=18000;w=60')
})

test('Q5: however many addresses ask, few are remembered, and those who asked last', () => {
  const rates = createRates(createManualClock())
  for (let asked = 0; asked < 600; asked++) rates.take({ address: 'busy' })
  for (let other = 0; other < 5_000; other++) rates.take({ address: `other-${other}` })
  expect(rates.take({ address: 'busy' }).isOver).toBe(true)
  for (let other = 0; other < 9_998; other++) rates.take({ address: `later-${other}` })
  expect(rates.take({ address: 'busy' }).isOver).toBe(true)
  for (let other = 0; other < 10_000; other++) rates.take({ address: `more-${other}` })
  expect(rates.take({ address: 'busy' }).isOver).toBe(false)
})
