import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloseCode } from '@stet/schema/contract/sync'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { systemClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { eventually } from '../eventually.ts'
import { start } from '../start.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { createMetrics } from './metrics.ts'
import { serveMetrics } from './metrics-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

/** The value of one line of the figures, by its name and labels as they are written there; 0 where it is not. */
const figure = async (name: string): Promise<number> => {
  const line = (await server.metrics.text()).split('\n').find((each) => each.startsWith(`${name} `))
  return Number(line?.slice(name.length + 1) ?? 0)
}

/** Resolves with the close code, also where the handshake was refused. */
const closed = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve))

test('V19: the figures tell of rooms, connections, commits and entries', async () => {
  const id = await server.createDispatch()
  expect(await figure('stet_connections')).toBe(0)
  const [entries, commits] = [await figure('stet_entries_total'), await figure('stet_commit_seconds_count')]
  const { provider, text } = server.connect(id)
  await eventually(() => expect(provider.synced).toBe(true))
  expect([await figure('stet_connections'), await figure('stet_rooms')]).toEqual([1, 1])
  text.insert(0, 'let it stand')
  await eventually(async () => expect(await figure('stet_entries_total')).toBe(entries + 1))
  expect(await figure('stet_commit_seconds_count')).toBe(commits + 1)
  expect(await figure('stet_commit_seconds_bucket{le="+Inf"}')).toBe(commits + 1)
  expect(await figure('stet_entries_waiting')).toBe(0)
  provider.destroy()
  await eventually(async () => expect(await figure('stet_connections')).toBe(0))
})

test('V19: the figures tell who was refused and why, and who was not let in', async () => {
  const id = await server.createDispatch()
  const socket = server.openSocket(id)
  socket.on('open', () => socket.send(Uint8Array.of(99)))
  expect(await closed(socket)).toBe(CloseCode.badMessage)
  expect(await figure('stet_refused_total{reason="badMessage"}')).toBe(1)
  const stranger = server.openSocket(id, null)
  stranger.on('error', () => {})
  await closed(stranger)
  expect(await figure('stet_turned_away_total{status="401"}')).toBe(1)
})

test('V19: the figures tell of answers by route, under few names whatever is asked for', async () => {
  const id = await server.createDispatch()
  await server.request('GET', `/api/dispatches/${id}/snapshot`)
  await server.request('GET', `/api/dispatches/${'C'.repeat(22)}/snapshot`)
  for (const path of ['/a', '/b/c', '/api/d']) await server.request('GET', path)
  expect(await figure('stet_http_requests_total{route="getSnapshot",status="200"}')).toBe(1)
  expect(await figure('stet_http_requests_total{route="getSnapshot",status="404"}')).toBe(1)
  expect(await figure('stet_http_requests_total{route="site",status="404"}')).toBe(2)
  expect(await figure('stet_http_requests_total{route="api",status="404"}')).toBe(1)
  expect(await figure('stet_job_seconds_count{job="snapshot",outcome="done"}')).toBe(1)
  expect(await figure('stet_jobs_waiting')).toBe(0)
})

test('V19: the public port serves no figures, their own serves nothing else', async () => {
  expect((await server.request('GET', '/metrics')).status).toBe(404)
  const metrics = createMetrics({ ofProcess: true })
  const figures = await serveMetrics({ port: 0, host: '127.0.0.1' }, metrics)
  const ask = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${figures.port}${path}`, { method })
  const answer = await ask('/metrics')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, metrics.contentType])
  expect(await answer.text()).toMatch(/^process_resident_memory_bytes \d+$/m)
  expect((await ask('/')).status).toBe(404)
  expect((await ask('/metrics', 'POST')).status).toBe(404)
  await figures.close()
})

test('V19: a commit that the log refuses counts under its fault, and stores nothing', async () => {
  const metrics = createMetrics({ ofProcess: false })
  metrics.commit('full', 3, 2)
  metrics.commit('saved', 2, 2)
  const text = await metrics.text()
  expect(text).toContain('stet_commit_faults_total{fault="full"} 1')
  expect(text).toContain('stet_entries_total 2')
})

test('V8, V19: a server that was asked for figures serves them until it stops, and a port that is taken stops the start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stet-figures-'))
  const needs = { clock: systemClock, logger: pino({ level: 'silent' }), print: () => {} }
  const begin = (port: number) => {
    const outcome = readConfig({ PORT: '0', STET_DATA: folder, STET_METRICS_PORT: String(port) })
    if (!outcome.ok) throw new Error(outcome.problems.join())
    return start(outcome.config, needs)
  }
  const taken = await serveMetrics({ port: 0, host: '127.0.0.1' }, server.metrics)
  expect(await begin(taken.port)).toEqual({
    ok: false,
    message: `STET_METRICS_PORT: found ${taken.port}, which another program uses on 127.0.0.1; stop it, or choose another port`,
  })
  await taken.close()
  const started = await begin(taken.port)
  const answer = await fetch(`http://127.0.0.1:${taken.port}/metrics`)
  expect(await answer.text()).toMatch(/^stet_rooms \d+$/m)
  if (started.ok) await started.stop()
  await expect(fetch(`http://127.0.0.1:${taken.port}/metrics`)).rejects.toThrow()
  rmSync(folder, { recursive: true })
})
