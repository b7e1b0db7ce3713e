import { readFileSync } from 'node:fs'
import { importText } from '@stet/import/import-text'
import { routes } from '@stet/schema/contract/routes'
import { DispatchId } from '@stet/schema/ids'
import { openDispatch } from '@stet/schema/layout/open-dispatch'
import { takeSnapshot } from '@stet/schema/layout/take-snapshot'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { dataFiles } from '../data-folder.ts'
import { personOf, startTestServer, type TestServer } from '../test-server.ts'

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
const personNamed = async (name: string): Promise<string> => {
  return (await personOf(server.access, 'editor', name)).person.id
}

/** A dispatch from the sample, and a way to go on with it as a person, entry by entry. */
const dispatchWith = async (on: TestServer = server) => {
  const id = DispatchId.parse(await on.createDispatch(sample()))
  const doc = new Y.Doc()
  for (const { update } of await on.log.read(id, 0)) Y.applyUpdate(doc, update)
  const dispatch = openDispatch(doc)
  const write = async (author: string, act: () => void) => {
    const updates: Uint8Array[] = []
    const note = (update: Uint8Array) => updates.push(update)
    doc.on('update', note)
    act()
    doc.off('update', note)
    const outcome = await on.log.append(
      id,
      updates.map((update) => ({ update, author })),
    )
    if (!outcome.ok) throw new Error(outcome.message)
    return outcome.seq
  }
  const snapshot = () => {
    const outcome = takeSnapshot(doc, id)
    if (!outcome.ok) throw new Error('not sound')
    return outcome.snapshot
  }
  const path = `/api/dispatches/${id}/history`
  const get = (rest = '') => server.request('GET', `${path}${rest}`)
  return { id, dispatch, write, snapshot, path, get }
}

test('Y1, Y2: the history tells who wrote how much, and shows the dispatch as it stood', async () => {
  const ada = await personNamed('Ada')
  const { dispatch, write, snapshot, get } = await dispatchWith()
  const born = snapshot()
  const [turn] = born.body.filter(({ kind }) => kind === 'turn')
  const typed = await write(ada, () => dispatch.body.insertText({ block: turn?.id ?? '', offset: 0 }, 'Good evening. ', {}, null))
  const then = snapshot()
  await write('somebody who is gone', () => dispatch.body.deleteText(turn?.id ?? '', 0, 5, null))

  const { status, json } = await get()
  expect(status).toBe(200)
  routes.getHistory.answer.parse(json)
  expect(json).toMatchObject({ seq: 3, before: null, moments: [] })
  expect(json.sessions).toMatchObject([
    { from: 3, to: 3, author: { id: 'somebody who is gone', name: null }, written: 0, erased: 5 },
    { from: 2, to: 2, author: { id: ada, name: 'Ada' }, written: 14, erased: 0 },
    { from: 1, to: 1, author: { name: 'publisher' }, erased: 0 },
  ])
  expect((await get(`/at/${typed}`)).json).toMatchObject({ seq: typed, snapshot: then })
  expect((await get('/at/1')).json.snapshot).toEqual(born)
  expect((await get('/at/0')).json.snapshot.body).toEqual([])
  routes.getMoment.answer.parse((await get('/at/0')).json)
})

test('Y3, Y4: a diff tells what became of turns and fields, and whose work it is', async () => {
  const { dispatch, write, snapshot, get } = await dispatchWith()
  const [ada, bob] = [await personNamed('Ada'), await personNamed('Bob')]
  const [first, second, third] = snapshot().body.filter(({ kind }) => kind === 'turn')
  const before = snapshot()
  await write(ada, () => dispatch.body.insertText({ block: first?.id ?? '', offset: 0 }, 'Well: ', {}, null))
  await write(bob, () => dispatch.body.deleteText(first?.id ?? '', 8, 12, null))
  await write(bob, () => dispatch.body.remove(second?.id ?? '', { at: '2026-01-01T00:00:00.000Z', by: 'Bob' }, null))
  await write(ada, () => dispatch.body.move(third?.id ?? '', null, null))
  await write(ada, () => dispatch.text('title').insert(0, 'On '))
  const { status, json } = await get('/diff?from=1')
  expect(status).toBe(200)
  routes.getDiff.answer.parse(json)
  const after = snapshot()
  const find = (id = '') => json.blocks.find((each: { id: string }) => each.id === id)
  expect(json).toMatchObject({ from: 1, to: 6, sources: [] })
  expect(json.blocks).toHaveLength(3)
  expect(find(first?.id)).toMatchObject({
    before: before.body.find(({ id }) => id === first?.id),
    after: after.body.find(({ id }) => id === first?.id),
    moved: false,
    authors: [
      { id: ada, name: 'Ada' },
      { id: bob, name: 'Bob' },
    ],
  })
  expect(find(second?.id)).toMatchObject({ after: null, follows: first?.id, authors: [{ id: bob }] })
  expect(find(third?.id)).toMatchObject({ moved: true, follows: after.body.at(-2)?.id, authors: [{ id: ada }] })
  expect(json.fields).toEqual([{ field: 'title', before: before.title, after: after.title, authors: [{ id: ada, name: 'Ada' }] }])
  expect((await get('/diff?from=2&to=2')).json).toEqual({ from: 2, to: 2, fields: [], blocks: [], sources: [] })
})

