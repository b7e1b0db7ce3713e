import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { emptyContent } from '@stet/schema/snapshot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createManualClock } from '../manual-clock.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

const clock = createManualClock(Date.now())
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ clock })
})
afterAll(() => server.stop())

const DAY = 24 * 60 * 60 * 1000
const withKey = (key: string, more: Record<string, string> = {}) => ({ headers: { 'idempotency-key': key, ...more } })
const create = (key: string, body: unknown = {}, role: 'editor' | 'bot' = 'editor') =>
  server.request('POST', '/api/dispatches', { role, body, ...withKey(key) })
const count = async (): Promise<number> => (await server.request('GET', '/api/dispatches')).json.dispatches.length
const titled = (title: string) => ({ content: { ...emptyContent('dispatch'), title } })

test('Q1: a write that is repeated with its key is done once and answered the same, for a day', async () => {
  const before = await count()
  const first = await create('"one"', titled('One'))
  const again = await create('"one"', titled('One'))
  expect([first.status, again.status, again.text]).toEqual([201, 201, first.text])
  expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([null, 'true'])
  expect(await count()).toBe(before + 1)
  // Another caller's key is another.
  const others = await create('"one"', titled('One'), 'bot')
  expect([others.status, others.json.id === first.json.id]).toEqual([201, false])
  expect((await create('"two"', titled('One'))).json.id).not.toBe(first.json.id)
})

test('Q1: a key lasts a day', async () => {
  const aged = createManualClock(Date.now())
  const other = await startTestServer({ clock: aged })
  const ask = () => other.request('POST', '/api/dispatches', { body: {}, ...withKey('"day"') })
  const first = await ask()
  aged.advance(DAY - 60_000 * 60)
  // A token of a test lasts a day itself.
  expect((await ask()).json).toEqual(first.json)
  await other.stop()
})

test('Q1: refusals are answered the same too; what never came to be done is not kept', async () => {
  const id = await server.createDispatch()
  const publish = () => server.request('POST', `/api/dispatches/${id}/revisions`, { body: {}, ...withKey('"refused"') })
  const first = await publish()
  expect(first.status).toBe(422)
  expect(await publish()).toMatchObject({ status: 422, text: first.text })
  const faulty = await create('"mended"', { content: { kind: 'poem' } })
  expect([faulty.status, (await create('"mended"', {})).status]).toEqual([422, 201])
})

test('Q2: a key that is malformed, used for another request, or in progress is refused', async () => {
  for (const key of ['bare', '""', '"a', "'a'", '"a\\b"', `"${'a'.repeat(256)}"`])
    expect([key, (await create(key)).status]).toEqual([key, 400])
  expect((await create('"same"', titled('One'))).status).toBe(201)
  expect((await create('"same"', titled('Two'))).status).toBe(422)
  const id = await server.createDispatch()
  expect(
    (await server.request('POST', `/api/dispatches/${id}/review`, { role: 'editor', body: {}, ...withKey('"same"') })).status,
  ).toBe(422)
  const statuses = (await Promise.all([1, 2, 3].map(() => create('"at once"', titled('At once'))))).map(({ status }) => status)
  expect(statuses.sort()).toEqual([201, 409, 409])
})

test('Q3: no secret of an answer that is kept can be read from the data folder', async () => {
  const { code } = await server.access.invitations.create({ role: 'owner', uses: 1, days: 7, madeBy: 'the test' })
  const signedIn = await server.request('POST', '/api/session', { role: null, body: { code, name: 'Ada' } })
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const makeLink = () =>
    server.request('POST', '/api/links', { role: null, body: { role: 'editor' }, ...withKey('"link"', { cookie }) })
  const { url } = (await makeLink()).json
  expect((await makeLink()).json.url).toBe(url)
  const secret = new URL(url).hash.slice(1)
  for (const file of ['desk.sqlite', 'desk.sqlite-wal'])
    expect(readFileSync(join(server.folder, file)).includes(secret)).toBe(false)
})

test('Q4: what has changed since it was read is not changed by whoever read it, and two at once are one', async () => {
  const id = await server.createDispatch({ ...emptyContent('dispatch'), title: 'Gulls' })
  const read = () => server.request('GET', `/api/dispatches/${id}/status`)
  const ask = (note: string, ifMatch: string) =>
    server.request('POST', `/api/dispatches/${id}/review`, { body: { note }, headers: { 'if-match': ifMatch } })
  const etag = (await read()).headers.get('etag') ?? ''
  expect(
    (await server.request('GET', `/api/dispatches/${id}/status`, { headers: { 'if-none-match': `W/${etag}` } })).status,
  ).toBe(304)
  expect((await ask('Stale.', '"other"')).status).toBe(412)
  expect((await ask('Weak.', `W/${etag}`)).status).toBe(412)
  expect((await read()).headers.get('etag')).toBe(etag)
  const returned = { body: { note: 'No.' }, headers: { 'if-match': etag } }
  const answers = await Promise.all([
    ask('Please.', `"other", ${etag}`),
    server.request('POST', `/api/dispatches/${id}/return`, returned),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 412])
  expect((await server.request('POST', `/api/dispatches/${id}/return`, { body: {}, headers: { 'if-match': '*' } })).status).toBe(
    200,
  )
  expect((await server.request('POST', '/api/dispatches', { body: {}, headers: { 'if-match': '*' } })).status).toBe(412)
})

test('Q4: a request that is repeated is answered as it was, though it changed what it names', async () => {
  const id = await server.createDispatch({ ...emptyContent('dispatch'), title: 'Gulls' })
  const etag = (await server.request('GET', `/api/dispatches/${id}/status`)).headers.get('etag') ?? ''
  const ask = () =>
    server.request('POST', `/api/dispatches/${id}/review`, { body: {}, ...withKey('"with tag"', { 'if-match': etag }) })
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 200])
})

test('Q5: every answer tells what is left, and who asks too much is told when to come back', async () => {
  const asked = await server.request('GET', '/api/dispatches')
  expect(asked.headers.get('ratelimit-policy')).toBe('"caller";q=6000;w=60')
  expect(asked.headers.get('ratelimit')).toMatch(/^"caller";r=59\d\d;t=\d+$/)
  const anonymous = () => server.request('GET', '/api/published', { role: null })
  expect((await anonymous()).headers.get('ratelimit-policy')).toBe('"address";q=600;w=60')
  let last = await anonymous()
  for (let more = 0; more < 600 && last.status === 200; more++) last = await anonymous()
  expect(last).toMatchObject({ status: 429, json: { status: 429, title: expect.stringContaining('Retry-After') } })
  expect([last.headers.get('content-type'), last.headers.get('retry-after')]).toEqual(['application/problem+json', '1'])
  expect((await server.request('GET', '/api/dispatches')).status).toBe(200)
  clock.advance(1_000)
  expect((await anonymous()).status).toBe(200)
})
