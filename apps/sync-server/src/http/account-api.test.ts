import { CloseCode } from '@stet/schema/contract/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSoftAuthenticator } from '../access/soft-authenticator.ts'
import { personOf, startTestServer, type TestServer } from '../test-server.ts'
import { NO_PROXIES, readTrustedProxies } from './client-address.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const PASSWORD = 'a lamp for the long pier'
const invited = async (on = server) =>
  (await on.access.invitations.create({ role: 'editor', uses: 1, days: 7, madeBy: 'the test' })).code
const post = (path: string, body: unknown, headers: Record<string, string> = {}, on = server) =>
  on.request('POST', path, { role: null, body, headers })
const cookieOf = ({ headers }: { headers: Headers }) => ({ cookie: (headers.get('set-cookie') ?? '').split(';')[0] ?? '' })
const account = async (headers: Record<string, string>) =>
  (await server.request('GET', '/api/account', { role: null, headers })).json

test('K4: who comes by a link and gives a password signs in with both again, in any case of letters', async () => {
  const first = await post('/api/session', { code: await invited(), name: 'Ada Vale', password: PASSWORD })
  expect(first).toMatchObject({ status: 201, json: { person: { name: 'Ada Vale', role: 'editor' } } })
  const again = await post('/api/session/password', { name: ' ada  VALE ', password: PASSWORD })
  expect(again).toMatchObject({ status: 201, json: { person: { id: first.json.person.id } } })
  expect(again.headers.get('set-cookie')).toMatch(/^stet_session=[\w-]{43}; Path=\/; Max-Age=25\d{5}; HttpOnly; SameSite=Lax$/)
  expect(await account(cookieOf(again))).toMatchObject({ signInName: 'Ada Vale', passkeys: [] })
})

test('K4: a wrong password and a name that nobody has are answered alike; a short one is refused', async () => {
  await post('/api/session', { code: await invited(), name: 'Bo', password: PASSWORD })
  const wrong = await post('/api/session/password', { name: 'Bo', password: 'not that one' })
  const nobody = await post('/api/session/password', { name: 'Nobody', password: 'not that one' })
  expect([wrong.status, wrong.json]).toEqual([403, nobody.json])
  const code = await invited()
  expect((await post('/api/session', { code, name: 'Cy', password: 'short' })).status).toBe(422)
  expect((await post('/api/session', { code, name: 'bo', password: PASSWORD })).status).toBe(409)
  expect((await post('/api/session', { code, name: 'Cy', password: PASSWORD })).status).toBe(201)
})

test('K4, K51: of two who take one name at the same instant, one is told, and comes by the same link under another', async () => {
  const codes = [await invited(), await invited()]
  const both = await Promise.all(codes.map((code) => post('/api/session', { code, name: 'Flo', password: PASSWORD })))
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  const code = codes[both.findIndex(({ status }) => status === 409)]
  expect((await post('/api/session', { code, name: 'Flo B.', password: PASSWORD })).status).toBe(201)
})

test('K4: no password, passkey or secret of a session is stored', async () => {
  const made = await post('/api/session', { code: await invited(), name: 'Dee', password: PASSWORD })
  const stored = server.readDesk(['people', 'sessions', 'links', 'tokens', 'passwords', 'passkeys', 'challenges'])
  expect(stored).toContain('scrypt$1024$8$1$')
  for (const secret of [PASSWORD, cookieOf(made).cookie.split('=')[1] ?? '?']) expect(stored).not.toContain(secret)
})

test('K5: after ten wrong passwords a name waits, whoever asks; another name does not', async () => {
  await post('/api/session', { code: await invited(), name: 'Eve', password: PASSWORD })
  const tries = await Promise.all(
    Array.from({ length: 12 }, () => post('/api/session/password', { name: 'Eve', password: 'a guess' })),
  )
  expect(tries.filter(({ status }) => status === 429)).toHaveLength(2)
  const right = await post('/api/session/password', { name: 'EVE', password: PASSWORD })
  expect([right.status, right.json.title]).toEqual([429, 'Too many tries: come back in 15 minutes'])
  expect((await post('/api/session/password', { name: 'Ada Vale', password: PASSWORD })).status).toBe(201)
}, 30_000)

