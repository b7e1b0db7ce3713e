import { request as httpRequest } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { type Content, emptyContent } from '@stet/schema/snapshot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.ts'
import { createPageShelf } from './page-shelf.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const tide = (number: number): Content => ({
  ...emptyContent('dispatch'),
  number,
  date: '2026-03-02',
  title: `Tide ${number}`,
  speakers: [{ id: 'ana', name: 'ana', color: 1 }],
  body: [{ kind: 'turn', id: 't1', speaker: 'ana', start: 0, content: [{ type: 'text', text: 'It rose. '.repeat(200) }] }],
})
const publish = async (number: number) => {
  const id = await server.createDispatch(tide(number))
  await server.request('POST', `/api/dispatches/${id}/revisions`)
}

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }
/** As it comes over the wire: nothing is unpacked. */
const raw = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    httpRequest(`${server.url}${path}`, { headers, method }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part) => parts.push(part))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      )
    })
      .on('error', reject)
      .end()
  })

test('V31: a page goes in the best coding that the caller takes, the same whether it is made or lies ready', async () => {
  await publish(1)
  for (const path of ['/dispatches/001/', '/dispatches/001/001.md', '/feed.xml'])
    for (const round of ['made', 'ready']) {
      const plain = await raw(path)
      const gzip = await raw(path, { 'accept-encoding': 'gzip, deflate' })
      const br = await raw(path, { 'accept-encoding': 'gzip, br;q=0.9' })
      const refused = await raw(path, { 'accept-encoding': 'br;q=0, gzip;q=0' })
      expect([path, round, gunzipSync(gzip.body).equals(plain.body)]).toEqual([path, round, true])
      expect([path, round, brotliDecompressSync(br.body).equals(plain.body)]).toEqual([path, round, true])
      expect(refused.body.equals(plain.body)).toBe(true)
      expect([plain, gzip, br].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'gzip', 'br'])
      expect(new Set([plain, gzip, br].map(({ headers }) => headers['etag'])).size).toBe(3)
      for (const { headers, body } of [plain, gzip, br, refused]) {
        expect(headers['vary']).toContain('accept-encoding')
        expect(headers['content-length']).toBe(String(body.length))
        expect(headers['x-request-id']).toMatch(/^[\w.-]+$/)
        expect(headers['content-security-policy']).toContain("default-src 'none'")
      }
    }
})

test('V31: who has the bytes is told so, for its coding alone, and HEAD says what GET would', async () => {
  await publish(2)
  for (const round of ['made', 'ready']) {
    const path = round === 'made' ? '/dispatches/002/' : '/dispatches/002/002.txt'
    if (round === 'ready') await raw(path)
    const br = await raw(path, { 'accept-encoding': 'br' })
    const etag = String(br.headers['etag'])
    const again = await raw(path, { 'accept-encoding': 'br', 'if-none-match': `"other", W/${etag}` })
    expect([again.status, again.body.length, again.headers['etag']]).toEqual([304, 0, etag])
    expect((await raw(path, { 'if-none-match': etag })).status).toBe(200)
    const head = await raw(path, { 'accept-encoding': 'br' }, 'HEAD')
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, br.headers['content-length']])
  }
})

test('V31: the address of a revision may be kept for a day, what may change is asked for each time', async () => {
  await publish(3)
  const caching = async (path: string) => (await raw(path)).headers['cache-control']
  expect(await caching('/dispatches/003/revisions/1/')).toBe('public, max-age=86400, immutable')
  for (const path of ['/', '/dispatches/003/', '/dispatches/003/revisions/', '/feed.json', '/dispatches/999/'])
    expect([path, await caching(path)]).toEqual([path, 'no-cache'])
})

const page = (path: string) => ({
  mediaType: 'text/plain',
  status: 200 as const,
  isLasting: false,
  isOpen: false,
  plain: Buffer.alloc(100, path),
  br: null,
  gzip: null,
  tag: path,
})
const site = () => ({ name: 'The show', url: 'https://show.example' })

test('V31: a page is made once for all who ask at once, and the oldest goes when they take too much room', async () => {
  const made: string[] = []
  const render = async (path: string) => {
    made.push(path)
    return page(path)
  }
  const shelf = createPageShelf({ render }, site, 250)
  await Promise.all([shelf.get('/a'), shelf.get('/a'), shelf.get('/a')])
  await shelf.get('/b')
  await shelf.get('/c')
  expect(made).toEqual(['/a', '/b', '/c'])
  expect(['/a', '/b', '/c'].map((path) => shelf.ready(path) !== null)).toEqual([false, true, true])
})

test('V31: a page that was being made when something was published is not kept', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const shelf = createPageShelf({ render: (path) => promise.then(() => page(path)) }, site)
  const asked = shelf.get('/')
  shelf.forget()
  resolve()
  expect(await asked).not.toBeNull()
  expect(shelf.ready('/')).toBeNull()
})
