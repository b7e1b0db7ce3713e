import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOpenIdProvider } from '../../apps/sync-server/src/access/openid-provider.ts'
import { createManualClock } from '../../apps/sync-server/src/manual-clock.ts'
import { createOutside, type Outside, type OutsideOutcome } from '../../apps/sync-server/src/outside/outside.ts'
import { createSoftBrowser } from './soft-browser.ts'
import { startSoftProvider } from './soft-provider.ts'

const HERE = 'http://localhost:4400/api/session/provider/callback'
const DISCOVERY = '/.well-known/openid-configuration'

let soft: Awaited<ReturnType<typeof startSoftProvider>>
let outside: Outside
beforeAll(async () => {
  soft = await startSoftProvider()
  soft.allow(HERE)
  outside = createOutside({ neighbours: [soft.neighbour] })
})
afterAll(() => soft.stop())

type Json = Record<string, unknown>
const changed = (answer: OutsideOutcome, change: (said: Json) => Json): OutsideOutcome =>
  answer.ok ? { ...answer, body: Buffer.from(JSON.stringify(change(JSON.parse(Buffer.from(answer.body).toString())))) } : answer
/** The way out, on which what is answered at that path is changed. */
const changing =
  (path: string, change: (said: Json) => Json): Outside =>
  async (url, call) => {
    const answer = await outside(url, call)
    return new URL(url).pathname === path ? changed(answer, change) : answer
  }
const open = (by: Outside, clock = createManualClock()) =>
  createOpenIdProvider(soft.settings, { outside: by, clock, redirectUri: () => HERE })
const roundTrip = async (by: Outside) => {
  const provider = open(by)
  const begun = await provider.begin()
  if (!begun.ok) throw new Error(begun.message)
  return provider.end(new URL(await createSoftBrowser().followUpTo(begun.url, HERE)), begun.begun)
}
const claimsIn = (token: unknown): Json => JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString())
const sayingOf = (change: Json) => (said: Json) => ({
  ...said,
  id_token: soft.signed({ ...claimsIn(said['id_token']), ...change }),
})

test('K33: who comes back is known by issuer and subject, which the provider has signed', async () => {
  soft.is('ada')
  expect(await roundTrip(outside)).toEqual({ ok: true, identity: { issuer: soft.settings.issuer, subject: 'ada' } })
  // So it is what is changed below that is not believed, not the changing.
  expect(await roundTrip(changing('/token', sayingOf({ sub: 'bo' })))).toMatchObject({ ok: true, identity: { subject: 'bo' } })
})

test.each([
  ['is for another client', sayingOf({ aud: 'another' })],
  ['is for several clients, and for another first', sayingOf({ aud: ['another', 'stet'], azp: 'another' })],
  ['is of another issuer', sayingOf({ iss: 'https://evil.example' })],
  ['has ended', sayingOf({ exp: 1 })],
  ['has no nonce', sayingOf({ nonce: undefined })],
  ['says nobody', sayingOf({ sub: undefined })],
  ['has a subject without an end', sayingOf({ sub: 'a'.repeat(256) })],
  [
    'was changed after it was signed',
    (said: Json) => {
      const [head, , signature] = String(said['id_token']).split('.')
      const payload = Buffer.from(JSON.stringify({ ...claimsIn(said['id_token']), sub: 'bo' })).toString('base64url')
      return { ...said, id_token: [head, payload, signature].join('.') }
    },
  ],
  ['is missing', ({ id_token: _, ...said }: Json) => said],
])('K33: an identity token that %s is not believed', async (_, change) => {
  expect(await roundTrip(changing('/token', change))).toMatchObject({ ok: false, fault: 'failed' })
})

test('K33: a provider that says it is another one is not believed', async () => {
  const mixedUp = changing(DISCOVERY, (said) => ({ ...said, issuer: 'https://evil.example' }))
  expect(await open(mixedUp).begin()).toMatchObject({ ok: false, fault: 'unreachable' })
})

test('K35: the provider, and whatever address it names, is called by the guarded way out alone', async () => {
  const barred = open(createOutside({ neighbours: [] }))
  expect(await barred.begin()).toMatchObject({ ok: false, message: expect.stringMatching(/not of the public web/) })
  for (const [field, path] of [
    ['token_endpoint', '/token'],
    ['jwks_uri', '/jwks'],
  ] as const) {
    const inward = changing(DISCOVERY, (said) => ({ ...said, [field]: `http://127.0.0.2:${soft.neighbour.port}${path}` }))
    expect([field, await roundTrip(inward)]).toMatchObject([field, { ok: false, fault: 'unreachable' }])
  }
})

test('K35: it is asked what it is when somebody comes, by many at once, and not again for ten seconds; where it fails, for one', async () => {
  const clock = createManualClock()
  let isDown = false
  let asked = 0
  const provider = open(async (url, call) => {
    asked += 1
    return isDown ? { ok: false, fault: 'late', message: 'no answer' } : outside(url, call)
  }, clock)
  expect(asked).toBe(0)
  await Promise.all([provider.begin(), provider.begin()])
  clock.advance(9_999)
  expect((await provider.begin()).ok).toBe(true)
  expect(asked).toBe(1)
  isDown = true
  clock.advance(1)
  expect(await provider.begin()).toEqual({ ok: false, fault: 'unreachable', message: 'no answer' })
  isDown = false
  clock.advance(999)
  expect((await provider.begin()).ok).toBe(false)
  clock.advance(1)
  expect((await provider.begin()).ok).toBe(true)
  expect(asked).toBe(3)
})

test('K35: the client’s secret goes in the header, or in the body where the provider takes no other', async () => {
  const ways: (string | undefined)[] = []
  const watching =
    (by: Outside): Outside =>
    (url, call) => {
      if (url.endsWith('/token')) ways.push(call.headers?.['authorization'] === undefined ? 'body' : 'header')
      return by(url, call)
    }
  soft.is('ada')
  await roundTrip(watching(outside))
  await roundTrip(
    watching(changing(DISCOVERY, (said) => ({ ...said, token_endpoint_auth_methods_supported: ['client_secret_post'] }))),
  )
  expect(ways).toEqual(['header', 'body'])
})
