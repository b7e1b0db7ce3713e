import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createManualClock } from '../../apps/sync-server/src/manual-clock.ts'
import { personOf, startTestServer, type TestServer } from '../../apps/sync-server/src/test-server.ts'
import { createSoftBrowser } from './soft-browser.ts'
import { startSoftProvider } from './soft-provider.ts'

type Browser = ReturnType<typeof createSoftBrowser>

let provider: Awaited<ReturnType<typeof startSoftProvider>>
let server: TestServer
const clock = createManualClock()
/** As it is called by those who come, and as the provider knows it. */
const deskOf = ({ url }: TestServer) => url.replace('127.0.0.1', 'localhost')
const desk = () => deskOf(server)
const callback = () => `${desk()}/api/session/provider/callback`
beforeAll(async () => {
  provider = await startSoftProvider()
  server = await startTestServer({ oidc: provider.settings, neighbours: [provider.neighbour], clock })
  provider.allow(callback())
})
afterAll(async () => {
  await server.stop()
  await provider.stop()
})
/** Each test comes from an address that has not failed yet. */
beforeEach(() => clock.advance(15 * 60_000))

const begin = (browser: Browser, body: unknown = {}) => browser.ask(`${desk()}/api/session/provider`, { method: 'POST', body })
const beginJoining = (browser: Browser) => browser.ask(`${desk()}/api/account/identities`, { method: 'POST' })
/** As whom it is signed in at the provider, which sends it back. */
const backFrom = (browser: Browser, url: string) => browser.followUpTo(url, callback())
const come = async (browser: Browser, who: string | null, body: unknown = {}) => {
  provider.is(who)
  const { json } = await begin(browser, body)
  return browser.ask(await backFrom(browser, json.url))
}
const invitation = async (name: string, role: 'editor' | 'owner' = 'editor') => {
  const { code } = await server.access.invitations.create({ role, uses: 1, days: 7, madeBy: 'the test' })
  return { code, name }
}
const comeFirst = async (who: string, name = who) => {
  const browser = createSoftBrowser()
  const invited = await invitation(name)
  expect((await come(browser, who, { invitation: invited })).location).toBe(`${desk()}/desk/`)
  return browser
}
const personIn = async (browser: Browser) => (await browser.ask(`${desk()}/api/session`)).json.person ?? null
const refusedWith = (fault: string, page = 'sign-in') => `${desk()}/desk/${page}?${new URLSearchParams({ refused: fault })}`
const audit = async (after: number) =>
  (await server.request('GET', `/api/audit?after=${after}`, { role: 'owner' })).json.entries.map(
    ({ byName, act, about }: Record<string, string>) => [byName, act, about],
  )
const newestAudit = async () => (await server.request('GET', '/api/audit', { role: 'owner' })).json.newest
const people = () => server.readDesk(['people', 'identities'])

test('K31: who comes by an invitation and the provider is made a person, and comes back by the provider alone', async () => {
  const before = await newestAudit()
  const first = await comeFirst('ada', 'Ada Vale')
  const person = await personIn(first)
  expect(person).toMatchObject({ name: 'Ada Vale', role: 'editor' })
  const again = createSoftBrowser()
  const came = await come(again, 'ada', { return: '/desk/dispatches/x?y=1' })
  expect([came.status, came.location]).toEqual([303, `${desk()}/desk/dispatches/x?y=1`])
  expect(await personIn(again)).toEqual(person)
  expect(came.headers.getSetCookie()).toEqual([
    'stet_begun=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
    expect.stringMatching(/^stet_session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/),
  ])
  expect(await audit(before)).toEqual([
    ['Ada Vale', 'came by invitation', 'Ada Vale'],
    ['Ada Vale', 'joined identity', 'at Harbour Accounts'],
    ['Ada Vale', 'signed in', 'Ada Vale'],
  ])
})

