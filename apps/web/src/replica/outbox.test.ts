import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import type { ApiClient, Outcome } from '@stet/schema/contract/client'
import { newDispatchId } from '@stet/schema/ids'
import { beforeEach, expect, test, vi } from 'vitest'
import { openDatabase } from './database.ts'
import { createOutbox } from './outbox.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

const unreachable: Outcome<never> = { ok: false, fault: 'unreachable', message: '' }
const refused = (status: number): Outcome<never> => ({
  ok: false,
  fault: 'refused',
  problem: { type: 'about:blank', title: '', status },
})

const apiThatAnswers = (...answers: Outcome<unknown>[]) => {
  const calls: unknown[][] = []
  const api = (async (...call: unknown[]) => {
    calls.push(call)
    return answers[Math.min(calls.length, answers.length) - 1]
  }) as unknown as ApiClient
  return { api, calls }
}

const madeAt = '2026-01-01T00:00:00.000Z'

test('a dispatch made here waits over a restart, is registered under its own id, and waits no more', async () => {
  const id = newDispatchId()
  await createOutbox(await openDatabase(), apiThatAnswers(unreachable).api).add(id, madeAt)
  const { api, calls } = apiThatAnswers(unreachable, { ok: true, value: { id } })
  const outbox = createOutbox(await openDatabase(), api)
  expect(await outbox.ids()).toEqual(new Set([id]))
  expect(await outbox.register(id)).toBe('try again')
  expect(await outbox.register(id)).toBe('registered')
  expect(calls[1]).toEqual(['createDispatch', { body: { id } }])
  expect(await outbox.ids()).toEqual(new Set())
})

test('what the server knows already is not asked again', async () => {
  const { api, calls } = apiThatAnswers(unreachable)
  expect(await createOutbox(await openDatabase(), api).register(newDispatchId())).toBe('registered')
  expect(calls).toEqual([])
})

test('asked twice at once it posts once', async () => {
  const id = newDispatchId()
  const { api, calls } = apiThatAnswers({ ok: true, value: { id } })
  const outbox = createOutbox(await openDatabase(), api)
  await outbox.add(id, madeAt)
  expect(await Promise.all([outbox.register(id), outbox.register(id)])).toEqual(['registered', 'registered'])
  expect(calls).toHaveLength(1)
})

test('signed out or a server in trouble means later; a refusal is final', async () => {
  const id = newDispatchId()
  for (const [status, expected] of [
    [401, 'try again'],
    [503, 'try again'],
    [403, 'refused'],
  ] as const) {
    const outbox = createOutbox(null, apiThatAnswers(refused(status)).api)
    await outbox.add(id, madeAt)
    expect(await outbox.register(id)).toBe(expected)
  }
})

test('it goes on trying until the server answers', async () => {
  vi.useFakeTimers()
  const id = newDispatchId()
  const { api, calls } = apiThatAnswers(unreachable, unreachable, { ok: true, value: { id } })
  const outbox = createOutbox(null, api)
  await outbox.add(id, madeAt)
  const registered = outbox.untilRegistered(id, new AbortController().signal)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await registered).toBe(true)
  expect(calls).toHaveLength(3)
  vi.useRealTimers()
})

test('it stops trying when its page closes', async () => {
  const id = newDispatchId()
  const outbox = createOutbox(null, apiThatAnswers(unreachable).api)
  await outbox.add(id, madeAt)
  const closing = new AbortController()
  const registered = outbox.untilRegistered(id, closing.signal)
  closing.abort()
  expect(await registered).toBe(false)
})
