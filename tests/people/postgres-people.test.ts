import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeAccess } from '../../apps/sync-server/src/access/access.contract.ts'
import { openPeople } from '../../apps/sync-server/src/access/open-people.ts'
import { shownAddress } from '../../apps/sync-server/src/access/postgres-people-database.ts'
import { createSqlAccess } from '../../apps/sync-server/src/access/sql-access.ts'
import { createSqlitePeople } from '../../apps/sync-server/src/access/sqlite-people-database.ts'
import { dataFiles } from '../../apps/sync-server/src/data-folder.ts'
import { openDeskDatabase } from '../../apps/sync-server/src/desk-database.ts'
import { eventually } from '../../apps/sync-server/src/eventually.ts'
import { createManualClock } from '../../apps/sync-server/src/manual-clock.ts'
import { allRows, movePeople } from '../../apps/sync-server/src/operate/move-people.ts'
import { tellOfPeopleElsewhere } from '../../apps/sync-server/src/operate/people-elsewhere.ts'
import { runOperation } from '../../apps/sync-server/src/operate/run-operation.ts'
import { personOf, startTestServer } from '../../apps/sync-server/src/test-server.ts'
import { openEmptyPostgres, openWay, startPostgres } from './postgres.ts'

let postgres: Awaited<ReturnType<typeof startPostgres>>
beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)
afterAll(() => postgres.stop())

