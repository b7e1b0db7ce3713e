import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type Artwork, artworkPath, smallArtworkPath } from '@stet/schema/artwork'
import { MAX_ARTWORK_BYTES } from '@stet/schema/contract/artwork'
import { parseJsonFeed, parseRssFeed } from 'feedsmith'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { eventually } from '../eventually.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { jpegOf, pngOf } from './pictures.fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterEach(() => server.request('DELETE', '/api/artwork', { role: 'owner' }))
afterAll(() => server.stop())

const SQUARE = { width: 1_400, height: 1_400 }

type Role = 'owner' | 'publisher' | 'editor' | 'viewer' | 'bot' | null
const upload = async (bytes: Uint8Array, role: Role = 'owner', headers: Record<string, string> = {}, name = 'cover.gif') => {
  const response = await fetch(`${server.url}/api/artwork?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    body: Uint8Array.from(bytes),
    headers: { ...server.headersOf(role), 'content-type': 'image/gif', ...headers },
  })
  return { status: response.status, headers: response.headers, json: await response.json() }
}
const uploaded = async (bytes: Uint8Array): Promise<Artwork> => (await upload(bytes)).json.artwork
const read = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${server.url}${path}`, { method, headers })
const textOf = async (path: string) => (await read(path)).text()
const stands = async () => (await server.request('GET', '/api/artwork', { role: 'viewer' })).json.artwork
const kept = () => readdirSync(join(server.folder, 'artwork')).sort()

test('P10: artwork is known by its bytes, whatever the file is called and said to be, and served by their hash', async () => {
  for (const [bytes, type, ending] of [
    [pngOf(SQUARE), 'image/png', 'png'],
    [jpegOf(SQUARE), 'image/jpeg', 'jpg'],
  ] as const) {
    const { status, headers, json } = await upload(bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect([status, json.artwork]).toMatchObject([201, { sha256, type, pixels: 1_400, bytes: bytes.length, name: 'cover.gif' }])
    expect(headers.get('location')).toBe(`/artwork/${sha256}.${ending}`)
    expect(await stands()).toEqual(json.artwork)

    const whole = await read(artworkPath(json.artwork))
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true)
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': type,
      'content-length': String(bytes.length),
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      etag: `"${sha256}"`,
    })
    expect((await read(artworkPath(json.artwork), { 'if-none-match': `"${sha256}"` })).status).toBe(304)
    const head = await read(artworkPath(json.artwork), {}, 'HEAD')
    expect([head.headers.get('content-length'), (await head.arrayBuffer()).byteLength]).toEqual([String(bytes.length), 0])

    const small = await read(smallArtworkPath(json.artwork))
    const copy = Buffer.from(await small.arrayBuffer())
    expect([copy.readUInt32BE(16), copy.readUInt32BE(20)]).toEqual([256, 256])
    expect(createHash('sha256').update(copy).digest('hex')).toBe(json.artwork.small)
  }
})

test('P10: what directories would not take is refused with what was found and what is wanted, and what stands still stands', async () => {
  const before = await uploaded(pngOf(SQUARE))
  const files = kept()
  const broken = pngOf(SQUARE)
  broken.fill(0xff, 60)
  const refusals: [Uint8Array, number, RegExp][] = [
    [pngOf({ width: 1_399, height: 1_399 }), 422, /^Found 1399 by 1399 pixels; wanted a square of 1400 to 3000 pixels/],
    [jpegOf({ width: 3_001, height: 3_001 }), 422, /^Found 3001 by 3001 pixels;/],
    [pngOf({ width: 1_400, height: 1_500 }), 422, /^Found 1400 by 1500 pixels, which is not square;/],
    [pngOf({ width: 100_000, height: 1 }), 422, /^Found 100000 by 1 pixels/],
    [broken, 422, /Nothing of this picture can be shown/],
    [pngOf(SQUARE).subarray(0, 20), 422, /Nothing of this picture can be shown/],
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 415, /neither PNG nor JPEG/],
    [Buffer.from('GIF89a\u0001\u0000\u0001\u0000'), 415, /neither PNG nor JPEG/],
    [Buffer.alloc(0), 415, /neither PNG nor JPEG/],
  ]
  for (const [bytes, status, title] of refusals)
    expect(await upload(bytes, 'owner', { 'content-type': 'image/png' }, 'cover.png')).toMatchObject({
      status,
      json: { title: expect.stringMatching(title) },
    })
  expect(await stands()).toEqual(before)
  expect(kept()).toEqual(files)
  expect(readdirSync(join(server.folder, 'artwork-incoming'))).toEqual([])
})

