import { searchScript } from '@stet/render/search-script'
import { type Content, emptyContent } from '@stet/schema/snapshot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const bell: Content = {
  ...emptyContent('dispatch'),
  number: 61,
  date: '2026-03-02',
  title: 'The bell at the quay',
  speakers: [{ id: 'ana', name: 'Ana Mörk', color: 1 }],
  sources: [
    {
      id: 's1',
      title: 'The log of the quay',
      kind: 'Data',
      tier: 'primary',
      publisher: '',
      description: '',
      claim: '',
      url: 'https://quay.example/log',
      urlIncomplete: false,
      citedText: '',
      context: '',
      keyPoints: [],
    },
  ],
  body: [
    {
      kind: 'turn',
      id: 't1',
      speaker: 'ana',
      start: 7,
      content: [{ type: 'text', text: 'It rang at four <b>bells</b>.', marks: { cites: ['s1'] } }],
    },
  ],
}
const read = (path: string) => server.request('GET', path, { role: null })
const SPEAKER = '/speakers/ana-m%C3%B6rk/'
const HOST = '/sources/quay.example/'

test('F7, F8: what is published stands with its speaker, its host and in the search at once; a draft and what is withdrawn do not', async () => {
  const holding = async () => {
    const pages = [SPEAKER, HOST, '/about/', '/', '/sitemap.xml', '/search/?q=rang+four'] as const
    const said = await Promise.all(pages.map(async (path) => [path, (await read(path)).text] as const))
    return said.flatMap(([path, text]) => (/\/dispatches\/061\/|ana-m%C3%B6rk/.test(text) ? [path] : []))
  }
  const id = await server.createDispatch(bell)
  expect(await holding()).toEqual([])
  expect((await read(SPEAKER)).status).toBe(404)

  const preview = await server.request('GET', `/api/dispatches/${id}/next-revision`)
  const told = preview.json.pages.map(({ path }: { path: string }) => path)
  expect(told).toEqual(expect.arrayContaining([SPEAKER, HOST, '/about/', '/dispatches/061/picture.png']))
  await server.request('POST', `/api/dispatches/${id}/revisions`)
  expect(await holding()).toEqual([SPEAKER, HOST, '/about/', '/', '/sitemap.xml', '/search/?q=rang+four'])
  const page = await read('/dispatches/061/')
  for (const path of [SPEAKER, HOST]) expect(page.text).toContain(`href="${path}"`)

  await server.request('POST', `/api/dispatches/${id}/withdrawal`, { body: { reason: 'It never rang.' } })
  expect(await holding()).toEqual([])
  expect([(await read(SPEAKER)).status, (await read(HOST)).status]).toEqual([404, 404])
})

test('F8: results lead to the turn, mark the words, and take what is asked as words', async () => {
  const id = await server.createDispatch({ ...bell, number: 62 })
  await server.request('POST', `/api/dispatches/${id}/revisions`)
  const { text } = await read('/search/?q=BELLS+rang')
  expect(text).toContain('<a href="/dispatches/062/#t-00-00-07">')
  expect(text).toContain('It <mark>rang</mark> at four &#x3C;b><mark>bells</mark>&#x3C;/b>.')
  expect(text).toContain('<meta name="robots" content="noindex">')
  for (const query of ['', '?q=', '?q=%22%3E%3Cscript%3E', `?q=${'a%20'.repeat(3_000)}`, '?q=%ff%00', '?q=a&q=b']) {
    const answer = await read(`/search/${query}`)
    expect([query.slice(0, 20), answer.status]).toEqual([query.slice(0, 20), 200])
    const rest = answer.text.replace(`<script>${searchScript}</script>`, '')
    expect(rest.replaceAll(/"[^"]*"/g, '')).not.toMatch(/<script/)
  }
  expect((await read('/nowhere')).text).toContain('action="/search/"')
})
