import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import { encodeStateAsUpdate } from 'yjs'
import { systemClock } from '../clock.ts'
import type { Command } from '../command-line.ts'
import { dataFiles } from '../data-folder.ts'
import { eventually } from '../eventually.ts'
import { NO_PROXIES } from '../http/client-address.ts'
import { start } from '../start.ts'
import { createHeld } from '../sync/held.ts'
import { type Scan, scanUpdate } from '../sync/scan-update.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { runOperation } from './run-operation.ts'

const scratch = mkdtempSync(join(tmpdir(), 'stet-operate-'))
afterAll(() => rmSync(scratch, { recursive: true }))
let names = 0
const fresh = () => join(scratch, `${names++}`)
const NOW = Date.UTC(2026, 0, 31, 12)
type Asked = Extract<Command, { name: 'backup' | 'restore' | 'verify' | 'repair' | 'stats' }>
const run = (command: Asked, folder: string) => runOperation(command, folder, NOW)
const VERIFY = { name: 'verify', file: null } as const

const write = async (server: TestServer, id: string, words: string, doc?: Parameters<TestServer['connect']>[2]) => {
  const client = server.connect(id, 'editor', doc)
  await eventually(() => expect(client.provider.synced).toBe(true))
  const seq = (await server.log.head(id))?.seq ?? 0
  client.text.insert(client.text.length, words)
  await eventually(async () => expect((await server.log.head(id))?.seq).toBeGreaterThan(seq))
  client.provider.destroy()
  return client
}
const read = async (server: TestServer, id: string) => {
  const client = server.connect(id)
  await eventually(() => expect(client.provider.synced).toBe(true))
  client.provider.destroy()
  return client.text.toString()
}
const damage = (file: string, sql: string) => {
  const db = new Database(file)
  db.exec(sql)
  db.close()
}
/** A folder with one dispatch of the words "early", a backup of it made while it was served, and then "early, late". */
const backedUp = async () => {
  const [folder, file] = [fresh(), `${fresh()}.sqlite`]
  const server = await startTestServer({ folder })
  const id = await server.createDispatch()
  const client = await write(server, id, 'early')
  expect(run({ name: 'backup', file }, folder)).toMatchObject({ ok: true, sound: true })
  await write(server, id, ', late', client.doc)
  const head = await server.log.head(id)
  await server.stop(true)
  return { folder, file, id, client, epoch: head?.epoch }
}

test('V13: verify says that all is sound, also beside a running server, and stats what is there', async () => {
  const folder = fresh()
  expect(run(VERIFY, folder)).toMatchObject({ ok: true, sound: true })
  const server = await startTestServer({ folder })
  await write(server, await server.createDispatch(), 'words')
  expect(run(VERIFY, folder)).toEqual({ ok: true, sound: true, lines: ['all sound: 1 dispatches, 2 entries'] })
  const counted = run({ name: 'stats' }, folder)
  expect(counted.ok && counted.lines.slice(0, 2)).toEqual(['dispatches   1', expect.stringMatching(/^entries {6}2, \d+ bytes$/)])
  await server.stop()
})

test('V13: a backup is made beside a running server, is verified, and never overwrites', async () => {
  const { folder, file, id } = await backedUp()
  expect(run({ name: 'verify', file }, folder)).toEqual({
    ok: true,
    sound: true,
    lines: ['all sound: 1 dispatches, 2 entries'],
    at: NOW,
    desk: expect.any(Uint8Array),
  })
  expect(run({ name: 'backup', file }, folder)).toMatchObject({ ok: false, message: expect.stringContaining('is there already') })
  const altered = `${fresh()}.sqlite`
  copyFileSync(file, altered)
  damage(altered, `UPDATE entries SET bytes = x'00' WHERE room = '${id}' AND seq = 2`)
  const outcome = run({ name: 'verify', file: altered }, folder)
  expect(outcome).toMatchObject({ ok: true, sound: false, lines: [expect.stringContaining(`${id}: altered from entry 2`)] })
  expect(run({ name: 'restore', file: altered, force: false }, fresh())).toMatchObject({
    ok: false,
    message: expect.stringContaining('not sound'),
  })
  damage(altered, `DELETE FROM entries; DELETE FROM rooms`)
  expect(run({ name: 'verify', file: altered }, folder)).toMatchObject({
    sound: false,
    lines: [expect.stringContaining(`${id}: lost from entry 1: entries 1 to 2 were saved and are gone`)],
  })
  writeFileSync(altered, 'no database at all')
  expect(run({ name: 'verify', file: altered }, folder)).toMatchObject({ ok: false })
})

