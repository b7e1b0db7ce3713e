import { type Content, emptyContent } from '@stet/schema/snapshot'
import { parseRssFeed } from 'feedsmith'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const buoy: Content = {
  ...emptyContent('dispatch'),
  number: 31,
  date: '2026-03-02',
  title: 'The buoy & the bell',
  speakers: [{ id: 'ana', name: 'ana', color: 1 }],
  body: [{ kind: 'turn', id: 't1', speaker: 'ana', start: 0, content: [{ type: 'text', text: 'It rang at four.' }] }],
}
const read = (path: string) => server.request('GET', path, { role: null })

test('D10, D11: what is published is in the feeds and the site map at once, and leaves them when it is withdrawn', async () => {
  const titles = async () => parseRssFeed((await read('/feed.xml')).text).items?.map(({ title }) => title) ?? []
  const holding = async (words: string) => {
    const holds: string[] = []
    for (const path of ['/feed.xml', '/feed.json', '/sitemap.xml']) if ((await read(path)).text.includes(words)) holds.push(path)
    return holds
  }
  expect(await titles()).toEqual([])
  const id = await server.createDispatch(buoy)
  expect(await holding('/dispatches/031/')).toEqual([])

  const preview = await server.request('GET', `/api/dispatches/${id}/next-revision`)
  await server.request('POST', `/api/dispatches/${id}/revisions`)
  expect(await titles()).toEqual(['The buoy & the bell'])
  expect(await holding('/dispatches/031/')).toEqual(['/feed.xml', '/feed.json', '/sitemap.xml'])
  expect(await holding('It rang at four.')).toEqual(['/feed.xml', '/feed.json'])
  for (const path of ['/feed.xml', '/feed.json', '/sitemap.xml'])
    expect(preview.json.pages).toContainEqual({ path, is: 'changed' })
  const { guid } = parseRssFeed((await read('/feed.xml')).text).items?.[0] ?? {}
  expect(guid).toEqual({ value: id, isPermaLink: false })

  await server.request('POST', `/api/dispatches/${id}/withdrawal`, { body: { reason: 'It never rang.' } })
  expect(await titles()).toEqual([])
  expect(await holding('/dispatches/031/')).toEqual([])
})

test('D10, D11: feeds, site map and robots.txt say what they are, and nothing to who has them already', async () => {
  const types = {
    '/feed.xml': 'application/rss+xml; charset=utf-8',
    '/feed.json': 'application/feed+json; charset=utf-8',
    '/sitemap.xml': 'application/xml; charset=utf-8',
    '/robots.txt': 'text/plain; charset=utf-8',
  }
  for (const [path, type] of Object.entries(types)) {
    const answer = await read(path)
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, type])
    expect(answer.headers.get('content-security-policy')).not.toMatch(/script-src (?!(?:'sha256-[\w+/=]+' ?)+;)/)
    const again = await server.request('GET', path, {
      role: null,
      headers: { 'if-none-match': answer.headers.get('etag') ?? '' },
    })
    expect([path, again.status, again.text]).toEqual([path, 304, ''])
  }
})
