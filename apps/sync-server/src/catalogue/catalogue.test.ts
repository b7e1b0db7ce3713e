import { readFileSync, rmSync } from 'node:fs'
import { importText } from '@stet/import/import-text'
import { speechOf } from '@stet/schema/timeline'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { dataFiles } from '../data-folder.ts'
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