test('V12, V13: a restored backup is of the same lineage in a new epoch, and a client gives back what it holds beyond', async () => {
  const { folder, file, id, client, epoch } = await backedUp()
  expect(run({ name: 'restore', file, force: false }, folder)).toMatchObject({
    ok: false,
    message: expect.stringContaining('--force'),
  })
  expect(run({ name: 'restore', file, force: true }, folder)).toMatchObject({ ok: true, sound: true })
  expect(existsSync(join(folder, 'before-restore-2026-01-31T12-00-00Z', 'log.sqlite'))).toBe(true)
  expect(run(VERIFY, folder)).toMatchObject({ ok: true, sound: true })
  const server = await startTestServer({ folder })
  const head = await server.log.head(id)
  expect(head?.epoch?.lineage).toBe(epoch?.lineage)
  expect(head?.epoch?.epoch).not.toBe(epoch?.epoch)
  expect(await read(server, id)).toBe('early')
  const again = server.connect(id, 'editor', client.doc)
  await eventually(async () => expect(await read(server, id)).toBe('early, late'))
  again.provider.destroy()
  await server.stop()
})

test('V13: a backup restores people and revisions too, into an empty folder', async () => {
  const { file, id } = await backedUp()
  const folder = fresh()
  expect(run({ name: 'restore', file, force: false }, folder)).toMatchObject({ ok: true })
  const server = await startTestServer({ folder })
  const listed = await server.request('GET', '/api/dispatches')
  expect(listed.json.dispatches).toMatchObject([{ id, epoch: expect.any(String), lineage: expect.any(String) }])
  await server.stop()
})

test('V13: restore and repair leave a folder alone that a server is using', async () => {
  const { folder, file } = await backedUp()
  const lock = new Database(dataFiles(folder).lock)
  lock.exec('BEGIN EXCLUSIVE')
  for (const command of [{ name: 'restore', file, force: true }, { name: 'repair' }] as const)
    expect(run(command, folder)).toMatchObject({ ok: false, message: expect.stringContaining('stop it first') })
  lock.close()
})

test.each([
  [
    'an entry was altered',
    (id: string) => `UPDATE entries SET bytes = x'0000' WHERE room = '${id}' AND seq = 3`,
    'altered from entry 3',
    'early',
  ],
  ['the end was lost', (id: string) => `DELETE FROM entries WHERE room = '${id}' AND seq = 3`, 'lost from entry 3', 'early'],
  [
    'all of it was lost',
    (id: string) => `DELETE FROM entries WHERE room = '${id}'; DELETE FROM rooms WHERE room = '${id}'`,
    'lost from entry 1',
    '',
  ],
])(
  'V11, V12, V13: where %s, verify says so, repair goes on from the last sound state, and a client gives back the rest',
  async (_, sql, says, left) => {
    const { folder, id, client, epoch } = await backedUp()
    damage(dataFiles(folder).log, `DELETE FROM checkpoints; ${sql(id)}`)
    const found = run(VERIFY, folder)
    expect(found).toMatchObject({ ok: true, sound: false })
    expect(found.ok && found.lines).toEqual([expect.stringMatching(new RegExp(`^${id}.*: ${says}.*; damaged$`))])
    const repaired = run({ name: 'repair' }, folder)
    expect(repaired).toMatchObject({ ok: true })
    expect(existsSync(join(folder, 'before-repair-2026-01-31T12-00-00Z', 'log.sqlite'))).toBe(true)
    expect(run(VERIFY, folder)).toMatchObject({ ok: true, sound: true })
    const server = await startTestServer({ folder })
    const head = await server.log.head(id)
    expect([head?.epoch?.lineage, head?.epoch?.epoch === epoch?.epoch]).toEqual([epoch?.lineage, false])
    expect(await read(server, id)).toBe(left)
    const again = server.connect(id, 'editor', client.doc)
    await eventually(async () => expect(await read(server, id)).toBe('early, late'))
    again.provider.destroy()
    await server.stop()
  },
)

