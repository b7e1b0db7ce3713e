import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AudioFile, audioFileName } from '@stet/schema/audio'
import { emptyContent } from '@stet/schema/snapshot'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { encodeStateAsUpdate } from 'yjs'
import { wavOf } from '../audio/recordings.fixture.ts'
import { dataFiles, lockDataFolder } from '../data-folder.ts'
import { eventually } from '../eventually.ts'
import { createHeld } from '../sync/held.ts'
import { type Scan, scanUpdate } from '../sync/scan-update.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { runOperation } from './run-operation.ts'

const scratch = mkdtempSync(join(tmpdir(), 'stet-tidy-'))
afterAll(() => rmSync(scratch, { recursive: true }))
let folders = 0
const fresh = () => join(scratch, `${folders++}`)

const DAY = 24 * 60 * 60 * 1000
const NOW = Date.UTC(2026, 0, 31, 12)
const TIDY = { name: 'tidy', days: 30, isDryRun: false } as const
const tidied = (folder: string, command: { days?: number; isDryRun?: boolean } = {}) =>
  runOperation({ ...TIDY, ...command }, folder, NOW)

/** A recording that came so many days ago. */
const upload = async (server: TestServer, level: number, daysAgo: number): Promise<AudioFile> => {
  const response = await fetch(`${server.url}/api/audio`, {
    method: 'POST',
    body: Uint8Array.from(wavOf(1, level)),
    headers: { authorization: `Bearer ${server.token}` },
  })
  const audio: AudioFile = await response.json()
  const [file, at] = [join(dataFiles(server.folder).audio, audioFileName(audio)), new Date(NOW - daysAgo * DAY)]
  utimesSync(file, at, at)
  return audio
}
const spoken = (number: number, audio: AudioFile) => ({
  ...emptyContent('dispatch'),
  number,
  date: '2026-01-05',
  title: 'The ferry',
  audio,
  speakers: [{ id: 'p', name: 'Ines', color: 1 }],
  body: [{ kind: 'turn', id: 't1', speaker: 'p', start: 0, content: [{ type: 'text', text: 'It left.' }] }],
})
const names = (...recordings: AudioFile[]) => recordings.map(audioFileName).sort()

test('A22: what no dispatch ever named goes, once it is old; what a draft, its history or a revision names stays', async () => {
  const folder = fresh()
  const server = await startTestServer({ folder })
  const draft = await upload(server, 1, 90)
  const replacing = await upload(server, 2, 90)
  const published = await upload(server, 3, 90)
  const withdrawn = await upload(server, 4, 90)
  const lost = await upload(server, 5, 31)
  const young = await upload(server, 6, 29)
  const id = await server.createDispatch(spoken(1, draft))
  await replaceAudio(server, id, replacing)
  for (const [number, audio] of [
    [2, published],
    [3, withdrawn],
  ] as const) {
    const of = await server.createDispatch(spoken(number, audio))
    expect((await server.request('POST', `/api/dispatches/${of}/revisions`, { role: 'bot', body: {} })).status).toBe(201)
    if (audio === withdrawn)
      await server.request('POST', `/api/dispatches/${of}/withdrawal`, { role: 'bot', body: { reason: 'A mistake.' } })
  }
  const stored = () => readdirSync(dataFiles(folder).audio).sort()
  const all = names(draft, replacing, published, withdrawn, lost, young)
  const told = [
    `${audioFileName(lost)}  ${lost.bytes} bytes, came 2025-12-31`,
    `1 recording that no dispatch ever named, ${lost.bytes} bytes: would go`,
  ]
  expect(tidied(folder, { isDryRun: true })).toEqual({ ok: true, sound: true, lines: told })
  await server.stop(true)
  // As a server does that runs.
  const lock = lockDataFolder(folder)
  expect(tidied(folder, { isDryRun: true })).toMatchObject({ lines: told })
  expect(tidied(folder)).toMatchObject({ ok: false, message: expect.stringContaining('stop it first') })
  expect(stored()).toEqual(all)
  lock?.release()

  expect(tidied(folder)).toMatchObject({ ok: true, lines: [told[0], expect.stringMatching(/: removed$/)] })
  expect(stored()).toEqual(names(draft, replacing, published, withdrawn, young))
  expect(tidied(folder)).toMatchObject({ lines: [expect.stringMatching(/^nothing to tidy/)] })
  expect(tidied(folder, { days: 29 })).toMatchObject({ ok: true })
  expect(stored()).toEqual(names(draft, replacing, published, withdrawn))
})

test('A22: what lies there under a name that no upload has is left alone', async () => {
  const folder = fresh()
  const server = await startTestServer({ folder })
  const lost = await upload(server, 9, 90)
  await server.createDispatch(emptyContent('dispatch'))
  await server.stop(true)
  const { audio } = dataFiles(folder)
  const [old, others] = [new Date(NOW - 90 * DAY), ['.keep', 'notes.txt', `${lost.sha256}.txt`]]
  for (const name of others) {
    writeFileSync(join(audio, name), 'mine')
    utimesSync(join(audio, name), old, old)
  }
  expect(tidied(folder)).toMatchObject({ ok: true, lines: [expect.stringContaining(lost.sha256), expect.any(String)] })
  expect(readdirSync(audio).sort()).toEqual(others.sort())
})

test('A22: what the revisions alone name stays', async () => {
  const folder = fresh()
  const server = await startTestServer({ folder })
  const audio = await upload(server, 7, 90)
  const id = await server.createDispatch(spoken(1, audio))
  expect((await server.request('POST', `/api/dispatches/${id}/revisions`, { role: 'bot', body: {} })).status).toBe(201)
  await server.stop(true)
  const db = new Database(dataFiles(folder).log)
  db.exec('DELETE FROM entries; DELETE FROM rooms; DELETE FROM checkpoints; DELETE FROM history')
  db.close()
  rmSync(dataFiles(folder).heads)
  expect(tidied(folder)).toMatchObject({ ok: true, lines: [expect.stringMatching(/^nothing to tidy/)] })
  expect(existsSync(join(dataFiles(folder).audio, audioFileName(audio)))).toBe(true)
})

test('A22: where anything of a dispatch cannot be read, nothing is removed', async () => {
  const folder = fresh()
  const server = await startTestServer({ folder })
  const audio = await upload(server, 8, 90)
  await server.createDispatch(spoken(1, audio))
  await server.stop(true)
  const db = new Database(dataFiles(folder).log)
  db.exec("UPDATE entries SET bytes = x'0000'")
  db.close()
  expect(tidied(folder)).toMatchObject({ ok: false, message: expect.stringContaining('run “verify”') })
  expect(statSync(join(dataFiles(folder).audio, audioFileName(audio))).size).toBe(audio.bytes)
})

/** And makes a checkpoint of it, so that what was in the entries is in packs from then on. */
const replaceAudio = async (server: TestServer, id: string, audio: AudioFile): Promise<void> => {
  const client = server.connect(id)
  await eventually(() => expect(client.provider.synced).toBe(true))
  const before = (await server.log.head(id))?.seq ?? 0
  client.doc.getMap('meta').set('audio', audio)
  await eventually(async () => expect((await server.log.head(id))?.seq).toBeGreaterThan(before))
  client.provider.destroy()
  const state = encodeStateAsUpdate(client.doc)
  const held = createHeld()
  held.add(scanUpdate(state, held) as Scan)
  await server.log.storeCheckpoint(id, { seq: before + 1, state, holdings: held.encode() })
}
