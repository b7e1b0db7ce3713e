import { Preview } from '@stet/schema/publishing'
import { type Content, emptyContent } from '@stet/schema/snapshot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../eventually.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const harbour = (fields: Partial<Content> = {}): Content => ({
  ...emptyContent('dispatch'),
  date: '2026-03-02',
  title: 'The harbour',
  speakers: [{ id: 'ana', name: 'ana', color: 1 }],
  body: [
    { kind: 'turn', id: 't1', speaker: 'ana', start: 0, content: [{ type: 'text', text: 'Good evening.' }] },
    { kind: 'turn', id: 't2', speaker: 'ana', start: 4, content: [{ type: 'text', text: 'The lamp is out.' }] },
  ],
  ...fields,
})

const publish = (id: string, body?: object) => server.request('POST', `/api/dispatches/${id}/revisions`, body && { body })
const previewOf = async (id: string, search = ''): Promise<Preview> =>
  Preview.parse((await server.request('GET', `/api/dispatches/${id}/next-revision${search}`)).json)
const snapshotOf = async (id: string) => (await server.request('GET', `/api/dispatches/${id}/snapshot`)).json

/** An open page: its replica, and what is on its desk. */
const openPage = async (id: string) => {
  const page = server.connect(id)
  await eventually(() => expect(page.provider.synced).toBe(true))
  return page
}
const retitle = async (id: string, title: string) => {
  const { doc, provider } = await openPage(id)
  const text = doc.getText('title')
  text.delete(0, text.length)
  text.insert(0, title)
  await eventually(async () => expect((await snapshotOf(id)).title).toBe(title))
  provider.destroy()
}

const badLink = {
  id: 's1',
  title: 'A letter',
  kind: 'Letter',
  tier: null,
  publisher: '',
  description: '',
  claim: '',
  url: 'javascript:alert(1)',
  urlIncomplete: false,
  citedText: '',
  context: '',
  keyPoints: [],
} as const

test('D4: a finding of level error stops publishing, with its place; a warning does not', async () => {
  const id = await server.createDispatch(harbour({ number: 101, sources: [{ ...badLink, keyPoints: [] }] }))
  const answer = await publish(id)
  expect(answer).toMatchObject({
    status: 422,
    json: { problems: [{ path: ['sources', 0, 'url'], message: expect.stringContaining('not of the web') }] },
  })
  expect((await previewOf(id)).problems).toEqual(answer.json.problems)
  const warned = await server.createDispatch(harbour({ number: 101, sources: [{ ...badLink, url: '', keyPoints: [] }] }))
  expect(await publish(warned)).toMatchObject({ status: 201, json: { findings: [{ level: 'warning' }, { level: 'warning' }] } })
})

test('D5: a dry run says what would change, by page, turn and field, and changes nothing', async () => {
  const id = await server.createDispatch(harbour({ number: 102 }))
  const first = await previewOf(id)
  expect(first).toMatchObject({ revision: 1, path: '/dispatches/102/', stage: 'draft', problems: [], changes: null })
  expect(first.pages).toContainEqual({ path: '/dispatches/102/', is: 'new' })
  expect(first.pages).toContainEqual({ path: '/', is: 'changed' })
  expect((await server.request('GET', '/dispatches/102/', { role: null })).status).toBe(404)
  expect((await server.request('GET', `/api/dispatches/${id}/revisions`)).json.revisions).toEqual([])
  expect((await publish(id)).status).toBe(201)
  for (const { path } of first.pages)
    expect([path, (await server.request('GET', path, { role: null })).status]).toEqual([path, 200])

  expect((await previewOf(id)).problems).toEqual([{ path: [], message: 'Nothing has changed since revision 1' }])
  await retitle(id, 'Another harbour')
  const second = await previewOf(id)
  expect(second).toMatchObject({
    revision: 2,
    problems: [],
    changes: { fields: [{ field: 'title', before: 'The harbour', after: 'Another harbour' }], blocks: [], sources: [] },
  })
  expect(second.pages).toContainEqual({ path: '/dispatches/102/', is: 'changed' })
  expect((await server.request('GET', `/api/dispatches/${id}/next-revision`, { role: 'viewer' })).status).toBe(403)
})

test('D5: who looked at one text does not publish another', async () => {
  const id = await server.createDispatch(harbour({ number: 103 }))
  const { sha256 } = await previewOf(id)
  await retitle(id, 'Another harbour')
  expect(await publish(id, { sha256 })).toMatchObject({ status: 409, json: { title: expect.stringContaining('another by now') } })
  const { sha256: now } = await previewOf(id)
  expect(now).not.toBe(sha256)
  expect((await publish(id, { sha256: now })).status).toBe(201)
})