test('K31: the first owner may come so; an invitation is used up by one, and one that is used up makes nobody', async () => {
  const invited = await invitation('Who runs it', 'owner')
  const owner = createSoftBrowser()
  await come(owner, 'the-owner', { invitation: invited })
  expect(await personIn(owner)).toMatchObject({ name: 'Who runs it', role: 'owner' })
  const before = people()
  const late = await come(createSoftBrowser(), 'somebody-else', { invitation: invited })
  expect(late.location).toBe(`${refusedWith('invitation')}#${invited.code}`)
  expect(people()).toBe(before)
})

test('K31: an identity that is somebody’s makes nobody else by an invitation, which stays good', async () => {
  await comeFirst('bo')
  const invited = await invitation('Bo again')
  const before = people()
  const refused = await come(createSoftBrowser(), 'bo', { invitation: invited })
  expect(refused.location).toBe(`${refusedWith('taken')}#${invited.code}`)
  expect(people()).toBe(before)
  expect((await come(createSoftBrowser(), 'bo-s-sister', { invitation: invited })).location).toBe(`${desk()}/desk/`)
})

test('K32: an identity that nobody has joined is nobody’s, whatever the provider says of it; nothing is made', async () => {
  const before = [people(), await newestAudit()]
  const browser = createSoftBrowser()
  expect((await come(browser, 'a-stranger')).location).toBe(refusedWith('unknown'))
  expect(await personIn(browser)).toBeNull()
  expect(people()).toBe(before[0])
  expect(await audit(Number(before[1]))).toEqual([[null, 'failed to sign in', 'by OpenID Connect']])
})

test('K32: who was removed stays out, and comes anew by an invitation alone', async () => {
  const browser = await comeFirst('cy')
  const { id } = await personIn(browser)
  expect((await server.request('DELETE', `/api/people/${id}`, { role: 'owner' })).status).toBe(204)
  expect(await personIn(browser)).toBeNull()
  expect((await come(createSoftBrowser(), 'cy')).location).toBe(refusedWith('unknown'))
  expect((await personIn(await comeFirst('cy'))).id).not.toBe(id)
})

test('K12, K34: who is signed in joins an identity and removes it again, but not the last way in; that of somebody else stays theirs', async () => {
  const { secret, person } = await personOf(server.access, 'editor', 'Dee')
  const dee = createSoftBrowser()
  dee.setCookie(desk(), 'stet_session', secret)
  const list = async () => (await dee.ask(`${desk()}/api/account/identities`)).json.identities
  const join = async (who: string) => {
    provider.is(who)
    return dee.ask(await backFrom(dee, (await beginJoining(dee)).json.url))
  }
  const before = await newestAudit()
  const joined = await join('dee')
  expect([joined.location, joined.headers.getSetCookie()]).toEqual([
    `${desk()}/desk/account`,
    ['stet_begun=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax'],
  ])
  const [identity] = await list()
  expect(identity).toMatchObject({ provider: 'Harbour Accounts', usedAt: null })
  expect(await come(createSoftBrowser(), 'dee')).toMatchObject({ location: `${desk()}/desk/` })

  const elsewhere = createSoftBrowser()
  elsewhere.setCookie(desk(), 'stet_session', (await personOf(server.access, 'editor', 'Eve')).secret)
  provider.is('dee')
  const taken = await elsewhere.ask(await backFrom(elsewhere, (await beginJoining(elsewhere)).json.url))
  expect(taken.location).toBe(refusedWith('taken', 'account'))
  const remove = (browser: Browser) => browser.ask(`${desk()}/api/account/identities/${identity.id}`, { method: 'DELETE' })
  expect((await remove(elsewhere)).status).toBe(404)
  expect((await remove(dee)).status).toBe(409)
  const present = { signInName: 'Dee', password: 'the fourth lamp from here' }
  expect((await dee.ask(`${desk()}/api/account/password`, { method: 'POST', body: present })).status).toBe(204)
  expect((await remove(dee)).status).toBe(204)
  expect(await list()).toEqual([])
  expect((await come(createSoftBrowser(), 'dee')).location).toBe(refusedWith('unknown'))
  expect(await audit(before)).toEqual([
    ['Dee', 'joined identity', 'at Harbour Accounts'],
    ['Dee', 'signed in', 'Dee'],
    ['Dee', 'set password', 'to sign in as Dee'],
    ['Dee', 'removed identity', identity.id],
    [null, 'failed to sign in', 'by OpenID Connect'],
  ])
  expect(person.id).toBe((await personIn(dee)).id)
})

