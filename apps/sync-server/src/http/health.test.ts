import { expect, test } from 'vitest'
import type { JobOutcome } from '../decode/decode-pool.ts'
import { createHealth } from './health.ts'

const health = ({ canAppend = true, isGoingDown = false, answer = Promise.resolve({ ok: true }) as Promise<unknown> } = {}) => {
  let jobs = 0
  const app = createHealth({
    log: { canAppend: async () => canAppend },
    pool: {
      run: (() => {
        jobs += 1
        return answer as Promise<JobOutcome<never>>
      }) as never,
    },
    isGoingDown: () => isGoingDown,
    patience: 20,
  })
  const ask = async (path: string) => {
    const response = await app.request(path)
    const { status, title } = (await response.json()) as { status: unknown; title?: string }
    return [response.status, title ?? status]
  }
  return { ask, jobs: () => jobs }
}

test('V17: ready is who can store, decode and stay', async () => {
  expect(await health().ask('/readyz')).toEqual([200, 'ready'])
  expect(await health({ canAppend: false }).ask('/readyz')).toEqual([503, 'The log cannot be written'])
  expect(await health({ isGoingDown: true }).ask('/readyz')).toEqual([503, 'The server is going down'])
  for (const answer of [new Promise(() => {}), Promise.resolve({ ok: false })])
    expect(await health({ answer }).ask('/readyz')).toEqual([503, 'The decoding threads do not answer'])
})

test('V17: /healthz asks the decoding threads nothing, and who goes down in good order is still well', async () => {
  const { ask, jobs } = health({ isGoingDown: true, answer: new Promise(() => {}) })
  expect(await ask('/healthz')).toEqual([200, 'ok'])
  expect(jobs()).toBe(0)
  expect(await health({ canAppend: false }).ask('/healthz')).toEqual([503, 'The log cannot be written'])
})

test('V17: however many ask at once, the decoding threads are asked once', async () => {
  const { ask, jobs } = health()
  await Promise.all(Array.from({ length: 20 }, () => ask('/readyz')))
  expect(jobs()).toBe(1)
  await ask('/readyz')
  expect(jobs()).toBe(2)
})