test('V13: where only history is damaged, the dispatch is whole, and repair keeps all of it', async () => {
  const { folder, id } = await backedUp()
  const file = dataFiles(folder).log
  const first = await startTestServer({ folder })
  await first.log.storeCheckpoint(id, await wholeOf(first, id))
  await first.stop(true)
  damage(file, `UPDATE history SET facts = x'00' WHERE room = '${id}'`)
  const found = run(VERIFY, folder)
  expect(found.ok && found.lines).toEqual([expect.stringContaining('altered from entry 1: history')])
  expect(found.ok && found.lines[0]).toContain('the dispatch itself is whole')
  expect(run({ name: 'repair' }, folder)).toMatchObject({ ok: true })
  expect(run(VERIFY, folder)).toMatchObject({ sound: true })
  const server = await startTestServer({ folder })
  expect(await read(server, id)).toBe('early, late')
  await server.stop()
})

test('V12, V13: where the whole log is gone, repair makes the dispatches anew from the head file, and clients fill them', async () => {
  const { folder, id, client, epoch } = await backedUp()
  for (const end of ['', '-wal', '-shm']) rmSync(`${dataFiles(folder).log}${end}`, { force: true })
  expect(run(VERIFY, folder)).toMatchObject({
    sound: false,
    lines: ['the log is gone: the head file tells of 1 dispatches'],
  })
  expect(run({ name: 'repair' }, folder)).toMatchObject({ ok: true })
  const server = await startTestServer({ folder })
  expect((await server.log.head(id))?.epoch?.lineage).toBe(epoch?.lineage)
  const again = server.connect(id, 'editor', client.doc)
  await eventually(async () => expect(await read(server, id)).toBe('early, late'))
  again.provider.destroy()
  await server.stop()
})

test('V8: a log that cannot be opened stops the start with one line that says so', async () => {
  const { folder } = await backedUp()
  writeFileSync(dataFiles(folder).log, 'no database at all'.repeat(100))
  const needs = { clock: systemClock, logger: pino({ level: 'silent' }), print: () => {} }
  expect(
    await start(
      {
        port: 0,
        host: '127.0.0.1',
        dataFolder: folder,
        hub: null,
        name: 'Stet',
        podcast: { category: 'News', isExplicit: false },
        limits: 1,
        logLevel: 'silent',
        metrics: null,
        people: null,
        trustedProxies: NO_PROXIES,
        neighbours: [],
        oidc: null,
        url: null,
      },
      needs,
    ),
  ).toEqual({
    ok: false,
    message: expect.stringMatching(/^STET_DATA: the log in .* cannot be opened: .*docs\/operations.md/),
  })
})

test('V13: a head file that cannot be read is told of, and an unreadable database is said to be one', async () => {
  const { folder } = await backedUp()
  const files = dataFiles(folder)
  const heads = readFileSync(files.heads)
  heads[50] = (heads[50] ?? 0) ^ 1
  writeFileSync(files.heads, heads)
  expect(run(VERIFY, folder)).toMatchObject({ sound: false, lines: [expect.stringContaining('the head file: 1 of its slots')] })
  truncateSync(files.log, 50)
  expect(run(VERIFY, folder)).toMatchObject({ ok: false, message: expect.stringMatching(/^verify: /) })
})

const wholeOf = async (server: TestServer, id: string) => {
  const client = server.connect(id)
  await eventually(() => expect(client.provider.synced).toBe(true))
  client.provider.destroy()
  const seq = (await server.log.head(id))?.seq ?? 0
  const state = encodeStateAsUpdate(client.doc)
  const held = createHeld()
  held.add(scanUpdate(state, held) as Scan)
  return { seq, state, holdings: held.encode() }
}
