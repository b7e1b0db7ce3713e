import { readFileSync } from 'node:fs'
import { importText } from '@stet/import/import-text'
import { RevisionFacts } from '@stet/schema/revision'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const sample = () => {
  const imported = importText(readFileSync(new URL('../sample/dispatch-001.txt', import.meta.url), 'utf8'))
  if (!imported.ok) throw new Error(imported.fault.expected)
  return imported.content
}

test('V9: a dispatch goes from content to a published page, and publishing it again says that nothing has changed', async () => {
  const id = await server.createDispatch({ ...sample(), number: 8 })
  expect((await server.request('GET', '/dispatches/008/', { role: null })).status).toBe(404)
  const published = await server.request('POST', `/api/dispatches/${id}/revisions`)
  expect(published).toMatchObject({
    status: 201,
    json: { revision: { revision: 1, path: '/dispatches/008/', publishedBy: 'publisher' } },
  })
  RevisionFacts.parse(published.json.revision)
  const page = await server.request('GET', '/dispatches/008/', { role: null })
  expect([page.status, page.text.includes('Four Hundred Thousand Gulls')]).toEqual([200, true])
  const etag = page.headers.get('etag') ?? ''
  expect((await server.request('GET', '/dispatches/008/', { role: null, headers: { 'if-none-match': etag } })).status).toBe(304)
  for (const extension of ['md', 'json', 'txt'])
    expect((await server.request('GET', `/dispatches/008/008.${extension}`, { role: null })).status).toBe(200)
  expect((await server.request('GET', '/', { role: null })).text).toContain('/dispatches/008/')
  const again = await server.request('POST', `/api/dispatches/${id}/revisions`)
  expect(again).toMatchObject({ status: 409, json: { title: 'Nothing has changed since revision 1' } })
  const listing = (await server.request('GET', '/api/dispatches')).json.dispatches.find((each: { id: string }) => each.id === id)
  expect(listing).toMatchObject({ number: 8, revision: 1, kind: 'dispatch' })
  expect((await server.request('GET', '/api/published', { role: null })).json.published).toHaveLength(1)
})

test('V7: a number that is taken is refused with the other’s name', async () => {
  const first = await server.createDispatch({ ...sample(), number: 21, title: 'The first' })
  const second = await server.createDispatch({ ...sample(), number: 21, title: 'The second' })
  expect((await server.request('POST', `/api/dispatches/${first}/revisions`)).status).toBe(201)
  const refused = await server.request('POST', `/api/dispatches/${second}/revisions`)
  expect(refused).toMatchObject({
    status: 409,
    json: { title: 'The number is taken: “The first” is published at /dispatches/021/' },
  })
})

test('essays with one title get addresses of their own', async () => {
  const essay = {
    ...sample(),
    kind: 'essay',
    number: null,
    title: 'What Happened, and When?',
    body: [{ kind: 'paragraph', id: 'b1', content: [{ type: 'text', text: 'Tides.' }] }],
  }
  const paths = []
  for (const summary of ['one', 'two']) {
    const id = await server.createDispatch({ ...essay, summary })
    paths.push((await server.request('POST', `/api/dispatches/${id}/revisions`)).json.revision.path)
  }
  expect(paths).toEqual(['/essays/what-happened-and-when/', '/essays/what-happened-and-when-2/'])
})

test('V7: what is not ready is refused field by field', async () => {
  const id = await server.createDispatch()
  expect(await server.request('POST', `/api/dispatches/${id}/revisions`)).toMatchObject({
    status: 422,
    json: { status: 422, problems: expect.arrayContaining([{ path: ['title'], message: 'give it a title' }]) },
  })
})

test('creating with an id of one’s own may be repeated and changes nothing', async () => {
  const id = 'B'.repeat(22)
  const body = { id, content: { ...sample(), title: 'Once' } }
  expect(await server.request('POST', '/api/dispatches', { body })).toMatchObject({ status: 201, json: { id } })
  expect((await server.request('POST', '/api/dispatches', { body: { id } })).status).toBe(201)
  expect((await server.request('GET', `/api/dispatches/${id}/snapshot`)).json.title).toBe('Once')
})