test.each([
  ['no proxy is trusted', '', 429],
  ['this proxy is trusted', '127.0.0.0/8', 403],
])(
  'K5: forty wrong tries make an address wait; who claims to come from elsewhere is believed where %s',
  async (_, trusted, last) => {
    const on = await startTestServer({ proxies: readTrustedProxies(trusted) ?? NO_PROXIES })
    const guess = (nth: number) =>
      post('/api/session', { code: `guess ${nth}`, name: 'X' }, { 'x-forwarded-for': `203.0.113.${nth}` }, on)
    for (let nth = 0; nth < 40; nth += 1) expect((await guess(nth)).status).toBe(403)
    expect((await guess(40)).status).toBe(last)
    await on.stop()
  },
)

test('K6: sessions are listed, ended one by one or all but this, with their sockets', async () => {
  await post('/api/session', { code: await invited(), name: 'Fay', password: PASSWORD })
  const signIn = async () => cookieOf(await post('/api/session/password', { name: 'Fay', password: PASSWORD }))
  const [here, there] = [await signIn(), await signIn()]
  const id = await server.createDispatch()
  const socket = server.openSocket(id, null, { ...there, origin: server.url })
  await new Promise((resolve) => socket.once('open', resolve))
  const closed = new Promise((resolve) => socket.once('close', resolve))
  const { sessions } = await account(here)
  expect(sessions).toHaveLength(3)
  expect(sessions.filter(({ isThis }: { isThis: boolean }) => isThis)).toHaveLength(1)
  const end = (path: string) => server.request('DELETE', `/api/account/sessions${path}`, { role: null, headers: here })
  expect((await end('')).status).toBe(204)
  expect(await closed).toBe(CloseCode.signedOut)
  expect((await server.request('GET', '/api/account', { role: null, headers: there })).status).toBe(401)
  const third = await signIn()
  const listed = (await account(here)).sessions.find(({ isThis }: { isThis: boolean }) => !isThis)
  expect((await end(`/${listed.id}`)).status).toBe(204)
  expect((await server.request('GET', '/api/account', { role: null, headers: third })).status).toBe(401)
  const stranger = await personOf(server.access, 'editor', 'Gil')
  const own = (await account(here)).sessions[0].id
  const strange = { cookie: `stet_session=${stranger.secret}` }
  expect((await server.request('DELETE', `/api/account/sessions/${own}`, { role: null, headers: strange })).status).toBe(404)
})

test('K6: another password takes the present one, and ends all other sessions', async () => {
  const here = cookieOf(await post('/api/session', { code: await invited(), name: 'Hal', password: PASSWORD }))
  const there = cookieOf(await post('/api/session/password', { name: 'Hal', password: PASSWORD }))
  const set = (body: object) => post('/api/account/password', { signInName: 'Hal', password: 'another long one', ...body }, here)
  expect((await set({})).status).toBe(403)
  expect((await set({ present: 'not that one' })).status).toBe(403)
  expect((await set({ present: PASSWORD })).status).toBe(204)
  expect((await server.request('GET', '/api/account', { role: null, headers: there })).status).toBe(401)
  expect((await post('/api/session/password', { name: 'Hal', password: PASSWORD })).status).toBe(403)
  expect((await post('/api/session/password', { name: 'Hal', password: 'another long one' })).status).toBe(201)
})