const scratch = mkdtempSync(join(tmpdir(), 'stet-postgres-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const logger = { warn: () => undefined }
const NOW = Date.UTC(2026, 0, 31, 12)
const empty = async () => (await openEmptyPostgres(postgres.address)).close()

describe('people in Postgres', () => {
  describeAccess(() => openEmptyPostgres(postgres.address))
})

test('K52: without Postgres requests are answered 503 and sockets stay; with it again all goes on by itself', async () => {
  await empty()
  const way = await openWay(postgres.address)
  const server = await startTestServer({ people: way.address })
  const id = await server.createDispatch()
  const client = server.connect(id, 'editor')
  await eventually(() => expect(client.provider.synced).toBe(true))
  expect((await server.request('GET', '/api/session')).json.person.name).toBe('publisher')
  await way.cut()

  const refused = await server.request('GET', '/api/session')
  expect(refused).toMatchObject({ status: 503, json: { status: 503, title: expect.stringContaining('come back') } })
  expect(refused.headers.get('content-type')).toBe('application/problem+json')
  expect(refused.headers.get('retry-after')).toBe('5')
  const turnedAway = new Promise((resolve) => {
    server.openSocket(id).on('unexpected-response', (_, { statusCode }) => resolve(statusCode))
  })
  expect(await turnedAway).toBe(503)
  expect((await server.request('GET', '/', { role: null })).status).toBe(200)
  const head = await server.log.head(id)
  client.text.insert(0, 'written meanwhile')
  await eventually(async () => expect((await server.log.head(id))?.seq).toBeGreaterThan(head?.seq ?? 0))
  expect(client.provider.wsconnected).toBe(true)

  await way.mend()
  await eventually(async () => expect((await server.request('GET', '/api/session')).status).toBe(200))
  client.provider.destroy()
  await server.stop()
  await way.cut()
})

test('K52: a Postgres that is not there, or leaves somebody behind, is told in one line without its password', async () => {
  await empty()
  const folder = mkdtempSync(join(scratch, 'start-'))
  const way = await openWay(postgres.address)
  await way.cut()
  const gone = new URL(way.address)
  gone.password = 'secret'
  expect(await openPeople({ people: gone.href, dataFolder: folder }, logger)).toEqual({
    ok: false,
    message: `STET_PEOPLE: Postgres at ${shownAddress(gone.href)} cannot be used: connect ECONNREFUSED ${gone.host}; start it, or correct the address`,
  })
  const here = await openPeople({ people: null, dataFolder: folder }, logger)
  if (!here.ok) throw new Error(here.message)
  await personOf(createSqlAccess(here.people, createManualClock()), 'owner', 'Ada')
  await here.people.close()
  expect(await openPeople({ people: postgres.address, dataFolder: folder }, logger)).toEqual({
    ok: false,
    message: expect.stringContaining('run "npm run server -- move-people" first'),
  })
})

test('K53: all are moved, exactly, into a Postgres that holds nobody, and the desk’s own count no more', async () => {
  await empty()
  const folder = mkdtempSync(join(scratch, 'move-'))
  const db = openDeskDatabase(dataFiles(folder).desk)
  const source = createSqlitePeople(db)
  const [clock, config] = [createManualClock(), { people: postgres.address, dataFolder: folder }]
  const access = createSqlAccess(source, clock)
  const ada = await personOf(access, 'owner', 'Ada Ünïcode 🖋')
  const session = { person: ada.person.id, made_at: NOW, used_at: NOW, expires_at: Number.MAX_SAFE_INTEGER }
  const many = Array.from({ length: 600 }, (_, index) => ({ ...session, hash: `${index}`, agent: `a browser ${index}` }))
  await source.ask(source.build.insertInto('sessions').values(many))
  const bob = await personOf(access, 'viewer', 'Bob')
  await access.people.remove(bob.person.id)
  await access.tokens.create({ name: 'bot', scopes: ['publish', 'read:drafts'], days: 3 })
  await access.passwords.set(ada.person.id, 'Ada', 'a hash')
  const publicKey = Uint8Array.from({ length: 256 }, (_, index) => index)
  await access.passkeys.add({ id: 'k', person: ada.person.id, name: 'a key', publicKey, counter: 4_294_967_295, transports: [] })
  await access.passkeys.ask('a challenge', null)
  await access.identities.join(ada.person.id, { issuer: 'https://one.example', subject: 'ada' })
  await access.identities.begin('some words')
  const before = await source.act(() => allRows(source.build))
  await source.close()

  expect(await movePeople({ ...config, people: null }, { logger, now: NOW })).toMatchObject({
    ok: false,
    message: expect.stringContaining('STET_PEOPLE: found nothing'),
  })
  expect(await movePeople(config, { logger, now: NOW })).toMatchObject({
    ok: true,
    lines: [
      expect.stringContaining('2 people, 601 sessions, 2 links, 1 tokens, 1 passwords, 1 passkeys, 1 identities'),
      expect.any(String),
    ],
  })
  const moved = await openPeople(config, logger)
  if (!moved.ok) throw new Error(moved.message)
  const { people } = moved
  const after = await people.act(() => allRows(people.build))
  const sorted = (rows: typeof before) =>
    Object.fromEntries(Object.entries(rows).map(([table, each]) => [table, each.map(inOrder).sort()]))
  expect(sorted(after)).toEqual(sorted(before))
  const cookie = `stet_session=${ada.secret}`
  expect(await createSqlAccess(people, clock).identify({ cookie, authorization: null })).toMatchObject({ person: ada.person })
  await people.close()

  expect(await openPeople({ ...config, people: null }, logger)).toEqual({
    ok: false,
    message: `STET_PEOPLE: found nothing; people were moved to Postgres at ${shownAddress(postgres.address)}: give its address`,
  })
  expect(await movePeople(config, { logger, now: NOW })).toMatchObject({ ok: false, message: expect.stringContaining('already') })
  const again = mkdtempSync(join(scratch, 'again-'))
  createSqlitePeople(openDeskDatabase(dataFiles(again).desk)).close()
  expect(await movePeople({ ...config, dataFolder: again }, { logger, now: NOW })).toEqual({
    ok: false,
    message: `${shownAddress(postgres.address)} holds people or ways in already; nothing was moved`,
  })
})

test('K54: a backup says that people are not in it, and verify what it has read of them', async () => {
  await empty()
  const server = await startTestServer({ people: postgres.address })
  const run = async (command: Parameters<typeof runOperation>[0], address = postgres.address) =>
    tellOfPeopleElsewhere(runOperation(command, server.folder, NOW), { command, address, logger })
  const verify = { name: 'verify', file: null } as const
  const place = `Postgres at ${shownAddress(postgres.address)}`
  const file = join(scratch, 'backup.sqlite')
  expect(await run({ name: 'backup', file })).toMatchObject({
    sound: true,
    lines: [expect.any(String), `people are not in it: they are in ${place}; back them up with pg_dump at about the same time`],
  })
  const desk = openDeskDatabase(dataFiles(server.folder).desk)
  expect(desk.prepare("SELECT name FROM sqlite_master WHERE name IN ('people', 'sessions', 'tokens')").all()).toEqual([])
  desk.close()
  expect(await run({ name: 'verify', file })).toMatchObject({
    sound: true,
    lines: [expect.any(String), expect.stringContaining(place)],
  })
  expect(await run(verify)).toMatchObject({
    sound: true,
    lines: [
      'all sound: 0 dispatches, 0 entries',
      `${place}: 4 people, 4 sessions, 4 links, 1 tokens, 0 passwords, 0 passkeys, 0 identities, all read`,
    ],
  })
  const people = await openPeople({ people: postgres.address, dataFolder: server.folder }, logger)
  if (!people.ok) throw new Error(people.message)
  await people.people.ask(people.people.build.updateTable('people').set({ role: 'viewer' }))
  await people.people.close()
  expect(await run(verify)).toMatchObject({ sound: false, lines: [expect.any(String), expect.stringContaining('no owner')] })
  const way = await openWay(postgres.address)
  await way.cut()
  expect(await run(verify, way.address)).toMatchObject({
    sound: false,
    lines: [expect.any(String), expect.stringContaining('ECONNREFUSED')],
  })
  await server.stop()
})

/** The columns of a row by name, its bytes as digits. */
const inOrder = (row: object): string =>
  JSON.stringify(
    Object.entries(row)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value]),
  )