test('Y5: moments are given names and lose them again, at most 500 a dispatch', async () => {
  const { id, path, get } = await dispatchWith()
  const named = await server.request('POST', `${path}/moments`, { body: { name: 'before the cuts' } })
  expect(named).toMatchObject({ status: 201, json: { seq: 1, name: 'before the cuts', by: { name: 'publisher' } } })
  routes.nameMoment.answer.parse(named.json)
  expect((await get()).json.moments).toEqual([named.json])
  expect((await server.request('DELETE', `${path}/moments/${named.json.id}`)).status).toBe(204)
  expect((await server.request('DELETE', `${path}/moments/${named.json.id}`)).status).toBe(404)
  expect((await get()).json.moments).toEqual([])
  expect((await server.request('POST', `${path}/moments`, { role: 'viewer', body: { name: 'x' } })).status).toBe(403)
  const other = await dispatchWith()
  const db = new Database(dataFiles(server.folder).desk)
  const insert = db.prepare("INSERT INTO moments VALUES (?, ?, 1, 0, 'x', 'x', 0)")
  // As after a repair that numbered the entries anew: entry 1 is not of that time.
  insert.run(other.id, 'm')
  expect((await other.get()).json.moments).toEqual([])
  for (let nth = 0; nth < 500; nth++) insert.run(id, `m${nth}`)
  db.close()
  expect(await server.request('POST', `${path}/moments`, { body: { name: 'x' } })).toMatchObject({
    status: 409,
    json: { title: 'This dispatch has 500 named moments; take the name from one first' },
  })
  expect((await server.request('POST', `${other.path}/moments`, { body: { name: 'x', seq: 0 } })).json).toMatchObject({ seq: 0 })
})

test('V7: what history cannot show is refused with the fix', async () => {
  const { get, path } = await dispatchWith()
  const absent = `/api/dispatches/${'C'.repeat(22)}/history`
  for (const rest of ['', '/at/1', '/diff?from=0']) expect((await server.request('GET', `${absent}${rest}`)).status).toBe(404)
  expect((await server.request('POST', `${absent}/moments`, { body: { name: 'x' } })).status).toBe(404)
  for (const rest of ['/at/9', '/diff?from=9', '/diff?from=0&to=9'])
    expect(await get(rest)).toMatchObject({
      status: 404,
      json: { title: 'There is no such moment yet: the newest entry of this dispatch is 1' },
    })
  expect(await get('/diff?from=1&to=0')).toMatchObject({ status: 422, json: { problems: [{ path: ['from'] }] } })
  for (const rest of ['/at/-1', '/at/x', '/diff', '/diff?from=x', '?before=1.5']) expect((await get(rest)).status).toBe(400)
  expect((await server.request('POST', `${path}/moments`, { body: { name: '' } })).status).toBe(422)
  expect((await server.request('GET', path, { role: null })).status).toBe(401)
  expect((await server.request('GET', path, { role: 'viewer' })).status).toBe(200)
})

test('Y6: the history of a damaged dispatch is shown as far as it is sound, and refused beyond', async () => {
  const before = await startTestServer()
  const { id, dispatch, write } = await dispatchWith(before)
  for (const word of ['let ', 'it ', 'stand']) await write('ada', () => dispatch.text('title').insert(0, word))
  await before.stop(true)
  const db = new Database(dataFiles(before.folder).log)
  db.prepare("UPDATE entries SET author = 'mallory' WHERE room = ? AND seq = 3").run(id)
  db.close()
  const after = await startTestServer({ folder: before.folder })
  const get = (rest = '') => after.request('GET', `/api/dispatches/${id}/history${rest}`)
  expect((await get('/at/2')).json.snapshot.title).toMatch(/^let /)
  expect((await get('/at/3')).status).toBeGreaterThanOrEqual(400)
  const list = await get()
  expect([list.status, list.json.seq ?? list.json.title]).toEqual([200, 2])
  await after.stop()
})

test('Y6: where only what a checkpoint stands for is damaged, the dispatch goes on and its history says what is wrong', async () => {
  const { id, write, dispatch, get } = await dispatchWith()
  await write('ada', () => dispatch.text('title').insert(0, 'On '))
  const stored = await server.log.load(id)
  await server.log.storeCheckpoint(id, {
    seq: 2,
    state: stored.rows[0]?.update ?? Uint8Array.of(0, 0),
    holdings: Uint8Array.of(0, 0, 0),
  })
  const db = new Database(dataFiles(server.folder).log)
  db.prepare("UPDATE history SET updates = x'00' WHERE room = ?").run(id)
  db.close()
  for (const rest of ['', '/at/2', '/diff?from=1'])
    expect(await get(rest)).toMatchObject({
      status: 503,
      json: { title: expect.stringMatching(/^What was written up to that moment is damaged/) },
    })
  expect((await server.request('GET', `/api/dispatches/${id}/snapshot`)).status).toBe(200)
})