test('K7, K12: a passkey is added and signs in; a challenge is answered once, by whom it was asked, with the person present; the last way in stays', async () => {
  const { secret, person } = await personOf(server.access, 'editor', 'Ivo')
  const here = { cookie: `stet_session=${secret}` }
  const origin = (await server.request('GET', '/api/session', { role: null, headers: here })).json.site.url
  const key = createSoftAuthenticator(origin)
  const askNew = async () => (await post('/api/account/passkeys/challenge', {}, here)).json.challenge
  const ask = async () => (await post('/api/session/passkey/challenge', {})).json.challenge
  const signIn = (response: unknown) => post('/api/session/passkey', { response })

  const elsewhere = createSoftAuthenticator('https://evil.example')
  expect((await post('/api/account/passkeys', { name: 'x', response: elsewhere.create(await askNew()) }, here)).status).toBe(422)
  const stranger = { cookie: `stet_session=${(await personOf(server.access, 'editor', 'Kim')).secret}` }
  expect((await post('/api/account/passkeys', { name: 'x', response: key.create(await askNew()) }, stranger)).status).toBe(422)
  expect((await signIn(key.get(await ask()))).status).toBe(403)

  const made = key.create(await askNew())
  expect((await post('/api/account/passkeys', { name: 'phone', response: made }, here)).status).toBe(204)
  expect((await post('/api/account/passkeys', { name: 'phone', response: made }, here)).status).toBe(422)
  const challenge = await ask()
  const answer = key.get(challenge)
  expect(await signIn(answer)).toMatchObject({ status: 201, json: { person: { id: person.id } } })
  expect((await signIn(answer)).status).toBe(403)
  expect((await signIn(key.get('never asked'))).status).toBe(403)
  expect((await signIn(key.get(await ask(), 0x01))).status).toBe(403)
  expect((await signIn({ id: 7 })).status).toBe(403)

  const { passkeys } = await account(here)
  expect(passkeys).toMatchObject([{ name: 'phone', usedAt: expect.any(String) }])
  const remove = (headers: typeof here) =>
    server.request('DELETE', `/api/account/passkeys/${passkeys[0].id}`, { role: null, headers })
  expect((await remove(stranger)).status).toBe(404)
  // K12
  expect(await remove(here)).toMatchObject({ status: 409, json: { title: expect.stringContaining('set a password') } })
  expect((await signIn(key.get(await ask()))).status).toBe(201)
  expect((await post('/api/account/password', { signInName: 'Ivo', password: 'the fourth lamp from here' }, here)).status).toBe(
    204,
  )
  expect((await remove(here)).status).toBe(204)
  expect((await signIn(key.get(await ask()))).status).toBe(403)
})

test('K6: name and colour are one’s own to change; a bot has no account, and another site cannot touch it', async () => {
  const { secret } = await personOf(server.access, 'editor', 'Lou')
  const headers = { cookie: `stet_session=${secret}` }
  const change = (extra: Record<string, string>) =>
    server.request('PATCH', '/api/account', {
      role: null,
      body: { name: 'Lou Vale', color: 5 },
      headers: { ...headers, ...extra },
    })
  expect((await change({ origin: 'https://evil.example' })).status).toBe(403)
  expect((await change({ 'sec-fetch-site': 'same-site' })).status).toBe(403)
  expect(await change({})).toMatchObject({ status: 200, json: { person: { name: 'Lou Vale', color: 5, role: 'editor' } } })
  expect((await server.request('GET', '/api/account', { role: 'bot' })).status).toBe(403)
})

test('K8: an invitation lets as many come as it says, is listed without its link, and is withdrawn', async () => {
  const owner = (method: string, path: string, body?: unknown) =>
    server.request(method, path, { role: 'owner', ...(body === undefined ? {} : { body }) })
  const made = await owner('POST', '/api/links', { role: 'publisher', uses: 2, days: 1 })
  const code = new URL(made.json.url).hash.slice(1)
  expect(code).toMatch(/^[\w-]{43}$/)
  for (const name of ['Mo', 'Ned'])
    expect((await post('/api/session', { code, name })).json.person).toMatchObject({ name, role: 'publisher' })
  expect((await post('/api/session', { code, name: 'Oz' })).status).toBe(403)
  const other = await owner('POST', '/api/links', { role: 'viewer' })
  const { text, json } = await owner('GET', '/api/links')
  expect(json.invitations.find(({ id }: { id: string }) => id === other.json.made.id)).toMatchObject({
    role: 'viewer',
    uses: 1,
    used: 0,
    madeBy: 'owner',
  })
  const spare = new URL(other.json.url).hash.slice(1)
  expect(text).not.toContain(spare)
  expect((await server.request('GET', `/api/session?code=${spare}`, { role: null })).status).toBe(401)
  expect((await owner('DELETE', `/api/links/${other.json.made.id}`)).status).toBe(204)
  expect((await post('/api/session', { code: spare, name: 'Pat' })).status).toBe(403)
})

test('K30: where no provider is set up there is nothing to sign in with elsewhere', async () => {
  const asked = await server.request('GET', '/api/session/provider', { role: null })
  expect([asked.status, asked.json]).toEqual([200, { provider: null }])
  expect((await post('/api/session/provider', {})).status).toBe(404)
  expect((await server.request('GET', '/api/session/provider/callback?code=a&state=b', { role: null })).status).toBe(404)
})
