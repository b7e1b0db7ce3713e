import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyContent } from '@stet/schema/snapshot'
import { Status } from '@stet/schema/status'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFiles } from '../data-folder.ts'
import { eventually } from '../eventually.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const harbour = (number: number) => ({
  ...emptyContent('dispatch'),
  number,
  date: '2026-03-02',
  title: 'The harbour',
  speakers: [{ id: 'ana', name: 'ana', color: 1 }],
  body: [{ kind: 'turn', id: 't1', speaker: 'ana', start: 0, content: [{ type: 'text', text: 'Good evening.' }] }],
})

const statusOf = async (id: string): Promise<Status> =>
  Status.parse((await server.request('GET', `/api/dispatches/${id}/status`, { role: 'viewer' })).json)
const say = (id: string, what: string, body: object, role: 'editor' | 'viewer' | 'bot' = 'editor') =>
  server.request('POST', `/api/dispatches/${id}/${what}`, { role, body })
const stageListed = async (id: string) =>
  (await server.request('GET', '/api/dispatches')).json.dispatches.find((each: { id: string }) => each.id === id).stage
/** Types at the end of the title, as any page would. */
const retitle = async (id: string, title: string) => {
  const { doc, provider } = server.connect(id)
  await eventually(() => expect(provider.synced).toBe(true))
  const text = doc.getText('title')
  text.delete(0, text.length)
  text.insert(0, title)
  await eventually(async () => expect((await server.request('GET', `/api/dispatches/${id}/snapshot`)).json.title).toBe(title))
  provider.destroy()
}

test('D1: a dispatch goes from draft over review and approval to published, with who and when', async () => {
  const id = await server.createDispatch(harbour(31))
  const draft = await statusOf(id)
  expect(draft).toMatchObject({ stage: 'draft', fellAt: null, steps: [] })
  expect(await say(id, 'review', { note: 'Please look at the tides.' })).toMatchObject({
    status: 200,
    json: { stage: 'in review' },
  })
  const approved = await say(id, 'approval', { sha256: draft.sha256 })
  expect(approved).toMatchObject({ status: 200, json: { stage: 'approved', sha256: draft.sha256 } })
  expect(await stageListed(id)).toBe('approved')
  await server.request('POST', `/api/dispatches/${id}/revisions`)
  const published = await statusOf(id)
  expect(published.stage).toBe('published')
  expect(published.steps).toMatchObject([
    { step: 'asked', by: 'editor', note: 'Please look at the tides.', sha256: draft.sha256 },
    { step: 'approved', by: 'editor', sha256: draft.sha256 },
    { step: 'published', by: 'publisher' },
  ])
  expect(await stageListed(id)).toBe('published')
  expect(await say(id, 'review', {})).toMatchObject({ status: 409, json: { title: expect.stringContaining('change it first') } })
})

test('D2: an approval is of exact content: it falls with a change, says when, and is back with the very same content', async () => {
  const id = await server.createDispatch(harbour(32))
  const { sha256 } = await statusOf(id)
  await say(id, 'approval', { sha256 })
  await retitle(id, 'Another harbour')
  const fallen = await statusOf(id)
  expect(fallen).toMatchObject({ stage: 'in review', fellAt: expect.stringMatching(/^\d{4}-/) })
  expect(Date.parse(fallen.fellAt ?? '')).toBeGreaterThanOrEqual(Date.parse(fallen.steps.at(-1)?.at ?? ''))
  expect(await stageListed(id)).toBe('in review')
  const late = await say(id, 'approval', { sha256 })
  expect(late).toMatchObject({
    status: 409,
    json: { problems: [{ path: ['sha256'], message: `by now it is ${fallen.sha256}` }] },
  })
  await retitle(id, 'The harbour')
  expect(await statusOf(id)).toMatchObject({ stage: 'approved', fellAt: null })
})

test('D1: what is said twice is one step, and what does not follow is refused', async () => {
  const id = await server.createDispatch(harbour(33))
  const { sha256 } = await statusOf(id)
  expect(await say(id, 'return', {})).toMatchObject({ status: 409, json: { title: expect.stringContaining('a draft') } })
  for (let time = 0; time < 2; time++) {
    expect((await say(id, 'review', {})).status).toBe(200)
    expect((await statusOf(id)).steps).toHaveLength(1)
  }
  for (let time = 0; time < 2; time++) expect((await say(id, 'approval', { sha256 })).status).toBe(200)
  for (let time = 0; time < 2; time++) expect((await say(id, 'return', { note: 'The date is wrong.' })).status).toBe(200)
  const { stage, steps } = await statusOf(id)
  expect([stage, steps.map(({ step }) => step)]).toEqual(['draft', ['asked', 'approved', 'returned']])
})

test.each([
  ['viewer', 'review', {}],
  ['viewer', 'approval', { sha256: 'a'.repeat(64) }],
  ['bot', 'approval', { sha256: 'a'.repeat(64) }],
  ['bot', 'return', {}],
] as const)('D1: a %s has no say in “%s”', async (role, what, body) => {
  const id = await server.createDispatch(harbour(34))
  expect((await say(id, what, body, role)).status).toBe(403)
})

test('V9: a database of before there were steps keeps its revisions, and knows them as published', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stet-old-'))
  const before = await startTestServer({ folder })
  const id = await before.createDispatch(harbour(35))
  const { revision } = (await before.request('POST', `/api/dispatches/${id}/revisions`)).json
  await before.stop(true)
  const db = new Database(dataFiles(folder).desk)
  const [row] = db.prepare<Record<string, string | number>>('SELECT * FROM revisions').all()
  const old = ['dispatch', 'revision', 'sha256', 'published_at', 'published_by', 'path', 'title', 'snapshot'] as const
  db.exec(`
    DROP TABLE steps; DROP TABLE revisions;
    CREATE TABLE revisions (
      dispatch TEXT NOT NULL, revision INTEGER NOT NULL, sha256 TEXT NOT NULL, published_at TEXT NOT NULL,
      published_by TEXT NOT NULL, path TEXT NOT NULL, title TEXT NOT NULL, snapshot TEXT NOT NULL, PRIMARY KEY (dispatch, revision)
    ) STRICT;
  `)
  db.prepare('INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(...old.map((column) => row?.[column] ?? null))
  db.close()
  const after = await startTestServer({ folder })
  expect((await after.request('GET', `/api/dispatches/${id}/revisions`)).json.revisions).toEqual([revision])
  expect((await after.request('GET', `/api/dispatches/${id}/status`)).json).toMatchObject({
    stage: 'published',
    steps: [{ step: 'published', by: 'publisher', at: revision.publishedAt, sha256: revision.sha256 }],
  })
  await after.stop(true)
  const again = await startTestServer({ folder })
  expect((await again.request('GET', `/api/dispatches/${id}/status`)).json.steps).toHaveLength(1)
  await again.stop()
})
