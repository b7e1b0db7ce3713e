import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Delivery } from '@stet/schema/contract/webhooks'
import { emptyContent } from '@stet/schema/snapshot'
import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../eventually.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

const heard: { path: string; body: string; headers: Record<string, string> }[] = []
let isRefusing = false
/** A receiver of webhooks, and a hub. */
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    heard.push({
      path: request.url ?? '',
      body: Buffer.concat(chunks).toString(),
      headers: request.headers as Record<string, string>,
    })
    response.writeHead(isRefusing ? 500 : 204).end()
  })
})
let server: TestServer
let origin: string
let cookie: string
beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  origin = `http://127.0.0.1:${port}`
  server = await startTestServer({ neighbours: [{ address: '127.0.0.1', port }], hub: `${origin}/hub` })
  const { code } = await server.access.invitations.create({ role: 'owner', uses: 1, days: 7, madeBy: 'the test' })
  const signedIn = await server.request('POST', '/api/session', { role: null, body: { code, name: 'Ada' } })
  cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
})
afterAll(async () => {
  await server.stop()
  receiver.close()
  receiver.closeAllConnections()
})

const asOwner = (method: string, path: string, body?: unknown) =>
  server.request(method, path, { role: null, headers: { cookie }, ...(body === undefined ? {} : { body }) })
const heardAt = (path: string) => heard.filter((each) => each.path === path)
const deliveriesOf = async (id: string): Promise<Delivery[]> =>
  (await asOwner('GET', `/api/webhooks/${id}/deliveries`)).json.deliveries

test('J7: webhooks are the owner’s alone, and their secrets are shown once', async () => {
  for (const role of ['editor', 'viewer', 'bot'] as const)
    for (const [method, path] of [
      ['GET', '/api/webhooks'],
      ['POST', '/api/webhooks'],
    ] as const)
      expect((await server.request(method, path, { role, ...(method === 'POST' ? { body: {} } : {}) })).status).toBe(403)
  expect((await server.request('GET', '/api/webhooks', { role: null })).status).toBe(401)
  const made = await asOwner('POST', '/api/webhooks', { url: `${origin}/secret` })
  expect(made).toMatchObject({ status: 201, json: { secret: expect.stringMatching(/^whsec_/), webhook: { state: 'active' } } })
  const { id } = made.json.webhook
  const rotated = await asOwner('POST', `/api/webhooks/${id}/secret`)
  expect(rotated.json.secret).not.toBe(made.json.secret)
  const shown = [await asOwner('GET', '/api/webhooks'), await asOwner('GET', `/api/webhooks/${id}`)]
  for (const { text } of shown) {
    expect(text).toContain(id)
    expect(text).not.toContain('whsec_')
  }
  expect((await asOwner('DELETE', `/api/webhooks/${id}`)).status).toBe(204)
  expect((await asOwner('GET', `/api/webhooks/${id}`)).status).toBe(404)
})