test('D6: two drafts without numbers get two, at publishing, and every open page shows them', async () => {
  const ids = [await server.createDispatch(harbour()), await server.createDispatch(harbour({ title: 'Second' }))]
  const pages = await Promise.all(ids.map(openPage))
  const { number } = await previewOf(ids[0] as string)
  const published = await Promise.all(ids.map((id) => publish(id)))
  expect(published.map(({ status }) => status)).toEqual([201, 201])
  const paths = published.map(({ json }) => json.revision.path).sort()
  expect(paths).toEqual([`/dispatches/${number}/`, `/dispatches/${Number(number) + 1}/`])
  for (const [nth, { doc }] of pages.entries())
    await eventually(() => expect(`/dispatches/${doc.getMap('meta').get('number')}/`).toBe(published[nth]?.json.revision.path))
  for (const { provider } of pages) provider.destroy()
  const status = await server.request('GET', `/api/dispatches/${ids[0]}/status`)
  expect(status.json.stage).toBe('published')
})

test('D6: a chosen number is given if it is free, and numbers that other drafts bear are not given unasked', async () => {
  const [chosen, other, next] = [
    await server.createDispatch(harbour()),
    await server.createDispatch(harbour()),
    await server.createDispatch(harbour()),
  ] as [string, string, string]
  await server.createDispatch(harbour({ number: 150 }))
  expect(await publish(chosen, { number: 140 })).toMatchObject({ status: 201, json: { revision: { path: '/dispatches/140/' } } })
  expect(await publish(other, { number: 140 })).toMatchObject({ status: 409, json: { problems: [{ path: ['number'] }] } })
  expect((await previewOf(other, '?number=140')).problems).toMatchObject([{ path: ['number'] }])
  expect(await publish(next)).toMatchObject({ status: 201, json: { revision: { path: '/dispatches/151/' } } })
  expect((await snapshotOf(chosen)).number).toBe(140)
})

test('D6: a date that is wished for is given where there is none, and written into the dispatch', async () => {
  const id = await server.createDispatch(harbour({ date: null, number: 160 }))
  expect((await publish(id)).json.problems).toEqual([{ path: ['date'], message: 'give it a date' }])
  expect((await publish(id, { date: '2026-04-01' })).status).toBe(201)
  expect(await snapshotOf(id)).toMatchObject({ number: 160, date: '2026-04-01' })
})

test('D6: what was published stands though the dispatch was not told its number; the next publication uses it', async () => {
  let isBroken = false
  const failing = await startTestServer({
    wrapLog: (log) => ({
      ...log,
      append: (room, entries) =>
        isBroken ? Promise.resolve({ ok: false, fault: 'broken', message: 'the disk is gone' }) : log.append(room, entries),
    }),
  })
  const id = await failing.createDispatch(harbour({ date: null }))
  isBroken = true
  const body = { number: 7, date: '2026-04-01', revision: 1 }
  const first = await failing.request('POST', `/api/dispatches/${id}/revisions`, { body })
  expect(first).toMatchObject({ status: 201, json: { revision: { path: '/dispatches/007/' } } })
  isBroken = false
  expect((await failing.request('GET', `/api/dispatches/${id}/snapshot`)).json.number).toBe(null)
  const again = await failing.request('POST', `/api/dispatches/${id}/revisions`, { body: { revision: 1, date: '2026-04-02' } })
  expect(again).toMatchObject({ status: 201, json: { revision: first.json.revision } })
  expect((await failing.request('GET', `/api/dispatches/${id}/snapshot`)).json).toMatchObject({ number: 7, date: '2026-04-01' })
  await failing.stop()
})

test('D6: publishing that is repeated as the same revision is one revision; who comes late is told', async () => {
  const id = await server.createDispatch(harbour())
  const { sha256, revision } = await previewOf(id)
  const first = await publish(id, { sha256, revision })
  expect(await publish(id, { sha256, revision })).toMatchObject({ status: 201, json: { revision: first.json.revision } })
  await retitle(id, 'Another harbour')
  expect(await publish(id, { revision: 1 })).toMatchObject({
    status: 409,
    json: { title: expect.stringContaining('Revision 1 was published meanwhile, by publisher') },
  })
})

