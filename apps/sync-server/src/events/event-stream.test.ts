import { HEARTBEAT } from '@stet/schema/contract/events'
import { type Content, emptyContent } from '@stet/schema/snapshot'
import { expect, onTestFinished, test } from 'vitest'
import { PeopleUnreachable } from '../access/people-database.ts'
import { eventually } from '../eventually.ts'
import { createManualClock } from '../manual-clock.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { createEventStreams } from './event-stream.ts'

const bell = (number: number): Content => ({
  ...emptyContent('dispatch'),
  number,
  date: '2026-03-02',
  title: `Bell ${number}`,
  speakers: [{ id: 'ana', name: 'ana', color: 1 }],
  body: [{ kind: 'turn', id: 't1', speaker: 'ana', start: 0, content: [{ type: 'text', text: 'It rang.' }] }],
})

const setScene = async (clock = createManualClock()) => {
  const server = await startTestServer({ clock })
  onTestFinished(() => server.stop())
  return { server, clock }
}

/** Listens as a bot does; `frames` grows. */
const listen = async (server: TestServer, headers: Record<string, string> = {}) => {
  const cut = new AbortController()
  const response = await fetch(`${server.url}/api/events`, {
    headers: { authorization: `Bearer ${server.token}`, ...headers },
    signal: cut.signal,
  })
  onTestFinished(() => cut.abort())
  const heard = { text: '', isOver: false }
  const over = (async () => {
    for await (const part of response.body ?? []) heard.text += Buffer.from(part).toString()
  })()
    .catch(() => {})
    .finally(() => {
      heard.isOver = true
    })
  const events = () =>
    [...heard.text.matchAll(/id: (\d+)\nevent: (\w+)\ndata: (.*)\n\n/g)].map(([, id, event, data]) => ({
      id: Number(id),
      event,
      data: JSON.parse(data ?? ''),
    }))
  return { response, heard, events, over, cut: () => cut.abort() }
}
const publish = async (server: TestServer, number: number): Promise<string> => {
  const id = await server.createDispatch(bell(number))
  await server.request('POST', `/api/dispatches/${id}/revisions`)
  return id
}

test('V30: who listens is told each step as it happens, with its number, revision and address', async () => {
  const { server } = await setScene()
  const listener = await listen(server)
  expect(listener.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const id = await server.createDispatch(bell(7))
  await server.request('POST', `/api/dispatches/${id}/review`, { body: {} })
  await server.request('POST', `/api/dispatches/${id}/revisions`)
  await server.request('POST', `/api/dispatches/${id}/withdrawal`, { body: { reason: 'It never rang.' } })
  await eventually(() => expect(listener.events()).toHaveLength(4))
  const [stand, ...events] = listener.events()
  expect(stand).toMatchObject({ event: 'stand', data: { newest: stand?.id } })
  const first = (stand?.id ?? 0) + 1
  expect(events).toMatchObject([
    { id: first, event: 'asked', data: { dispatch: id, step: 'asked', revision: null, path: null } },
    { id: first + 1, event: 'published', data: { dispatch: id, step: 'published', revision: 1, path: '/dispatches/007/' } },
    { id: first + 2, event: 'withdrawn', data: { dispatch: id, step: 'withdrawn', revision: 1, path: '/dispatches/007/' } },
  ])
  expect(JSON.stringify(events)).not.toContain('never rang')
})

test('V30: who comes back with the number it heard last is told all that came since, in order, once', async () => {
  const { server } = await setScene()
  const listener = await listen(server)
  await publish(server, 1)
  await eventually(() => expect(listener.events()).toHaveLength(2))
  const last = listener.events().at(-1)?.id ?? 0
  listener.cut()
  await listener.over
  const missed: string[] = []
  for (const number of [2, 3, 4]) missed.push(await publish(server, number))
  const back = await listen(server, { 'last-event-id': String(last) })
  await eventually(() => expect(back.events()).toHaveLength(4))
  missed.push(await publish(server, 5))
  await eventually(() => expect(back.events()).toHaveLength(5))
  const [stand, ...events] = back.events()
  expect(stand).toMatchObject({ event: 'stand', id: last, data: { newest: last + 3 } })
  expect(events.map(({ id, data }) => [id, data.dispatch])).toEqual(missed.map((id, index) => [last + 1 + index, id]))
})

test('V30: of a number that a restored server has not come to, it says where it stands', async () => {
  const { server } = await setScene()
  await publish(server, 1)
  const listener = await listen(server, { 'last-event-id': '999999' })
  await eventually(() => expect(listener.events()).toHaveLength(1))
  const [stand] = listener.events()
  expect(stand).toMatchObject({ event: 'stand', data: { newest: stand?.id } })
  expect(stand?.id).toBeLessThan(999_999)
})

test('V30: a quiet stream gives signs of life, and ends with the token it was opened by', async () => {
  const { server, clock } = await setScene()
  const listener = await listen(server)
  await eventually(() => expect(listener.events()).toHaveLength(1))
  await eventually(() => {
    clock.advance(HEARTBEAT)
    expect(listener.heard.text).toContain(': still here\n\n')
  })
  expect(listener.heard.isOver).toBe(false)
  await eventually(() => {
    clock.advance(24 * 3_600_000)
    expect(listener.heard.isOver).toBe(true)
  })
})

test('V30: nobody listens without credentials, and no number is guessed', async () => {
  const { server } = await setScene()
  expect((await server.request('GET', '/api/events', { role: null })).status).toBe(401)
  const odd = await server.request('GET', '/api/events?after=-1', { role: 'viewer' })
  expect([odd.status, odd.headers.get('content-type')]).toEqual([400, 'application/problem+json'])
})

test('K52: streams of whom nothing can be known just now end in good order, and leave room for those who come back', async () => {
  const clock = createManualClock()
  let isAway = false
  const person = { id: 'token-1', name: 'bot', color: 1, role: 'bot', scopes: ['read:drafts'] }
  const identify = async () => {
    if (isAway) throw new PeopleUnreachable('away')
    return { person, via: 'token', key: 'token:1', expiresAt: Number.MAX_SAFE_INTEGER }
  }
  const needs = { access: { identify }, steps: { last: () => 0, after: () => [] }, clock }
  const { app } = createEventStreams(needs as unknown as Parameters<typeof createEventStreams>[0])
  const ask = () => app.request('/api/events')
  const readers = await Promise.all(
    Array.from({ length: 200 }, async () => ((await ask()).body as ReadableStream<Uint8Array>).getReader()),
  )
  for (const reader of readers) expect((await reader.read()).done).toBe(false)
  expect((await ask()).status).toBe(503)
  isAway = true
  const rest = readers.map((reader) => reader.read())
  clock.advance(HEARTBEAT)
  for (const { done } of await Promise.all(rest)) expect(done).toBe(true)
  isAway = false
  expect((await ask()).status).toBe(200)
})

test('V30: a server that goes down ends its streams at once', async () => {
  const server = await startTestServer()
  const listener = await listen(server)
  await eventually(() => expect(listener.events()).toHaveLength(1))
  const begun = performance.now()
  await server.stop()
  await listener.over
  // It waits three seconds for connections that do not end.
  expect(performance.now() - begun).toBeLessThan(2_900)
})
