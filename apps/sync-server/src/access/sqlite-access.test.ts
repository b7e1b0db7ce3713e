import type { HumanRole } from '@stet/schema/contract/people'
import { expect, test } from 'vitest'
import { openDeskDatabase } from '../desk-database.ts'
import { createManualClock } from '../manual-clock.ts'
import type { Access } from './access.ts'
import { sessionCookie } from './cookie.ts'
import { isSameOrigin } from './same-origin.ts'
import { createSqliteAccess } from './sqlite-access.ts'

const DAY = 24 * 60 * 60 * 1000
const fresh = () => {
  const clock = createManualClock()
  const db = openDeskDatabase(':memory:')
  return { clock, db, access: createSqliteAccess(db, clock) }
}
const invite = async (access: Access, role: HumanRole, { uses = 1, days = 7 } = {}) =>
  (await access.invitations.create({ role, uses, days, madeBy: 'the test' })).code
const withCookie = (secret: string) => ({ cookie: `a=b; stet_session=${secret}; c=d`, authorization: null })
const withToken = (token: string) => ({ cookie: null, authorization: `Bearer ${token}` })

test('V6: a link signs one person in once', async () => {
  const { access } = fresh()
  const code = await invite(access, 'editor')
  const first = await access.invitations.accept(code, 'Ada', 'a browser')
  expect(first).toMatchObject({ ok: true, session: { person: { name: 'Ada', role: 'editor' } } })
  expect(await access.invitations.accept(code, 'Mallory', 'a browser')).toEqual({ ok: false, fault: 'used' })
  expect(first.ok && (await access.identify(withCookie(first.session.secret)))).toMatchObject({
    person: { name: 'Ada' },
    via: 'cookie',
  })
})

test('V6: a link is void after 7 days, a session after 30', async () => {
  const { access, clock } = fresh()
  const late = await invite(access, 'owner')
  const kept = await access.invitations.accept(await invite(access, 'owner'), 'Ada', 'a browser')
  clock.advance(7 * DAY)
  expect(await access.invitations.accept(late, 'Ada', 'a browser')).toEqual({ ok: false, fault: 'expired' })
  if (!kept.ok) throw new Error(kept.fault)
  expect(await access.identify(withCookie(kept.session.secret))).not.toBeNull()
  clock.advance(23 * DAY)
  expect(await access.identify(withCookie(kept.session.secret))).toBeNull()
})

test('a token speaks until it expires or is revoked, and a bad token is not saved by a good cookie', async () => {
  const { access, clock } = fresh()
  const { token } = await access.tokens.create({ scopes: ['publish'], name: 'export', days: 2 })
  const identity = await access.identify(withToken(token))
  expect(identity).toMatchObject({ person: { name: 'export', role: 'bot', scopes: ['publish'] }, via: 'token' })
  const session = await access.invitations.accept(await invite(access, 'owner'), 'Ada', 'a browser')
  if (!session.ok) throw new Error(session.fault)
  expect(await access.identify({ ...withCookie(session.session.secret), authorization: 'Bearer stet_nonsense' })).toBeNull()
  clock.advance(2 * DAY)
  expect(await access.identify(withToken(token))).toBeNull()
  const other = await access.tokens.create({ scopes: ['publish'], name: 'other', days: 2 })
  await access.revoke((await access.identify(withToken(other.token)))?.key ?? '')
  expect(await access.identify(withToken(other.token))).toBeNull()
})

test('V6: no secret is stored', async () => {
  const { access, db } = fresh()
  const code = await invite(access, 'owner')
  const session = await access.invitations.accept(code, 'Ada', 'a browser')
  const { token } = await access.tokens.create({ scopes: ['publish'], name: 'export', days: 2 })
  const stored = JSON.stringify(
    ['sessions', 'links', 'tokens', 'people'].map((table) => db.prepare(`SELECT * FROM ${table}`).all()),
  )
  for (const secret of [code, token, session.ok ? session.session.secret : '']) expect(stored).not.toContain(secret)
})

test('an owner exists once one has signed in', async () => {
  const { access } = fresh()
  const code = await invite(access, 'owner')
  expect(await access.hasOwner()).toBe(false)
  await access.invitations.accept(code, 'Ada', 'a browser')
  expect(await access.hasOwner()).toBe(true)
})

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