test.each([
  ['no credentials', 'GET', '/api/dispatches', { role: null }, 401],
  ['a viewer who writes', 'POST', '/api/dispatches', { role: 'viewer', body: {} }, 403],
  ['an unknown address', 'GET', '/api/nonsense', {}, 404],
  ['an absent dispatch', 'GET', `/api/dispatches/${'C'.repeat(22)}/snapshot`, {}, 404],
  ['a bad id', 'GET', '/api/dispatches/short/snapshot', {}, 400],
  ['a body that is no JSON', 'POST', '/api/dispatches', { body: '{' }, 400],
  ['a form', 'POST', '/api/dispatches', { headers: { 'content-type': 'text/plain' }, body: 'a=b' }, 415],
  ['a wrong field', 'POST', '/api/dispatches', { body: { content: { kind: 'poem' } } }, 422],
  ['too large a body', 'POST', '/api/dispatches', { body: { id: 'x'.repeat(9 * 1024 * 1024) } }, 413],
  ['a used-up link', 'POST', '/api/session', { role: null, body: { code: 'nonsense', name: 'Ada' } }, 403],
  [
    'another site',
    'POST',
    '/api/session',
    { role: null, body: { code: 'x', name: 'Ada' }, headers: { origin: 'https://evil.example' } },
    403,
  ],
] as const)('%s is answered with problem details', async (_, method, path, options, status) => {
  const answer = await server.request(method, path, options)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer).toMatchObject({ status, json: { type: 'about:blank', status, title: expect.any(String) } })
  if (status === 422) expect(answer.json.problems.length).toBeGreaterThan(0)
})

test('V6: a sign-in link gives a session once', async () => {
  const { code } = await server.access.invitations.create({ role: 'editor', uses: 1, days: 7, madeBy: 'the test' })
  const first = await server.request('POST', '/api/session', { role: null, body: { code, name: 'Ada' } })
  expect(first).toMatchObject({ status: 201, json: { person: { name: 'Ada', role: 'editor' } } })
  const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  expect((await server.request('GET', '/api/session', { role: null, headers: { cookie } })).json).toMatchObject({
    person: { name: 'Ada' },
    site: { name: 'The Test Show' },
  })
  expect(
    (
      await server.request('POST', '/api/dispatches', {
        role: null,
        body: {},
        headers: { cookie, origin: 'https://evil.example' },
      })
    ).status,
  ).toBe(403)
  expect((await server.request('POST', '/api/session', { role: null, body: { code, name: 'Bob' } })).json.title).toBe(
    'This sign-in link has been used',
  )
})

test('the description names every route and has no dangling reference', async () => {
  const { json, text } = await server.request('GET', '/api/openapi.json', { role: null })
  expect(json.openapi).toBe('3.1.0')
  expect(
    json.paths['/api/dispatches/{id}/revisions/{revision}'].get.parameters.map(({ name }: { name: string }) => name),
  ).toEqual(['id', 'revision', 'if-none-match'])
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
    expect(json.components.schemas).toHaveProperty([name ?? ''])
})

test('the site has fonts, a strict policy and a page for what is not there', async () => {
  for (const font of ['source-serif-4', 'source-serif-4-italic', 'inter']) {
    const answer = await server.request('GET', `/assets/fonts/${font}.woff2`, { role: null })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'font/woff2'])
  }
  const missing = await server.request('GET', '/nowhere', { role: null })
  expect([missing.status, missing.headers.get('content-security-policy')?.startsWith("default-src 'none'")]).toEqual([404, true])
  expect((await server.request('GET', '/desk', { role: null })).headers.get('location')).toBe('/desk/')
  expect((await server.request('GET', '/desk/..%2f..%2fpackage.json', { role: null })).status).not.toBe(200)
  expect((await server.request('GET', '/healthz', { role: null })).json).toEqual({ status: 'ok' })
})
