import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { eventually } from '../eventually.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

const lines: string[] = []
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ logger: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }) })
})
afterAll(() => server.stop())
const logOf = (requestId: string) =>
  lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line['requestId'] === requestId)

/** Resolves with the close code, also where the handshake was refused. */
const closed = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve))

test('V23: each answer carries the id under which the log tells of it; a proxy may give one', async () => {
  const id = (await server.request('GET', '/api/dispatches')).headers.get('x-request-id') ?? ''
  expect(id).toMatch(/^[\w-]{12}$/)
  expect(logOf(id)).toMatchObject([{ method: 'GET', path: '/api/dispatches', route: 'listDispatches', status: 200 }])
  const given = await server.request('GET', '/nowhere', { role: null, headers: { 'x-request-id': 'proxy-7.1' } })
  expect(given.headers.get('x-request-id')).toBe('proxy-7.1')
  expect(logOf('proxy-7.1')).toMatchObject([{ path: '/nowhere', route: 'site', status: 404 }])
  for (const bad of ['x'.repeat(65), 'a b', '{"a":1}'])
    expect((await server.request('GET', '/healthz', { headers: { 'x-request-id': bad } })).headers.get('x-request-id')).not.toBe(
      bad,
    )
})

test('V23: sign-in codes, cookies and tokens never appear in the log, whatever becomes of the request', async () => {
  const { code } = await server.access.invitations.create({ role: 'editor', uses: 1, days: 7, madeBy: 'the test' })
  const spare = (await server.access.invitations.create({ role: 'editor', uses: 1, days: 7, madeBy: 'the test' })).code
  const body = { code, name: 'Ada' }
  const signedIn = await server.request('POST', '/api/session', { role: null, body })
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const session = cookie.split('=')[1] ?? ''
  expect(session.length).toBeGreaterThan(40)
  const token = server.token
  await server.request('POST', '/api/session', { role: null, body })
  await server.request('POST', '/api/session', { role: null, body: `{"code":"${spare}"` })
  await server.request('POST', '/api/session', { role: null, body: { code: spare, name: '' } })
  await server.request('POST', '/api/session', { role: null, body: { code: spare, name: 'x', more: token } })
  await server.request('GET', `/desk/sign-in?code=${spare}&token=${token}`, { role: null, headers: { cookie, referer: spare } })
  await server.request('GET', '/api/session', { role: null, headers: { cookie } })
  await server.request('POST', '/api/links', {
    role: null,
    headers: { cookie, origin: 'https://evil.example' },
    body: { role: 'editor' },
  })
  const invited = await server.request('POST', '/api/dispatches', {
    role: null,
    headers: { cookie, authorization: `Bearer ${token}x` },
  })
  expect(invited.status).toBe(401)
  const id = await server.createDispatch()
  for (const headers of [
    { cookie, origin: server.url },
    { cookie },
    { authorization: `Bearer ${token}` },
    { authorization: `Bearer ${token}x` },
  ]) {
    const socket = server.openSocket(`${id}?token=${token}&code=${spare}`, null, headers)
    socket.on('error', () => {})
    socket.on('open', () => socket.send(Uint8Array.of(99)))
    await closed(socket)
  }
  await server.request('DELETE', '/api/session', { role: null, headers: { cookie } })

  await eventually(() => expect(lines.some((line) => line.includes('a connection was refused'))).toBe(true))
  const log = lines.join('')
  expect(log).toContain('/api/session')
  for (const [name, secret] of Object.entries({ code, spare, session, token }))
    expect([name, log.includes(secret), log.includes(encodeURIComponent(secret))]).toEqual([name, false, false])
})