test('K34: an identity is joined to whom it was begun by, never to who is signed in there by then', async () => {
  const [eve, fay] = [await personOf(server.access, 'editor', 'Eve'), await personOf(server.access, 'editor', 'Fay')]
  const browser = createSoftBrowser()
  browser.setCookie(desk(), 'stet_session', eve.secret)
  provider.is('eve')
  const cameBack = await backFrom(browser, (await beginJoining(browser)).json.url)
  browser.setCookie(desk(), 'stet_session', fay.secret)
  const before = people()
  expect((await browser.ask(cameBack)).location).toBe(refusedWith('late', 'account'))
  expect(people()).toBe(before)
})

test('K33: an answer counts in the browser that asked, once, with the state it was asked with', async () => {
  await comeFirst('gil')
  const gil = createSoftBrowser()
  const cameBack = await backFrom(gil, (await begin(gil)).json.url)
  const cookie = gil.cookie(desk(), 'stet_begun') ?? ''

  // Somebody is lured to the answer that was given to another.
  const lured = createSoftBrowser()
  expect((await lured.ask(cameBack)).location).toBe(refusedWith('late'))
  await begin(lured)
  expect((await lured.ask(cameBack)).location).toBe(refusedWith('late'))
  expect(await personIn(lured)).toBeNull()

  const wrongState = new URL(cameBack)
  wrongState.searchParams.set('state', 'another')
  expect((await gil.ask(wrongState.href)).location).toBe(refusedWith('late'))
  expect((await gil.ask(cameBack)).location).toBe(`${desk()}/desk/`)
  const replaying = createSoftBrowser()
  replaying.setCookie(desk(), 'stet_begun', cookie)
  expect((await replaying.ask(cameBack)).location).toBe(refusedWith('late'))
  expect(await personIn(replaying)).toBeNull()
})

test('K33: a cookie that was written anew, or is too old, counts for nothing', async () => {
  await comeFirst('hal')
  const hal = createSoftBrowser()
  const cameBack = await backFrom(hal, (await begin(hal)).json.url)
  const said = JSON.parse(Buffer.from(hal.cookie(desk(), 'stet_begun') ?? '', 'base64url').toString())
  const forged = { ...said, purpose: { kind: 'again', to: 'https://evil.example/' } }
  const forger = createSoftBrowser()
  forger.setCookie(desk(), 'stet_begun', Buffer.from(JSON.stringify(forged)).toString('base64url'))
  expect((await forger.ask(cameBack)).location).toBe(refusedWith('late'))
  clock.advance(10 * 60_000)
  expect((await hal.ask(cameBack)).location).toBe(refusedWith('late'))
})

test.each([
  ['a code that was used', 'code'],
  ['the answer of another issuer', 'iss'],
])('K33: %s signs nobody in', async (_, what) => {
  await comeFirst(`ivo-${what}`)
  const ivo = createSoftBrowser()
  const used = await backFrom(ivo, (await begin(ivo)).json.url)
  await ivo.ask(used)
  const another = createSoftBrowser()
  const cameBack = new URL(await backFrom(another, (await begin(another)).json.url))
  const wrong = { code: new URL(used).searchParams.get('code') ?? '', iss: 'https://evil.example' }[what] ?? ''
  cameBack.searchParams.set(what, wrong)
  expect((await another.ask(cameBack.href)).location).toBe(refusedWith('failed'))
  expect(await personIn(another)).toBeNull()
})

