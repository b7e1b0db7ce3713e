import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageType } from '@stet/schema/contract/sync'
import { afterAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { eventually } from './eventually.ts'
import { createByteReader } from './sync/byte-reader.ts'
import { updateFrame } from './sync/frames.ts'
import { startTestServer } from './test-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'stet-kill-'))
const children = new Set<ChildProcess>()
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

const boot = async () => {
  const child = spawn(process.execPath, [new URL('./main.ts', import.meta.url).pathname], {
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
      PORT: '0',
      STET_DATA: folder,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.add(child)
  let printed = ''
  child.stdout?.on('data', (data) => {
    printed += data
  })
  await eventually(() => expect(printed).toContain('/desk/'))
  const url = (/site {2}(http\S+)\//.exec(printed)?.[1] ?? '').replace('localhost', '127.0.0.1')
  const authorization = `Bearer ${readFileSync(join(folder, 'bot-token'), 'utf8').trim()}`
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { child, url, authorization, printed, ended }
}
const textOf = async ({ url, authorization }: { url: string; authorization: string }, id: string): Promise<string> => {
  const doc = new Y.Doc()
  const socket = new WebSocket(`${url.replace('http', 'ws')}/sync/${id}`, { headers: { authorization } })
  await new Promise<void>((resolve) => {
    socket.once('open', () => socket.send(Uint8Array.of(0, 0, 1, 0)))
    socket.on('message', (data: Buffer) => {
      if (data[0] !== 0 || data[1] === 0) return
      if (data[1] === 1) return resolve()
      const reader = createByteReader(data)
      reader.skip(2)
      Y.applyUpdate(doc, Uint8Array.from(data.subarray(reader.skipChunk(), reader.position())))
    })
  })
  socket.close()
  return doc.getText('body').toString()
}

/** Once; `tests/chaos/killed.test.ts` does it again and again, with several who write. */
test('V1: kill -9 under load loses nothing that was acknowledged, and the folder opens again', { timeout: 60_000 }, async () => {
  const server = await boot()
  expect(server.printed).toContain('/desk/sign-in#')
  expect(statSync(join(folder, 'bot-token')).mode & 0o777).toBe(0o600)
  const made = await fetch(`${server.url}/api/dispatches`, {
    method: 'POST',
    headers: { authorization: server.authorization, 'content-type': 'application/json' },
    body: '{}',
  })
  const { id } = (await made.json()) as { id: string }
  const doc = new Y.Doc()
  const text = doc.getText('body')
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${id}`, {
    headers: { authorization: server.authorization },
  })
  let acknowledged = 0
  socket.on('message', (data: Buffer) => {
    if (data[0] === MessageType.saved) acknowledged = Math.max(acknowledged, createByteReader(data.subarray(1)).varUint())
  })
  socket.on('error', () => {})
  doc.on('update', (update: Uint8Array) => socket.readyState === WebSocket.OPEN && socket.send(updateFrame(update)))
  await new Promise((resolve) => socket.once('open', resolve))
  socket.send(Uint8Array.of(MessageType.saved))
  const typing = setInterval(() => text.insert(text.length, 'k'), 1)
  await eventually(() => expect(acknowledged).toBeGreaterThan(40))
  server.child.kill('SIGKILL')
  await server.ended
  clearInterval(typing)
  const again = await boot()
  expect((await textOf(again, id)).length).toBeGreaterThanOrEqual(acknowledged)
  again.child.kill('SIGTERM')
  expect(await again.ended).toBe(0)
})

test('V1, V9: a restart keeps dispatches, people and what is published', { timeout: 20_000 }, async () => {
  const before = await startTestServer()
  const content = {
    kind: 'essay',
    number: null,
    date: null,
    language: 'en',
    title: 'Kept',
    byline: null,
    quote: null,
    summary: '',
    topics: [],
    speakers: [],
    sources: [],
  }
  const id = await before.createDispatch({
    ...content,
    body: [{ kind: 'paragraph', id: 'b1', content: [{ type: 'text', text: 'Let it stand.' }] }],
  })
  expect((await before.request('POST', `/api/dispatches/${id}/revisions`)).status).toBe(201)
  const authorization = `Bearer ${before.token}`
  await before.stop(true)
  const after = await startTestServer({ folder: before.folder })
  expect(
    (await after.request('GET', '/api/dispatches', { role: null, headers: { authorization } })).json.dispatches,
  ).toMatchObject([{ id, title: 'Kept', revision: 1 }])
  expect((await after.request('GET', '/essays/kept/', { role: null })).text).toContain('Let it stand.')
  await after.stop()
})
