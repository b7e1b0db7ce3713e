import type { Route } from '@stet/schema/contract/api'
import { type RouteName, routes } from '@stet/schema/contract/routes'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wavOf } from '../audio/recordings.fixture.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { examples } from './examples.ts'
import { createOpenApi, type Operation } from './open-api.ts'

const openApi = createOpenApi('https://show.example')
/** What is no JSON: a stream, and bytes. */
const BESIDE = ['followEvents', 'uploadRecording', 'getRecording']
const operations = Object.values(openApi.paths).flatMap((methods) => Object.values(methods))

test('Q6: every route is described, once, with what it takes, answers and refuses', () => {
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual([...Object.keys(routes), ...BESIDE].sort())
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    const operation = openApi.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]
    expect(operation?.summary).toBe(route.summary)
    const given = (place: string) => operation?.parameters?.flatMap((each) => (each.in === place ? [each.name] : [])) ?? []
    expect([name, given('path')]).toEqual([name, Object.keys(route.params?.shape ?? {})])
    expect([name, given('header').includes('idempotency-key')]).toEqual([
      name,
      route.method !== 'GET' && route.access !== 'public',
    ])
    expect([name, given('header').includes('if-match')]).toEqual([name, route.state !== undefined])
    expect([name, given('query')]).toEqual([name, Object.keys(route.query?.shape ?? {})])
    expect(Object.keys(operation?.responses ?? {})).toEqual([String(route.status), 'default'])
  }
})

const isBytes = (mediaType: string): boolean => mediaType.startsWith('audio/')

test('Q6: every example of the description is valid by its schema, to a validator that is not ours', () => {
  const validator = new Ajv2020({ strict: false, validateFormats: false })
  validator.addSchema(openApi, 'api')
  let validated = 0
  const valid = (schema: unknown, example: unknown, where: string) => {
    expect([where, example === undefined]).toEqual([where, false])
    const resolved = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components'))
    const validate = validator.compile(resolved)
    expect([where, validate(example), validate.errors]).toEqual([where, true, null])
    validated += 1
  }
  for (const { operationId, parameters = [], requestBody, responses } of operations) {
    for (const { name, schema, example, required } of parameters) {
      if (example !== undefined || required) valid(schema, example, `${operationId} ${name}`)
    }
    for (const [type, { schema, example }] of Object.entries(requestBody?.content ?? {}))
      if (!isBytes(type)) valid(schema, example, `${operationId} body`)
    for (const [status, { content = {} }] of Object.entries(responses))
      if (status !== 'default' && status !== '204')
        for (const [type, { schema, example }] of Object.entries(content))
          if (!isBytes(type)) valid(schema, example, `${operationId} answer`)
  }
  expect(validated).toBeGreaterThan(operations.length)
})

test('Q6: what an example sends and is answered is what the contract takes', () => {
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    const { params, query, body, answer } = examples[name] as Record<string, unknown>
    for (const [part, schema, value] of [
      ['params', route.params, params],
      ['query', route.query, query],
      ['body', route.body, body],
      ['answer', route.answer, answer],
    ] as const)
      expect([name, part, schema?.safeParse(value).error]).toEqual([name, part, undefined])
  }
})

test('Q4: what a route says is compared with `If-Match` is read at an address of the same thing', () => {
  for (const { state, path } of Object.values(routes) as Route[]) {
    if (state === undefined) continue
    const read: Route = routes[state as RouteName]
    expect([read?.method, path.startsWith(read.path.split('/').slice(0, 4).join('/'))]).toEqual(['GET', true])
  }
})

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

test('Q6: recordings are taken, answered, told and refused as the description says', async () => {
  const [{ post: upload } = {}, { get: hear } = {}] = [openApi.paths['/api/audio'], openApi.paths['/audio/{file}']]
  const validator = new Ajv2020({ strict: false, validateFormats: false })
  validator.addSchema(openApi, 'api')
  const fits = (operation: Operation | undefined, status: string, type: string, value: unknown) => {
    const { schema } = operation?.responses[status]?.content?.[type] ?? {}
    return validator.validate(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components')), value)
  }
  const name = upload?.parameters?.find((each) => each.name === 'name')?.example
  const send = (query: string) =>
    fetch(`${server.url}/api/audio?${query}`, {
      method: 'POST',
      body: Uint8Array.from(wavOf(1)),
      headers: { ...server.headersOf('editor'), 'content-type': 'audio/wav' },
    })
  expect(Object.keys(upload?.requestBody?.content ?? {})).toContain('audio/wav')
  const kept = await send(`name=${name}`)
  expect([kept.status, fits(upload, '201', 'application/json', await kept.json())]).toEqual([201, true])
  const refused = await send('title=x')
  expect([refused.status, fits(upload, 'default', 'application/problem+json', await refused.json())]).toEqual([400, true])

  const example = hear?.parameters?.find((each) => each.name === 'file')?.example
  const location = kept.headers.get('location') ?? ''
  const shape = (path: string) => path.replace(/[0-9a-f]{64}\.\w+$/, '{file}')
  expect([shape(location), shape(`/audio/${example}`)]).toEqual(['/audio/{file}', '/audio/{file}'])
  const [whole, part] = await Promise.all(
    [{}, { range: 'bytes=0-9' }].map((headers) =>
      fetch(`${server.url}${location}`, { headers: { ...server.headersOf('viewer'), ...headers } }),
    ),
  )
  for (const answer of [whole, part])
    expect(Object.keys(hear?.responses[String(answer?.status)]?.content ?? {})).toContain(answer?.headers.get('content-type'))
  expect([(await whole?.bytes())?.length, (await part?.bytes())?.length]).toEqual([wavOf(1).length, 10])
  const missing = await fetch(`${server.url}/audio/${example}`, { headers: server.headersOf('viewer') })
  expect([missing.status, fits(hear, 'default', 'application/problem+json', await missing.json())]).toEqual([404, true])
})

test('Q6: the description can be read as a page, without a script and without anybody else’s server', async () => {
  const page = await server.request('GET', '/api/', { role: null })
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-/)
  expect(policy).not.toMatch(/unsafe|script-src|https?:/)
  expect(page.text).not.toMatch(/<script|<link|src=/)
  for (const { operationId, summary } of operations) {
    expect(page.text).toContain(`id="${operationId}"`)
    expect(page.text).toContain(`href="#${operationId}"`)
    expect(page.text.replace(/<\/?code>/g, '')).toContain(summary.replaceAll('`', ''))
  }
  const etag = page.headers.get('etag') ?? ''
  expect((await server.request('GET', '/api/', { role: null, headers: { 'if-none-match': etag } })).status).toBe(304)
  expect((await server.request('GET', '/api', { role: null })).headers.get('location')).toBe('/api/')
})
