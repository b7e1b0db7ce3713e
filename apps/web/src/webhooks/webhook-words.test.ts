import type { Delivery } from '@stet/schema/contract/webhooks'
import { expect, test } from 'vitest'
import { deliveryWords, refusalWords } from './webhook-words.ts'

const delivery = (facts: Partial<Delivery>): Delivery => ({
  message: `msg_${'a'.repeat(22)}`,
  type: 'dispatch.published',
  title: 'Tides',
  at: '2026-01-31T10:00:00.000Z',
  state: 'waiting',
  attempts: 0,
  triedAt: null,
  answer: null,
  nextAt: null,
  ...facts,
})
const words = (facts: Partial<Delivery>) => deliveryWords(delivery(facts), () => '10:05')

test('J5: what became of a message is said in words, with what was answered and when it is tried next', () => {
  expect(words({})).toBe('Waits to be sent')
  expect(words({ attempts: 1, answer: 'HTTP 500', nextAt: '2026-01-31T10:05:00.000Z' })).toBe(
    'Not taken (HTTP 500), tried once; next at 10:05',
  )
  expect(words({ state: 'delivered', attempts: 2, answer: 'HTTP 204' })).toBe('Taken (HTTP 204)')
  expect(words({ state: 'failed', attempts: 10, answer: 'no answer within 5 s' })).toBe(
    'Given up after it was tried 10 times: no answer within 5 s',
  )
  expect(words({ state: 'failed' })).toBe('Not sent')
})

test('a refusal names the field and the fix', () => {
  const problem = { type: 'about:blank', title: 'Some fields are not as they should be', status: 422 }
  expect(refusalWords({ ok: false, fault: 'refused', problem })).toBe('Some fields are not as they should be.')
  const problems = [{ path: ['url'], message: 'give an address' }]
  expect(refusalWords({ ok: false, fault: 'refused', problem: { ...problem, problems } })).toBe('url: give an address')
})
