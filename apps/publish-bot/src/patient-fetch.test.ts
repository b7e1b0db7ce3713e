import { expect, test } from 'vitest'
import { patientFetch } from './patient-fetch.ts'

const answering = (...answers: (() => Response)[]) => {
  const asked: unknown[][] = []
  const waited: number[] = []
  const ask = patientFetch({
    fetch: async (...request) => {
      asked.push(request)
      return (answers[Math.min(asked.length, answers.length) - 1] as () => Response)()
    },
    pause: async (milliseconds) => void waited.push(milliseconds),
    onWait: () => {},
  })
  return { ask, asked, waited }
}
const tooMany = (after?: string) => () =>
  new Response('', { status: 429, headers: after === undefined ? {} : { 'retry-after': after } })
const whole = () => new Response('whole')

test('X7: a server that is asked too often is asked the same again when it says', async () => {
  const { ask, asked, waited } = answering(tooMany('3'), tooMany('1'), whole)
  const answer = await ask('http://show.example/api', { method: 'POST', body: 'twice' })
  expect([await answer.text(), waited]).toEqual(['whole', [3_000, 1_000]])
  expect(asked).toEqual(Array.from({ length: 3 }, () => ['http://show.example/api', { method: 'POST', body: 'twice' }]))
})

test.each([
  ['without saying when', undefined],
  ['for a day', '86400'],
  ['in words', 'tomorrow'],
])('X7: one that refuses %s is believed at once', async (_, after) => {
  const { ask, waited } = answering(tooMany(after), whole)
  expect([(await ask('http://show.example/')).status, waited]).toEqual([429, []])
})

test('X7: nobody is asked for ever', async () => {
  const { ask, asked } = answering(tooMany('0'))
  expect((await ask('http://show.example/')).status).toBe(429)
  expect(asked).toHaveLength(11)
})
