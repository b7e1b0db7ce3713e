import { expect, test } from 'vitest'
import { sessionCookie } from './cookie.ts'
import { isSameOrigin } from './same-origin.ts'

test('the cookie is for https alone where the site is', () => {
  expect(sessionCookie('https://show.example', 'x', 60)).toBe(
    '__Host-stet_session=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure',
  )
  expect(sessionCookie('http://localhost:4400', 'x', 60)).toBe('stet_session=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax')
})

test.each([
  ['https://show.example', 'inner:4400', 'same-origin', true],
  ['http://desk.lan:4400', 'desk.lan:4400', null, true],
  ['https://evil.example', 'desk.lan:4400', null, false],
  ['https://show.example.evil.example', 'desk.lan:4400', null, false],
  ['null', 'desk.lan:4400', null, false],
  ['https://show.example', 'desk.lan:4400', 'cross-site', false],
  [null, 'desk.lan:4400', null, false],
])('origin %s at host %s (%s) counts as ours: %s', (origin, host, fetchSite, ours) => {
  expect(isSameOrigin({ origin, host, fetchSite }, 'https://show.example', true)).toBe(ours)
})
