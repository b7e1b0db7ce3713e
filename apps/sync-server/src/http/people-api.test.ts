import type { Route } from '@stet/schema/contract/api'
import { type Action, may } from '@stet/schema/contract/people'
import { routes } from '@stet/schema/contract/routes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const as = (role: 'owner' | 'publisher' | 'editor' | 'viewer', method: string, path: string, body?: unknown) =>
  server.request(method, path, { role, ...(body === undefined ? {} : { body }) })

const acts = Object.values(routes as Record<string, Route>).flatMap(({ method, path, access }) =>
  access === 'public' || access === 'signed in' || access === 'person' ? [] : [[access, method, path] as const],
)

test.each(acts)('K1: to %s (%s %s) takes what the table says, of people and of tokens', async (action: Action, method, path) => {
  const address = path.replace(/:\w+/g, 'none')
  for (const role of ['viewer', 'editor', 'publisher'] as const) {
    const { status } = await server.request(method, address, { role, ...(method === 'GET' ? {} : { body: {} }) })
    expect([role, status === 403]).toEqual([role, !may({ role }, action)])
  }
  for (const scope of ['read:published', 'read:drafts', 'write:dispatches', 'publish'] as const) {
    const headers = { authorization: `Bearer ${await server.createToken(scope)}` }
    const { status } = await server.request(method, address, { role: null, headers, ...(method === 'GET' ? {} : { body: {} }) })
    expect([scope, status === 403]).toEqual([scope, !may({ role: 'bot', scopes: [scope] }, action)])
  }
})

test('K1: who may not is told what it takes', async () => {
  const { json } = await as('editor', 'POST', `/api/dispatches/${await server.createDispatch()}/revisions`, {})
  expect(json.title).toBe('You may not do this: it takes the role publisher or owner, or a token with the scope publish')
})

test('K2: the last owner can be neither lowered nor removed', async () => {
  const { people } = (await as('owner', 'GET', '/api/people')).json
  const { id } = people.find(({ role }: { role: string }) => role === 'owner')
  expect((await as('owner', 'PATCH', `/api/people/${id}`, { role: 'editor' })).status).toBe(409)
  expect((await as('owner', 'DELETE', `/api/people/${id}`)).status).toBe(409)
  expect((await as('owner', 'DELETE', '/api/people/nobody')).status).toBe(404)
})

test('K3: a token is shown once; then its name, scopes, expiry and last use, until it is revoked', async () => {
  const made = await as('owner', 'POST', '/api/tokens', { name: 'exporter', scopes: ['publish', 'read:published'], days: 2 })
  expect(made).toMatchObject({
    status: 201,
    json: { made: { name: 'exporter', scopes: ['read:published', 'publish'], usedAt: null } },
  })
  const { token, made: listed } = made.json
  const headers = { authorization: `Bearer ${token}` }
  expect((await server.request('GET', '/api/session', { role: null, headers })).json.person).toMatchObject({
    id: listed.id,
    role: 'bot',
    scopes: ['read:published', 'publish'],
  })
  const list = await as('owner', 'GET', '/api/tokens')
  expect(list.text).not.toContain(token)
  expect(list.json.tokens.find(({ id }: { id: string }) => id === listed.id).usedAt).not.toBe(null)
  expect((await as('owner', 'DELETE', `/api/tokens/${listed.id}`)).status).toBe(204)
  expect((await server.request('GET', '/api/session', { role: null, headers })).status).toBe(401)
  expect((await as('owner', 'DELETE', `/api/tokens/${listed.id}`)).status).toBe(404)
})

test('V5: another site cannot manage people with a cookie', async () => {
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
    for (const [method, path] of [
      ['POST', '/api/tokens'],
      ['DELETE', '/api/people/x'],
    ] as const)
      expect((await server.request(method, path, { role: 'owner', headers })).json.title).toMatch(/^This page may not write here/)
})
