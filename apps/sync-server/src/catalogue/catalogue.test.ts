import { readFileSync, rmSync } from 'node:fs'
import { importText } from '@stet/import/import-text'
import { speechOf } from '@stet/schema/timeline'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { dataFiles } from '../data-folder.ts'
import { eventually } from '../eventually.ts'
import { createManualClock } from '../manual-clock.ts'
import { startTestServer } from '../test-server.ts'

const sample = () => {
  const imported = importText(readFileSync(new URL('../sample/dispatch-001.txt', import.meta.url), 'utf8'))
  if (!imported.ok) throw new Error(imported.fault.expected)
  return imported.content
}

test('T3: the list tells what each dispatch teaches of its speakers’ paces, also after a start over an older list', async () => {
  const first = await startTestServer()
  const id = await first.createDispatch({ ...sample(), number: 8 })
  const speechIn = async (server: typeof first) =>
    (await server.request('GET', '/api/dispatches')).json.dispatches.find((each: { id: string }) => each.id === id).speech
  const expected = speechOf(sample())
  expect(expected.map(({ name }) => name)).toEqual(['orrin', 'pell'])
  expect(await speechIn(first)).toEqual(expected)
  await first.stop(true)

  const db = new Database(dataFiles(first.folder).catalogue)
  db.exec(`
    DROP TABLE listings;
    CREATE TABLE listings (
      id TEXT PRIMARY KEY, seq INTEGER NOT NULL, kind TEXT NOT NULL, number INTEGER, date TEXT, title TEXT NOT NULL, updated_at TEXT NOT NULL
    ) STRICT;
    INSERT INTO listings VALUES ('${id}', 1, 'dispatch', 8, NULL, 'as it was', '2026-01-01T00:00:00.000Z');
    PRAGMA user_version = 0;
  `)
  db.close()
  const second = await startTestServer({ folder: first.folder })
  expect(await speechIn(second)).toEqual(expected)
  await second.stop(true)
  rmSync(first.folder, { recursive: true })
})

test('V25: the list says what was acknowledged before it was asked for, however busy the server was with others', async () => {
  // Nothing settles and no pause ends while the clock stands still.
  const server = await startTestServer({ clock: createManualClock(Date.now()) })
  const ids = [await server.createDispatch(), await server.createDispatch()]
  const titles = async () =>
    (await server.request('GET', '/api/dispatches')).json.dispatches.map((each: { title: string }) => each.title).sort()
  for (const round of ['first', 'second']) {
    for (const id of ids) {
      const { doc, provider } = server.connect(id)
      await eventually(() => expect(provider.synced).toBe(true))
      const before = (await server.log.head(id))?.seq ?? 0
      const title = doc.getText('title')
      title.delete(0, title.length)
      title.insert(0, `${round} of ${ids.indexOf(id)}`)
      await eventually(async () => expect((await server.log.head(id))?.seq).toBeGreaterThan(before))
      provider.destroy()
    }
    const expected = [`${round} of 0`, `${round} of 1`]
    expect(await Promise.all([titles(), titles()])).toEqual([expected, expected])
  }
  await server.stop()
})