test.each(['nonce', 'code_challenge'])('K33: what was asked with another %s signs nobody in', async (what) => {
  await comeFirst(`kay-${what}`)
  const kay = createSoftBrowser()
  const asked = new URL((await begin(kay)).json.url)
  expect([asked.searchParams.get('scope'), asked.searchParams.get('code_challenge_method')]).toEqual(['openid', 'S256'])
  asked.searchParams.set(what, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
  expect((await kay.ask(await backFrom(kay, asked.href))).location).toBe(refusedWith('failed'))
  expect(await personIn(kay)).toBeNull()
})

test('K33: who leaves the provider without signing in is brought back to where they were, and is no failure', async () => {
  const before = await newestAudit()
  expect((await come(createSoftBrowser(), null)).location).toBe(refusedWith('cancelled'))
  const invited = await invitation('Lou')
  const left = await come(createSoftBrowser(), null, { invitation: invited })
  expect(left.location).toBe(`${refusedWith('cancelled')}#${invited.code}`)
  expect(await newestAudit()).toBe(before)
})

test('K35: while the provider is down all else works, its button says so, and it works again by itself', async () => {
  const hal = await comeFirst('hal-by-night')
  await provider.stop()
  clock.advance(10_000)
  expect(await begin(createSoftBrowser())).toMatchObject({
    status: 503,
    json: { title: 'Harbour Accounts does not answer just now: try again in a moment, or sign in another way' },
  })
  expect(await personIn(hal)).toMatchObject({ name: 'hal-by-night' })
  expect((await server.request('GET', '/api/session/provider', { role: null })).json.provider.name).toBe('Harbour Accounts')
  await provider.start()
  clock.advance(1_000)
  const browser = createSoftBrowser()
  const cameBack = await backFrom(browser, (await begin(browser)).json.url)
  await provider.stop()
  expect((await browser.ask(cameBack)).location).toBe(refusedWith('unreachable'))
  await provider.start()
})

test('K36: nobody is sent on to anywhere but the desk, and no other site begins a sign-in', async () => {
  const post = (body: unknown, headers = {}) => server.request('POST', '/api/session/provider', { role: null, body, headers })
  for (const to of [
    'https://evil.example/',
    '//evil.example/desk/',
    '/desk/..//evil.example/',
    '/desk/%2e%2e//evil.example/',
    '/desk/../api/',
    '/\\evil.example/desk/',
    '/\t/evil.example',
    'javascript:alert(1)',
    '',
  ])
    expect([to, (await post({ return: to })).status]).toEqual([to, 422])
  expect((await post({ return: '/desk/account' })).status).toBe(200)
  expect((await post({}, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await post({}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await server.request('POST', '/api/account/identities', { role: 'bot' })).status).toBe(403)
})

test('K36: after forty failures from one address no answer is heard from there any more, and the log is not filled', async () => {
  const before = await newestAudit()
  const guess = () => server.request('GET', '/api/session/provider/callback?code=a&state=b', { role: null })
  for (let nth = 0; nth < 40; nth += 1) expect((await guess()).headers.get('location')).toBe('/desk/sign-in?refused=late')
  for (let nth = 0; nth < 3; nth += 1) expect((await guess()).headers.get('location')).toBe('/desk/sign-in?refused=too+many')
  const invited = await invitation('Mo')
  expect((await server.request('POST', '/api/session', { role: null, body: invited })).status).toBe(429)
  expect(await newestAudit()).toBe(before + 40)
})

test('K37: of what the provider hands out nothing is kept, nor any secret of a sign-in that is under way', async () => {
  const ned = createSoftBrowser()
  const invited = await invitation('Ned')
  provider.is('ned')
  const asked = (await begin(ned, { invitation: invited })).json.url
  const { begun } = JSON.parse(Buffer.from(ned.cookie(desk(), 'stet_begun') ?? '', 'base64url').toString())
  const tables = ['people', 'sessions', 'links', 'identities', 'begun_sign_ins', 'audit']
  const underWay = server.readDesk(tables)
  const cameBack = await backFrom(ned, asked)
  await ned.ask(cameBack)
  const stored = underWay + server.readDesk(tables)
  expect(stored).toContain('"subject":"ned"')
  const code = new URL(cameBack).searchParams.get('code') ?? '?'
  for (const secret of [code, begun.state, begun.nonce, begun.verifier, invited.code, provider.settings.clientSecret])
    expect(stored).not.toContain(secret)
  // An identity token, or a token of access that can be read.
  expect(stored).not.toMatch(/eyJ/)
})
