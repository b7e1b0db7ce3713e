import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type AudioFile, audioAddress } from '@stet/schema/audio'
import { emptyContent } from '@stet/schema/snapshot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../eventually.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { wavOf } from './recordings.fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const upload = async (
  bytes: Uint8Array,
  role: 'bot' | 'editor' | 'viewer' | null = 'editor',
  headers: Record<string, string> = {},
) => {
  const response = await fetch(`${server.url}/api/audio?name=talk.wav`, {
    method: 'POST',
    body: Uint8Array.from(bytes),
    headers: { ...server.headersOf(role), ...headers },
  })
  return { status: response.status, headers: response.headers, json: await response.json() }
}
const uploaded = async (bytes: Uint8Array): Promise<AudioFile> => (await upload(bytes)).json
const get = (path: string, role: 'viewer' | null, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${server.url}${path}`, {
    method,
    headers: { ...server.headersOf(role), ...headers },
  })
const spoken = (number: number, audio?: unknown) => ({
  ...emptyContent('dispatch'),
  number,
  date: '2026-01-05',
  title: 'The ferry',
  ...(audio === undefined ? {} : { audio }),
  speakers: [{ id: 'p', name: 'Ines', color: 1 }],
  body: [{ kind: 'turn', id: 't1', speaker: 'p', start: 0, content: [{ type: 'text', text: 'It left at six.' }] }],
})
const publish = (id: string) => server.request('POST', `/api/dispatches/${id}/revisions`, { role: 'bot', body: {} })

test('A1: a recording is uploaded by who may write, and found at the address it is told', async () => {
  const bytes = wavOf(2)
  const { status, headers, json } = await upload(bytes)
  expect([status, json]).toMatchObject([
    201,
    { kind: 'file', type: 'audio/wav', bytes: bytes.length, seconds: 2, name: 'talk.wav' },
  ])
  expect(headers.get('location')).toBe(audioAddress(json))
  const answer = await get(audioAddress(json), 'viewer')
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
})

test('A2: an upload is refused with the reason, and one that breaks off leaves nothing', async () => {
  expect((await upload(wavOf(1), null)).status).toBe(401)
  expect((await upload(wavOf(1), 'viewer')).status).toBe(403)
  expect((await upload(wavOf(1), 'bot', { 'sec-fetch-site': 'cross-site' })).status).toBe(201)
  expect((await upload(wavOf(1), null, { origin: 'https://elsewhere.example' })).status).toBe(403)
  const page = await upload(Buffer.from('<!doctype html><title>x</title>'))
  expect([page.status, page.json.title]).toEqual([415, expect.stringContaining('send MP3')])
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  const head = ['POST /api/audio HTTP/1.1', 'host: x', `authorization: Bearer ${server.token}`]
  const incoming = join(server.folder, 'audio-incoming')
  const before = readdirSync(join(server.folder, 'audio'))
  socket.write(`${[...head, 'content-length: 9000', '', ''].join('\r\n')}${wavOf(1).subarray(0, 500).toString('latin1')}`)
  await eventually(() => expect(readdirSync(incoming)).toHaveLength(1))
  socket.destroy()
  await eventually(() => expect(readdirSync(incoming)).toEqual([]))
  expect(readdirSync(join(server.folder, 'audio'))).toEqual(before)
  const announced = connect(Number(new URL(server.url).port), '127.0.0.1')
  const answer = new Promise<string>((resolve) => announced.once('data', (data) => resolve(data.toString())))
  announced.write([...head, `content-length: ${2 * 1024 ** 3}`, '', ''].join('\r\n'))
  expect(await answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*at most 1024 MiB/)
  announced.destroy()
})

test('A3: a recording is served in ranges, by its hash, as what it is', async () => {
  const bytes = wavOf(1.5)
  const path = audioAddress(await uploaded(bytes))
  const whole = await get(path, 'viewer')
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'audio/wav',
    'content-length': String(bytes.length),
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
  })
  const etag = whole.headers.get('etag') ?? ''
  await whole.body?.cancel()
  const part = await get(path, 'viewer', { range: 'bytes=10-19' })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${bytes.length}`])
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true)
  const end = await get(path, 'viewer', { range: 'bytes=-4', 'if-range': etag })
  expect(Buffer.from(await end.arrayBuffer()).equals(bytes.subarray(-4))).toBe(true)
  const changed = await get(path, 'viewer', { range: 'bytes=0-3', 'if-range': '"another"' })
  expect([changed.status, (await changed.arrayBuffer()).byteLength]).toEqual([200, bytes.length])
  expect((await get(path, 'viewer', { range: `bytes=${bytes.length}-` })).status).toBe(416)
  expect((await get(path, 'viewer', { 'if-none-match': etag })).status).toBe(304)
  const head = await get(path, 'viewer', {}, 'HEAD')
  expect([head.headers.get('content-length'), (await head.arrayBuffer()).byteLength]).toEqual([String(bytes.length), 0])
})

test('A3: before it is published only who may read drafts hears it, then everyone, and after a withdrawal nobody else', async () => {
  const audio = await uploaded(wavOf(2.5))
  const path = audioAddress(audio)
  const id = await server.createDispatch(spoken(1, audio))
  expect((await get(path, null)).status).toBe(404)
  expect((await publish(id)).status).toBe(201)
  const heard = await get(path, null)
  expect([heard.status, heard.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
  await heard.body?.cancel()
  await server.request('POST', `/api/dispatches/${id}/withdrawal`, { role: 'bot', body: { reason: 'A mistake.' } })
  expect((await get(path, null)).status).toBe(404)
  const desk = await get(path, 'viewer')
  expect(desk.status).toBe(200)
  await desk.body?.cancel()
})

test('A4: a dispatch that names a recording which is not there is not published', async () => {
  const audio = await uploaded(wavOf(3))
  for (const claimed of [
    { ...audio, bytes: 7 },
    { ...audio, sha256: 'f'.repeat(64) },
    { ...audio, type: 'audio/mpeg' },
  ]) {
    const refused = await publish(await server.createDispatch(spoken(2, claimed)))
    expect([refused.status, refused.json.problems]).toMatchObject([422, [{ path: ['audio'] }]])
  }
})
