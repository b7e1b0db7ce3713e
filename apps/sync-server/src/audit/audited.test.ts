import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.ts'
import { firstBreak } from './audit-chain.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const owner = (method: string, path: string, body?: unknown) =>
  server.request(method, path, { role: 'owner', ...(body === undefined ? {} : { body }) })
const since = async (seq: number): Promise<{ act: string; byName: string | null; about: string }[]> =>
  (await owner('GET', `/api/audit?after=${seq}`)).json.entries

test('K11: sign-ins, roles, invitations, tokens and publishing are noted with who and from where, and never a secret', async () => {
  const before = (await owner('GET', '/api/audit')).json.newest
  const link = await owner('POST', '/api/links', { role: 'editor' })
  const code = new URL(link.json.url).hash.slice(1)
  const password = 'a lamp for the long pier'
  const post = (path: string, body: unknown) => server.request('POST', path, { role: null, body })
  const { id } = (await post('/api/session', { code, name: 'Ada', password })).json.person
  await post('/api/session/password', { name: 'Ada', password: 'typed wrong' })
  await post('/api/session/password', { name: 'Ada', password })
  await owner('PATCH', `/api/people/${id}`, { role: 'publisher' })
  const { token, made } = (await owner('POST', '/api/tokens', { name: 'exporter', scopes: ['publish'] })).json
  await owner('DELETE', `/api/tokens/${made.id}`)
  await owner('DELETE', `/api/people/${id}`)
  await owner('DELETE', `/api/people/${id}`)
  const entries = await since(before)
  expect(entries.map(({ byName, act, about }) => [byName, act, about])).toEqual([
    ['owner', 'invited', '1 as editor'],
    ['Ada', 'came by invitation', 'Ada'],
    [null, 'failed to sign in', 'by password'],
    ['Ada', 'signed in', 'Ada'],
    ['owner', 'changed role', `${id} to publisher`],
    ['owner', 'made token', 'exporter: publish'],
    ['owner', 'revoked token', made.id],
    ['owner', 'removed person', id],
  ])
  const told = JSON.stringify(entries)
  for (const secret of [code, password, 'typed wrong', token]) expect(told).not.toContain(secret)
  expect(entries[0]).toMatchObject({ address: '127.0.0.1' })
})

test('K11: the chain can be checked from what is exported', async () => {
  const { entries } = (await owner('GET', '/api/audit')).json
  const exported = entries.map((entry: { at: string }) => ({ ...entry, at: Date.parse(entry.at) }))
  expect(exported.length).toBeGreaterThan(0)
  expect(firstBreak(exported)).toBe(null)
})
