import { copyFileSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { audioFileName } from '@stet/schema/audio'
import { emptyContent } from '@stet/schema/snapshot'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { artworkFiles } from '../artwork/folder-artwork-store.ts'
import { pngOf } from '../artwork/pictures.fixture.ts'
import { wavOf } from '../audio/recordings.fixture.ts'
import { dataFiles } from '../data-folder.ts'
import { startTestServer } from '../test-server.ts'
import { runOperation } from './run-operation.ts'

const scratch = mkdtempSync(join(tmpdir(), 'stet-audio-operate-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const [NOW, VERIFY] = [Date.UTC(2026, 0, 31, 12), { name: 'verify', file: null } as const]
/** More than one piece of a backup. */
const bytes = wavOf(150)

const SQUARE = { width: 1_400, height: 1_400 }

test('P13: the artwork is in the backup, comes back by restore, and verify tells when it is altered or gone; what was replaced is in none', async () => {
  const [folder, file] = [join(scratch, 'shown'), join(scratch, 'shown.sqlite')]
  const { artwork: artworkFolder } = dataFiles(folder)
  const first = await startTestServer({ folder })
  const give = async (server: typeof first, picture: Buffer) =>
    (
      await fetch(`${server.url}/api/artwork`, {
        method: 'POST',
        body: Uint8Array.from(picture),
        headers: server.headersOf('owner'),
      })
    ).json()
  await first.createDispatch()
  await give(first, pngOf(SQUARE, 10))
  const { artwork } = await give(first, pngOf(SQUARE, 90))
  await first.stop(true)
  const server = await startTestServer({ folder })
  expect((await server.request('GET', '/api/artwork')).json).toEqual({ artwork })
  expect(readdirSync(artworkFolder).sort()).toEqual([...artworkFiles(artwork)].sort())
  expect(runOperation({ name: 'backup', file }, folder, NOW)).toMatchObject({ ok: true, sound: true })
  await server.stop(true)
  expect(runOperation(VERIFY, folder, NOW)).toMatchObject({ sound: true, lines: [expect.stringMatching(/, 2 pictures$/)] })

  const stored = join(artworkFolder, artworkFiles(artwork)[0])
  writeFileSync(stored, 'altered')
  expect(runOperation(VERIFY, folder, NOW)).toMatchObject({
    sound: false,
    lines: [expect.stringContaining('is not what was uploaded')],
  })
  rmSync(stored)
  expect(runOperation(VERIFY, folder, NOW)).toMatchObject({
    sound: false,
    lines: [expect.stringContaining('is the show’s artwork and gone')],
  })
  expect(runOperation({ name: 'restore', file, force: true }, folder, NOW)).toMatchObject({ ok: true, sound: true })
  expect(runOperation(VERIFY, folder, NOW)).toMatchObject({ sound: true })
  expect(readFileSync(stored).equals(pngOf(SQUARE, 90))).toBe(true)
})

test('A5: recordings are in the backup, come back by restore, and verify tells what is altered or gone', async () => {
  const [folder, file] = [join(scratch, 'data'), join(scratch, 'backup.sqlite')]
  const server = await startTestServer({ folder })
  const uploaded = await fetch(`${server.url}/api/audio`, {
    method: 'POST',
    body: Uint8Array.from(bytes),
    headers: { authorization: `Bearer ${server.token}` },
  })
  const audio = await uploaded.json()
  const id = await server.createDispatch({
    ...emptyContent('dispatch'),
    number: 1,
    date: '2026-01-05',
    title: 'The ferry',
    audio,
    speakers: [{ id: 'p', name: 'Ines', color: 1 }],
    body: [{ kind: 'turn', id: 't1', speaker: 'p', start: 0, content: [{ type: 'text', text: 'It left.' }] }],
  })
  expect((await server.request('POST', `/api/dispatches/${id}/revisions`, { role: 'bot', body: {} })).status).toBe(201)
  expect(runOperation({ name: 'backup', file }, folder, NOW)).toMatchObject({ ok: true, sound: true })
  await server.stop(true)
  expect(runOperation(VERIFY, folder, NOW)).toMatchObject({ sound: true, lines: [expect.stringMatching(/, 1 recordings$/)] })

  const stored = join(dataFiles(folder).audio, audioFileName(audio))
  writeFileSync(stored, Buffer.from(bytes).fill(7, 90, 91))
  expect(runOperation(VERIFY, folder, NOW)).toMatchObject({
    sound: false,
    lines: [expect.stringContaining('is not what was uploaded')],
  })
  renameSync(stored, join(scratch, 'gone'))
  expect(runOperation(VERIFY, folder, NOW)).toMatchObject({
    sound: false,
    lines: [expect.stringContaining('is published and gone')],
  })

  expect(runOperation({ name: 'restore', file, force: true }, folder, NOW)).toMatchObject({ ok: true, sound: true })
  expect(runOperation(VERIFY, folder, NOW)).toMatchObject({ sound: true })
  expect(readFileSync(stored).equals(bytes)).toBe(true)

  const lacking = join(scratch, 'lacking.sqlite')
  copyFileSync(file, lacking)
  const db = new Database(lacking)
  db.exec('DELETE FROM audio_chunks WHERE nth = 1')
  db.close()
  expect(runOperation({ name: 'verify', file: lacking }, folder, NOW)).toMatchObject({ sound: false })
  const other = join(scratch, 'other')
  expect(runOperation({ name: 'restore', file: lacking, force: false }, other, NOW)).toMatchObject({ ok: false })
  expect(runOperation({ name: 'restore', file: lacking, force: true }, other, NOW)).toMatchObject({ ok: true, sound: false })
  expect(readdirSync(dataFiles(other).audio)).toEqual([])
})
