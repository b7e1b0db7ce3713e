import { expect, test } from 'vitest'
import { begunCookie, begunWordsIn, signInOf, wordsOf } from './begun-sign-in.ts'

const signIn = {
  begun: { state: 's', nonce: 'n', verifier: 'v' },
  purpose: { kind: 'first', code: 'c0de', name: 'Zoë' },
} as const

test('K33: a sign-in that is under way is held by the browser, for this host alone where there is https', () => {
  const words = wordsOf(signIn)
  expect(signInOf(words)).toEqual(signIn)
  const secure = begunCookie('https://show.example', words)
  expect(secure).toBe(`__Host-stet_begun=${words}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure`)
  expect(begunWordsIn(`a=b; ${secure}`, 'https://show.example')).toBe(words)
  // Which another host of the same site could have set.
  expect(begunWordsIn(`stet_begun=${words}`, 'https://show.example')).toBeNull()
  expect(begunWordsIn(`stet_begun=${words}`, 'http://localhost:4400')).toBe(words)
})

test.each(['', 'no words of ours', wordsOf(signIn).slice(1), Buffer.from('{"purpose":{}}').toString('base64url')])(
  'K33: "%s" is no sign-in of ours',
  (words) => {
    expect(signInOf(words)).toBeNull()
  },
)