test('J1, J2, J5: what is published arrives signed, can be sent again, and the log says what became of it', async () => {
  const { secret, webhook } = (await asOwner('POST', '/api/webhooks', { url: `${origin}/hook` })).json
  expect(await asOwner('POST', `/api/webhooks/${webhook.id}/ping`)).toMatchObject({ status: 201, json: { type: 'webhook.ping' } })
  const dispatch = await server.createDispatch(essay())
  const { revision } = (await server.request('POST', `/api/dispatches/${dispatch}/revisions`)).json
  await eventually(() => expect(heardAt('/hook')).toHaveLength(2))
  const [ping, told] = heardAt('/hook').map(({ body, headers }) => new Verifier(secret).verify(body, headers))
  expect(ping).toMatchObject({ type: 'webhook.ping', data: { webhook: webhook.id } })
  expect(told).toMatchObject({
    type: 'dispatch.published',
    data: { dispatch, revision: 1, sha256: revision.sha256, title: 'Tides' },
  })
  expect((await fetch((told as { data: { url: string } }).data.url)).status).toBe(200)
  await eventually(async () =>
    expect(await deliveriesOf(webhook.id)).toMatchObject([
      { type: 'dispatch.published', title: 'Tides', state: 'delivered', attempts: 1, answer: 'HTTP 204' },
      { type: 'webhook.ping', state: 'delivered' },
    ]),
  )
  isRefusing = true
  const [{ message } = { message: '' }] = await deliveriesOf(webhook.id)
  expect((await asOwner('POST', `/api/webhooks/${webhook.id}/deliveries/${message}/again`)).status).toBe(200)
  await eventually(async () =>
    expect((await deliveriesOf(webhook.id))[0]).toMatchObject({ state: 'waiting', attempts: 1, answer: 'HTTP 500' }),
  )
  isRefusing = false
  expect(
    heardAt('/hook')
      .map(({ headers }) => headers['webhook-id'])
      .slice(1),
  ).toEqual([message, message])
  expect((await asOwner('PATCH', `/api/webhooks/${webhook.id}`, { state: 'off' })).json.state).toBe('off')
  expect((await asOwner('POST', `/api/webhooks/${webhook.id}/ping`)).status).toBe(409)
  expect((await asOwner('POST', `/api/webhooks/${webhook.id}/deliveries/${message}/again`)).status).toBe(409)
})

test('J5, J9: a webhook that leads into the network of the server is not called, and the log says so', async () => {
  const secretServer = createServer((_, response) => response.end('private'))
  let calls = 0
  secretServer.on('request', () => {
    calls += 1
  })
  await new Promise<void>((resolve) => secretServer.listen(0, '127.0.0.1', resolve))
  const { port } = secretServer.address() as AddressInfo
  const { webhook } = (await asOwner('POST', '/api/webhooks', { url: `http://127.0.0.1:${port}/` })).json
  await asOwner('POST', `/api/webhooks/${webhook.id}/ping`)
  await eventually(async () =>
    expect((await deliveriesOf(webhook.id))[0]).toMatchObject({
      state: 'waiting',
      answer: `127.0.0.1:${port} is not of the public web, or not at port 80 or 443`,
    }),
  )
  expect(calls).toBe(0)
  await asOwner('DELETE', `/api/webhooks/${webhook.id}`)
  secretServer.close()
})

test('J7: an address that is none of the web, and one webhook too many, are refused', async () => {
  for (const url of ['ftp://example.org/', 'javascript:alert(1)', 'hook', 'https://ada:secret@example.org/'])
    expect(await asOwner('POST', '/api/webhooks', { url })).toMatchObject({
      status: 422,
      json: { problems: [{ path: ['url'] }] },
    })
  const there: { webhooks: unknown[] } = (await asOwner('GET', '/api/webhooks')).json
  for (let more = there.webhooks.length; more < 20; more++)
    expect((await asOwner('POST', '/api/webhooks', { url: 'https://example.org/' })).status).toBe(201)
  expect((await asOwner('POST', '/api/webhooks', { url: 'https://example.org/' })).status).toBe(409)
})

test('J8: where there is a hub the feeds name it, and it is told at the start and of each publication', async () => {
  const site = server.url.replace('127.0.0.1', 'localhost')
  await eventually(() => expect(heardAt('/hub').length).toBeGreaterThanOrEqual(2))
  expect(heardAt('/hub').at(-1)).toMatchObject({
    body: String(
      new URLSearchParams([
        ['hub.mode', 'publish'],
        ['hub.url', `${site}/feed.xml`],
        ['hub.url', `${site}/feed.json`],
      ]),
    ),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  const rss = await server.request('GET', '/feed.xml', { role: null })
  expect(rss.text).toContain(`<atom:link rel="hub" href="${origin}/hub"`)
  expect((await server.request('GET', '/feed.json', { role: null })).json.hubs).toEqual([
    { type: 'WebSub', url: `${origin}/hub` },
  ])
})

const essay = () => ({
  ...emptyContent('essay'),
  date: '2026-01-31',
  title: 'Tides',
  byline: { role: 'Keeper', handle: '@ada' },
  body: [{ kind: 'paragraph', id: 'b1', content: [{ type: 'text', text: 'Tides.' }] }],
})
