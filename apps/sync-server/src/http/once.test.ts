import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDeskDatabase } from '../desk-database.ts'
import { createManualClock } from '../manual-clock.ts'
import { KEPT_FOR, MOST_KEPT } from './kept-answers.ts'
import { createOnce, readKey } from './once.ts'
import { createSqliteKeptAnswers } from './sqlite-kept-answers.ts'

const setUp = () => {
  const clock = createManualClock()
  const kept = createSqliteKeptAnswers(openDeskDatabase(':memory:'))
  const once = createOnce(kept, clock)
  let done = 0
  const ask = (key: string, make: () => Response | Promise<Response>, credential = 'token') =>
    once({ key, caller: 'token:1', credential, request: ['POST', '/x', null] }, async () => {
      done += 1
      return make()
    })
  return { clock, kept, ask, done: () => done }
}

test('Q2: a key is a string of RFC 9651, whatever it holds', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~]{1,255}$/), (text) => {
      expect(readKey(`"${text.replace(/["\\]/g, '\\$&')}"`)).toBe(text)
      expect(readKey(`x${text}`)).toBeNull()
    }),
  )
})

test('Q1: an answer is kept for a day, status, headers and all; one of 204 has no body', async () => {
  const { clock, ask, done } = setUp()
  const make = () => new Response('{"a":1}', { status: 201, headers: { 'content-type': 'application/json', 'x-own': 'yes' } })
  await ask('a', make)
  clock.advance(KEPT_FOR - 1)
  const again = await ask('a', make)
  expect([again.status, await again.text(), again.headers.get('x-own'), done()]).toEqual([201, '{"a":1}', 'yes', 1])
  clock.advance(1)
  await ask('a', make)
  expect(done()).toBe(2)
  await ask('b', () => new Response(null, { status: 204 }))
  expect([(await ask('b', make)).status, done()]).toEqual([204, 3])
})

test('Q1: what failed at the server is done again', async () => {
  const { ask, done } = setUp()
  await ask('a', () => new Response('', { status: 503 }))
  await expect(ask('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect((await ask('a', () => new Response('', { status: 200 }))).status).toBe(200)
  expect(done()).toBe(3)
})

test('Q3: nobody else can read what is kept, and it is no more than there is room for', async () => {
  const { clock, kept, ask } = setUp()
  await ask('first', () => new Response('a secret'))
  await expect(ask('first', () => new Response(), 'another token')).rejects.toThrow()
  for (let more = 0; more < MOST_KEPT; more++)
    kept.keep(`id-${more}`, { fingerprint: 'f', sealed: Uint8Array.of(more & 255) }, clock.now())
  expect(kept.find('id-0', clock.now())).not.toBeNull()
  kept.keep('one-more', { fingerprint: 'f', sealed: Uint8Array.of(1) }, clock.now())
  expect([kept.find('id-0', clock.now()), kept.find('id-1', clock.now())?.fingerprint]).toEqual([null, 'f'])
})
