import { createHash } from 'node:crypto'
import { playerScript } from '@stet/render/player-script'
import { emptyContent } from '@stet/schema/snapshot'
import { parseRssFeed } from 'feedsmith'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wavOf } from '../audio/recordings.fixture.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const read = (path: string) => server.request('GET', path, { role: null })
const dispatch = (number: number, audio?: unknown) => ({
  ...emptyContent('dispatch'),
  number,
  date: '2026-01-05',
  title: `The ferry ${number}`,
  ...(audio === undefined ? {} : { audio }),
  speakers: [{ id: 'p', name: 'Ines', color: 1 }],
  body: [{ kind: 'turn', id: 't1', speaker: 'p', start: 0, content: [{ type: 'text', text: 'It left at six.' }] }],
})

test('A9, A10: what is published with a recording is an episode, with files that are there; nothing else is, nor what is withdrawn', async () => {
  const uploaded = await fetch(`${server.url}/api/audio`, {
    method: 'POST',
    body: Uint8Array.from(wavOf(4)),
    headers: { authorization: `Bearer ${server.token}` },
  })
  const silent = await server.createDispatch(dispatch(1))
  const id = await server.createDispatch(dispatch(2, await uploaded.json()))
  const paths = async (of: string) =>
    (await server.request('GET', `/api/dispatches/${of}/next-revision`)).json.pages.map(({ path }: { path: string }) => path)
  expect([(await paths(silent)).includes('/podcast.xml'), (await paths(id)).includes('/podcast.xml')]).toEqual([false, true])
  for (const each of [silent, id]) await server.request('POST', `/api/dispatches/${each}/revisions`)

  const feed = parseRssFeed((await read('/podcast.xml')).text)
  expect(feed.items?.map(({ title }) => title)).toEqual(['The ferry 2'])
  const [item] = feed.items ?? []
  const named = [item?.enclosures?.[0]?.url, ...(item?.podcast?.transcripts ?? []).map(({ url }) => url)]
  expect(named).toHaveLength(4)
  for (const url of named) expect((await fetch(new URL(new URL(url ?? '').pathname, server.url))).status, url).toBe(200)

  const policy = (await read('/dispatches/002/')).headers.get('content-security-policy') ?? ''
  expect(policy).toContain(`'sha256-${createHash('sha256').update(playerScript).digest('base64')}'`)
  await server.request('POST', `/api/dispatches/${id}/withdrawal`, { body: { reason: 'A mistake.' } })
  expect(parseRssFeed((await read('/podcast.xml')).text).items ?? []).toEqual([])
})
