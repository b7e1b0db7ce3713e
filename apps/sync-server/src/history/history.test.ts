import { readFileSync } from 'node:fs'
import { importText } from '@stet/import/import-text'
import { routes } from '@stet/schema/contract/api'
import { DispatchId } from '@stet/schema/ids'
import { openDispatch } from '@stet/schema/layout/open-dispatch'
import { takeSnapshot } from '@stet/schema/layout/take-snapshot'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { dataFiles } from '../data-folder.ts'
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
const personNamed = (name: string): string => {
  const { code } = server.access.createLink('editor', 'the test')
  const outcome = server.access.signIn(code, name)
  if (!outcome.ok) throw new Error(outcome.fault)
  return outcome.person.id
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
  const ada = personNamed('Ada')
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
    { from: 1, to: 1, author: { name: 'editor' }, erased: 0 },
  ])
  expect((await get(`/at/${typed}`)).json).toMatchObject({ seq: typed, snapshot: then })
  expect((await get('/at/1')).json.snapshot).toEqual(born)
  expect((await get('/at/0')).json.snapshot.body).toEqual([])
  routes.getMoment.answer.parse((await get('/at/0')).json)
})
