import { expect, it } from 'vitest'
import { newDispatchId } from '../ids.ts'
import { createApiClient } from './client.ts'
import { PROBLEM_MEDIA_TYPE } from './problem.ts'

const id = newDispatchId()
const answering = (status: number, body: unknown, type = 'application/json') => {
  const requests: Request[] = []
  const send = async (input: string | URL | Request, init?: RequestInit) => {
    requests.push(new Request(input, init))
    return new Response(body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body), {
      status,
      headers: { 'content-type': type },
    })
  }
  return { requests, client: createApiClient('https://show.example', { token: 'stet_x', fetch: send as typeof fetch }) }
}

it('a call is sent as the contract says, with the token as a bearer', async () => {
  const { requests, client } = answering(201, { id })
  expect(await client('createDispatch', { body: { id } })).toEqual({ ok: true, value: { id } })
  const [request] = requests
  expect([request?.method, request?.url]).toEqual(['POST', 'https://show.example/api/dispatches'])
  expect(request?.headers.get('authorization')).toBe('Bearer stet_x')
  expect(await request?.json()).toEqual({ id })
})

it('params stand in the path, escaped', async () => {
  const { requests, client } = answering(200, { revisions: [] })
  await client('listRevisions', { params: { id: 'a/../b' as typeof id } })
  expect(requests[0]?.url).toBe('https://show.example/api/dispatches/a%2F..%2Fb/revisions')
})

it('a problem is an answer, with its fields', async () => {
  const problem = {
    type: 'about:blank',
    title: 'Not ready',
    status: 422,
    problems: [{ path: ['title'], message: 'give it a title' }],
  }
  const { client } = answering(422, problem, PROBLEM_MEDIA_TYPE)
  expect(await client('publish', { params: { id }, body: {} })).toEqual({ ok: false, fault: 'refused', problem })
})

it('an answer off the contract is never taken for a value', async () => {
  expect(await answering(200, { dispatches: [{ id: 1 }] }).client('listDispatches')).toMatchObject({
    ok: false,
    fault: 'unreadable',
  })
  expect(await answering(200, '<html>', 'text/html').client('listDispatches')).toMatchObject({ ok: false, fault: 'unreadable' })
  expect(await answering(502, 'Bad gateway', 'text/plain').client('listDispatches')).toMatchObject({
    ok: false,
    fault: 'unreadable',
  })
})

it('an empty answer is a value where the contract has none', async () => {
  expect(await answering(204, undefined).client('signOut')).toEqual({ ok: true, value: undefined })
})

it('no network is an outcome that says so', async () => {
  const client = createApiClient('https://show.example', {
    fetch: () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })),
  })
  expect(await client('getSession')).toEqual({
    ok: false,
    fault: 'unreachable',
    message: 'https://show.example does not answer: ECONNREFUSED',
  })
})
