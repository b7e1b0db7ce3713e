import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createOutside } from './outside.ts'
import { mayReach } from './reachable.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

/** Hears on every address of this machine, and notes on which one it was called. */
const serve = async (answer: RequestListener) => {
  const calls: { path: string; at: string }[] = []
  const server = createServer((request, response) => {
    calls.push({ path: request.url ?? '', at: calledAt(request) })
    answer(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  return { port: (server.address() as AddressInfo).port, calls }
}
const calledAt = ({ socket }: IncomingMessage) => socket.localAddress ?? ''

/** A way out for which 127.0.0.1 stands for the public web, and all else of this machine for what is private. */
const outsideTo = (port: number, more: Partial<Parameters<typeof createOutside>[0]> = {}) =>
  createOutside({ neighbours: [{ address: '127.0.0.1', port }], ...more })

const text = (body: Uint8Array) => new TextDecoder().decode(body)

test.each([
  'http://127.0.0.1/',
  'http://localhost/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://127.1/',
  'http://0/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[fe80::1]/',
  'http://[fd00:ec2::254]/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://192.168.1.1/',
  'http://100.64.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://①②⑦.⓪.⓪.①/',
  'http://224.0.0.1/',
  'http://93.184.215.14:22/',
  'http://93.184.215.14:8080/',
  'http://someone:secret@93.184.215.14/',
  'ftp://93.184.215.14/',
  'file:///etc/passwd',
  'data:text/plain,hello',
  'no address',
])('J9: %s is not called', async (url) => {
  expect(await createOutside({ neighbours: [] })(url, { method: 'GET' })).toMatchObject({ ok: false, fault: 'barred' })
})

test('J9: the web ports of public addresses are open, and nothing else of them', () => {
  const reached = (address: string, port: number) => mayReach(address, port, [])
  expect([reached('93.184.215.14', 443), reached('2606:4700::1111', 80), reached('::ffff:93.184.215.14', 443)]).toEqual([
    true,
    true,
    true,
  ])
  expect([reached('93.184.215.14', 8443), reached('4000::1', 443), reached('nonsense', 443)]).toEqual([false, false, false])
})

test('J9: a neighbour is called at the port that is named, however its address is written', async () => {
  const { port } = await serve((_, response) => response.end('hello'))
  const outside = outsideTo(port)
  for (const host of ['127.0.0.1', '0x7f.1', '[::ffff:127.0.0.1]']) {
    const answer = await outside(`http://${host}:${port}/`, { method: 'GET' })
    expect(answer.ok && text(answer.body)).toBe('hello')
  }
  const other = await serve((_, response) => response.end('private'))
  expect(await outside(`http://127.0.0.1:${other.port}/`, { method: 'GET' })).toMatchObject({ ok: false, fault: 'barred' })
  expect(other.calls).toEqual([])
})

test('J9: a name that stands for a private address among others is not called', async () => {
  const { port, calls } = await serve((_, response) => response.end())
  const outside = outsideTo(port, { resolve: async () => ['127.0.0.1', '127.0.0.2'] })
  expect(await outside(`http://mixed.example:${port}/`, { method: 'GET' })).toMatchObject({ ok: false, fault: 'barred' })
  expect(calls).toEqual([])
})

test('J9: a name that stands for another address when it is asked again leads nowhere else', async () => {
  const { port, calls } = await serve((request, response) =>
    request.url === '/' ? response.writeHead(302, { location: '/again' }).end() : response.end('private'),
  )
  let asked = 0
  const resolve = async () => {
    asked += 1
    return [asked === 1 ? '127.0.0.1' : '127.0.0.2']
  }
  const outside = outsideTo(port, { resolve })
  expect(await outside(`http://rebinding.example:${port}/`, { method: 'GET' })).toMatchObject({ ok: true, status: 302 })
  expect(calls).toEqual([{ path: '/', at: '127.0.0.1' }])
  expect(asked).toBe(1)
  asked = 0
  expect(await outside(`http://rebinding.example:${port}/`, { method: 'GET', redirects: 3 })).toMatchObject({
    ok: false,
    fault: 'barred',
  })
  expect(calls.map(({ at }) => at)).toEqual(['127.0.0.1', '127.0.0.1'])
})

test('J9: redirects are followed three times at most, and each is looked at', async () => {
  const places: Record<string, string> = {
    '/1': '/2',
    '/2': '/3',
    '/3': '/end',
    '/round': '/round',
    '/inside': 'http://127.0.0.2/secret',
    '/file': 'file:///etc/passwd',
    '/broken': 'http://[',
  }
  const { port, calls } = await serve((request, response) => {
    const location = places[request.url ?? '']
    if (location === undefined) response.end('the end')
    else response.writeHead(307, { location }).end()
  })
  const follow = (path: string, method: 'GET' | 'POST' = 'GET', redirects = 9) =>
    outsideTo(port)(`http://127.0.0.1:${port}${path}`, { method, redirects })
  const ended = await follow('/1', 'POST')
  expect(ended.ok && text(ended.body)).toBe('the end')
  expect(await follow('/round')).toMatchObject({ ok: false, fault: 'redirects' })
  expect(calls.filter(({ path }) => path === '/round')).toHaveLength(4)
  for (const path of ['/inside', '/file', '/broken']) expect(await follow(path)).toMatchObject({ ok: false, fault: 'barred' })
  expect(await follow('/1', 'GET', 0)).toMatchObject({ ok: true, status: 307 })
})

test('J10: an answer that is late, trickles or has no end is let go', async () => {
  const { port } = await serve((request, response) => {
    if (request.url === '/mute') return
    response.writeHead(200)
    if (request.url === '/trickle') response.write('a')
    else {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16 * 1024)));
      }
      response.on('drain', more)
      more()
    }
  })
  const outside = outsideTo(port, { limits: { milliseconds: 300, bytes: 64 * 1024 } })
  const ask = (path: string) => outside(`http://127.0.0.1:${port}${path}`, { method: 'GET' })
  expect(await ask('/mute')).toMatchObject({ ok: false, fault: 'late' })
  expect(await ask('/trickle')).toMatchObject({ ok: false, fault: 'late' })
  const patient = outsideTo(port, { limits: { milliseconds: 20_000, bytes: 64 * 1024 } })
  expect(await patient(`http://127.0.0.1:${port}/endless`, { method: 'GET' })).toMatchObject({ ok: false, fault: 'large' })
  const waiting = outsideTo(port, { limits: { milliseconds: 300, bytes: 1 }, resolve: () => new Promise(() => {}) })
  expect(await waiting(`http://mute.example:${port}/`, { method: 'GET' })).toMatchObject({ ok: false, fault: 'late' })
})

test('J10: what cannot be reached says why, and a call can be ended', async () => {
  const { port } = await serve(() => {})
  const unknown = outsideTo(port, { resolve: async () => [] })
  expect(await unknown(`http://nobody.example:${port}/`, { method: 'GET' })).toMatchObject({ fault: 'unreachable' })
  const stop = new AbortController()
  const call = outsideTo(port)(`http://127.0.0.1:${port}/`, { method: 'GET', signal: stop.signal })
  stop.abort()
  expect(await call).toMatchObject({ ok: false, fault: 'stopped' })
})