test('P10: only who may configure the show changes its artwork, from the desk alone or by a request of their own', async () => {
  const bytes = pngOf(SQUARE)
  for (const role of ['publisher', 'editor', 'viewer', 'bot'] as const) expect((await upload(bytes, role)).status, role).toBe(403)
  expect((await upload(bytes, null, { origin: server.url })).status).toBe(401)
  expect((await upload(bytes, 'owner', { origin: 'https://elsewhere.example' })).status).toBe(403)
  expect((await server.request('DELETE', '/api/artwork', { role: 'publisher' })).status).toBe(403)
  expect(await stands()).toBeNull()
})

test('P10: one that is too large is refused before it is read, and one that breaks off leaves nothing', async () => {
  const { cookie = '', origin = '' } = server.headersOf('owner')
  const head = ['POST /api/artwork HTTP/1.1', `host: ${new URL(server.url).host}`, `cookie: ${cookie}`, `origin: ${origin}`]
  const speak = (length: number, body: string) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.write(`${[...head, `content-length: ${length}`, '', ''].join('\r\n')}${body}`)
    return socket
  }
  const announced = speak(MAX_ARTWORK_BYTES + 1, '')
  const answer = await new Promise<string>((resolve) => announced.once('data', (data) => resolve(data.toString())))
  expect(answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*at most 8 MiB/)
  announced.destroy()

  const incoming = join(server.folder, 'artwork-incoming')
  const cut = speak(9_000, 'x')
  await eventually(() => expect(readdirSync(incoming)).toHaveLength(1))
  expect(await upload(pngOf(SQUARE))).toMatchObject({ status: 429 })
  cut.destroy()
  await eventually(() => expect(readdirSync(incoming)).toEqual([]))
  expect(await stands()).toBeNull()
})

test('P11: feeds and pages name it at once, and nothing of it is left when it is taken off; no reader is told what the file was called', async () => {
  const artwork = (await upload(pngOf(SQUARE), 'owner', {}, 'the secret plan.png')).json.artwork
  const site = new URL((await server.request('GET', '/api/published', { role: 'bot' })).json.site.url).origin
  const [whole, small] = [`${site}${artworkPath(artwork)}`, `${site}${smallArtworkPath(artwork)}`]
  const podcast = parseRssFeed(await textOf('/podcast.xml'))
  expect(podcast).toMatchObject({ itunes: { image: whole }, image: { url: whole, title: 'The Test Show' } })
  expect(parseRssFeed(await textOf('/feed.xml'))).toMatchObject({ image: { url: small } })
  expect(parseJsonFeed(await textOf('/feed.json'))).toMatchObject({ icon: whole, favicon: small })
  for (const path of ['/', '/about/']) {
    const page = await textOf(path)
    expect(page).toContain(`<img class="artwork" src="${smallArtworkPath(artwork)}" alt="" width="256" height="256">`)
    expect(page).toContain(`<link rel="icon" type="image/png" href="${smallArtworkPath(artwork)}">`)
    expect(page).toContain(`<meta property="og:image" content="${whole}">`)
  }
  expect(await textOf('/')).toContain(`"image":{"@type":"ImageObject","url":"${whole}","width":1400,"height":1400}`)
  for (const path of ['/', '/about/', '/podcast.xml', '/feed.xml', '/feed.json', '/api/session'])
    expect((await server.request('GET', path, { role: 'viewer' })).text, path).not.toContain('secret plan')

  const removed = await server.request('DELETE', '/api/artwork', { role: 'owner' })
  expect([removed.status, removed.json]).toEqual([200, { artwork: null }])
  for (const path of ['/', '/about/', '/podcast.xml', '/feed.xml', '/feed.json'])
    expect(await textOf(path), path).not.toContain('/artwork/')
  expect((await read(artworkPath(artwork))).status).toBe(404)
})

test('Q4: who has not seen which artwork stands does not take it off', async () => {
  const seen = (await server.request('GET', '/api/artwork', { role: 'owner' })).headers.get('etag') ?? ''
  await uploaded(pngOf(SQUARE))
  const remove = () => server.request('DELETE', '/api/artwork', { role: 'owner', headers: { 'if-match': seen } })
  expect((await remove()).status).toBe(412)
  expect(await stands()).not.toBeNull()
})