test('D7: from the second revision on readers are told what was put right, or somebody says that it is minor', async () => {
  const id = await server.createDispatch(harbour({ number: 170 }))
  const correction = { wrong: 'The lamp was out for nine nights.', stands: 'For ten: <b>the log</b> says so.' }
  expect((await publish(id, { correction })).json.problems).toMatchObject([{ path: ['correction'] }])
  await publish(id)
  await retitle(id, 'Another harbour')
  expect((await publish(id)).json.problems).toMatchObject([
    { path: ['correction'], message: expect.stringContaining('what was wrong and what stands now') },
  ])
  expect((await publish(id, { correction, minor: true })).status).toBe(422)
  expect((await publish(id, { correction: { ...correction, wrong: ' ' } })).status).toBe(422)
  const { pages } = await previewOf(id)
  expect(await publish(id, { correction })).toMatchObject({ status: 201, json: { revision: { revision: 2, correction } } })
  for (const { path } of pages) expect([path, (await server.request('GET', path, { role: null })).status]).toEqual([path, 200])
  expect(pages).toContainEqual({ path: '/corrections/', is: 'changed' })

  const read = async (path: string) => (await server.request('GET', path, { role: null })).text
  for (const path of ['/dispatches/170/', '/dispatches/170/revisions/', '/corrections/']) {
    expect(await read(path)).toContain('For ten: &#x3C;b>the log&#x3C;/b> says so.')
  }
  await retitle(id, 'The last harbour')
  expect((await previewOf(id, '?minor=true')).pages).not.toContainEqual({ path: '/corrections/', is: 'changed' })
  expect(await publish(id, { minor: true })).toMatchObject({ status: 201, json: { revision: { correction: null } } })
  expect(await read('/dispatches/170/')).toContain('The lamp was out for nine nights.')
})

test('D8: every revision has an address of its own that never changes, and a diff to the one before', async () => {
  const id = await server.createDispatch(harbour({ number: 171, title: 'The first harbour' }))
  await publish(id)
  const read = (path: string) => server.request('GET', path, { role: null })
  const before = await read('/dispatches/171/revisions/1/')
  expect(before.text).toContain('The first harbour')
  await retitle(id, 'The second harbour')
  await publish(id, { minor: true })
  const after = await read('/dispatches/171/revisions/1/')
  expect([after.text, after.headers.get('etag')]).toEqual([before.text, before.headers.get('etag')])
  expect((await read('/dispatches/171/revisions/2/changes/')).text).toMatch(/<del>.*first.*<\/del><ins>.*second.*<\/ins>/s)
  for (const path of ['revisions/3/', 'revisions/1/changes/', 'revisions/01/', 'revisions/x/'])
    expect([path, (await read(`/dispatches/171/${path}`)).status]).toEqual([path, 404])
})

test('D9: what is withdrawn leaves the reason at all its addresses, and comes back by being published', async () => {
  const id = await server.createDispatch(harbour({ number: 180, title: 'The withdrawn harbour' }))
  const withdraw = (body: object, role: 'publisher' | 'editor' = 'publisher') =>
    server.request('POST', `/api/dispatches/${id}/withdrawal`, { role, body })
  const read = (path: string) => server.request('GET', path, { role: null })
  const addresses = ['', '180.md', 'revisions/', 'revisions/1/'].map((path) => `/dispatches/180/${path}`)
  expect((await withdraw({ reason: 'Not yet.' })).status).toBe(409)
  const published = await publish(id)
  for (const path of addresses) expect([path, (await read(path)).status]).toEqual([path, 200])
  expect((await withdraw({ reason: 'No.' }, 'editor')).status).toBe(403)
  expect((await withdraw({ reason: ' ' })).status).toBe(422)

  const reason = 'The log was <i>forged</i>.'
  const first = await withdraw({ reason, revision: 1 })
  expect(first).toMatchObject({
    status: 200,
    json: { revision: published.json.revision, withdrawal: { reason, by: 'publisher' } },
  })
  expect((await withdraw({ reason: 'Said twice.', revision: 1 })).json).toEqual(first.json)
  for (const path of addresses) {
    const { status, text } = await read(path)
    expect([path, status, text.includes('The log was &#x3C;i>forged&#x3C;/i>.')]).toEqual([path, 410, true])
  }
  expect((await read('/dispatches/180/revisions/2/')).status).toBe(404)
  expect((await read('/')).text).not.toContain('The withdrawn harbour')
  expect((await read('/corrections/')).text).toContain('The withdrawn harbour')
  expect((await read('/api/published')).json.published.map(({ path }: { path: string }) => path)).not.toContain(
    '/dispatches/180/',
  )
  expect((await server.request('GET', `/api/dispatches/${id}/status`)).json.stage).toBe('withdrawn')

  const other = await server.createDispatch(harbour({ number: 180 }))
  expect((await publish(other)).status).toBe(409)
  const again = await publish(id, { minor: true })
  expect(again).toMatchObject({ status: 201, json: { revision: { revision: 2, path: '/dispatches/180/' } } })
  for (const path of addresses) expect([path, (await read(path)).status]).toEqual([path, 200])
  expect(await withdraw({ reason, revision: 1 })).toMatchObject({ status: 409 })
  expect((await read('/dispatches/180/')).status).toBe(200)
})
