import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Audio, AudioFile } from '@stet/schema/audio'
import { expect, test } from 'vitest'
import { bringRecordings } from './bring-recordings.ts'
import { GOOD_TOKEN } from './contract-server.ts'
import { deadLinks } from './dead-links.ts'
import { ExitCode } from './ending.ts'
import { STAGE } from './place-in-folder.ts'
import { createTerminal } from './terminal.ts'
import { filesIn, setScene, someDispatch, tryBot } from './try-bot.ts'

const bytesOf = (size: number, of: number): Buffer => Buffer.alloc(size, of)
const recorded = (bytes: Buffer): AudioFile => ({
  kind: 'file',
  sha256: createHash('sha256').update(bytes).digest('hex'),
  type: 'audio/wav',
  bytes: bytes.length,
  seconds: 9,
  name: '../../etc/passwd',
})
const fileOf = ({ sha256 }: AudioFile) => `audio/${sha256}.wav`

/** Two recordings, of which the second is in two dispatches, and one elsewhere. */
const sceneWithRecordings = async () => {
  const scene = await setScene()
  const { server } = scene
  const [first, second] = [bytesOf(2_500_000, 1), bytesOf(9, 2)]
  const [one, two] = [recorded(first), recorded(second)]
  server.recordings.set(`/${fileOf(one)}`, [first.subarray(0, 7), first.subarray(7)])
  server.recordings.set(`/${fileOf(two)}`, [second])
  const link: Audio = { kind: 'link', url: 'https://cdn.example/a.mp3', type: 'audio/mpeg', bytes: null, seconds: null }
  const add = (number: number, audio: Audio) => {
    const id = server.add({ ...someDispatch(number), audio })
    server.publish(id)
    return id
  }
  const id = add(1, one)
  for (const [number, audio] of [
    [2, two],
    [3, two],
    [4, link],
  ] as const)
    add(number, audio)
  const site = join(scene.folder, 'site')
  const run = (...words: string[]) => tryBot(scene, 'export', '--published', '--out', 'site', ...words)
  /** The addresses that the server was asked for since it was asked last. */
  const heard = () => server.heard.splice(0)
  return { ...scene, site, id, one, two, first, second, run, heard, add }
}

const recordingsIn = (site: string) => [...filesIn(site).keys()].filter((path) => path.startsWith('audio/'))

test('A20: each recording that a page plays is in the folder once, where the pages look for it, and in the manifest', async () => {
  const { site, one, two, first, second, run, heard } = await sceneWithRecordings()
  expect(await run()).toMatchObject({ code: 0, err: '' })
  const files = filesIn(site)
  expect(recordingsIn(site)).toEqual([fileOf(one), fileOf(two)].sort())
  expect([files.get(fileOf(one))?.equals(first), files.get(fileOf(two))?.equals(second)]).toEqual([true, true])
  expect(heard().sort()).toEqual([`/${fileOf(one)}`, `/${fileOf(two)}`].sort())
  expect(JSON.parse(files.get('manifest.json')?.toString() ?? '').files).toMatchObject({ [fileOf(one)]: one.sha256 })
  expect(files.get('dispatches/001/index.html')?.toString()).toContain(`src="/${fileOf(one)}"`)
  expect(deadLinks(files, 'https://show.example')).toEqual([])
})

test('A20: what stands is not fetched again; what does not, is', async () => {
  const { server, site, id, one, two, run, heard } = await sceneWithRecordings()
  await run()
  heard()
  const stamp = () => statSync(join(site, fileOf(one)), { bigint: true }).mtimeNs
  const before = stamp()
  expect((await run()).out).toMatch(/^0 written/)
  const dispatch = server.dispatches.get(id)
  if (dispatch !== undefined) dispatch.content = { ...dispatch.content, summary: 'It was late.' }
  server.publish(id)
  expect((await run()).out).not.toMatch(/^0 written/)
  expect([heard(), stamp()]).toEqual([[], before])

  truncateSync(join(site, fileOf(one)), 10)
  expect((await run()).out).toMatch(/^1 written, \d+ unchanged/)
  expect(heard()).toEqual([`/${fileOf(one)}`])
  rmSync(join(site, fileOf(two)))
  expect((await run()).out).toMatch(/^1 written/)
  // Of the same length, but not itself: only who asks for all again has the bytes read.
  writeFileSync(join(site, fileOf(two)), bytesOf(9, 3))
  heard()
  expect((await run()).out).toMatch(/^0 written/)
  expect((await run('--again')).out).toMatch(/^1 written/)
  expect(heard()).toEqual([`/${fileOf(two)}`])
  expect(readFileSync(join(site, fileOf(two))).equals(bytesOf(9, 2))).toBe(true)
})

test('A20: a recording stays while a revision plays it, and goes with the withdrawal of its last dispatch', async () => {
  const { server, site, id, one, two, run } = await sceneWithRecordings()
  const dispatch = server.dispatches.get(id)
  if (dispatch !== undefined) dispatch.content = { ...dispatch.content, audio: two }
  server.publish(id)
  await run()
  expect(recordingsIn(site)).toContain(fileOf(one))
  if (dispatch !== undefined) dispatch.withdrawal = { reason: 'A mistake.', at: '2026-01-02T03:04:05.000Z', by: 'Tester' }
  await run()
  expect(recordingsIn(site)).toEqual([fileOf(two)])
})

test('A21: with --no-recordings none is fetched, none stays, and with them again all are there', async () => {
  const { site, one, two, run, heard } = await sceneWithRecordings()
  expect(await run('--no-recordings')).toMatchObject({ code: 0, err: '' })
  expect([heard(), recordingsIn(site)]).toEqual([[], []])
  const page = readFileSync(join(site, 'dispatches/001/index.html'), 'utf8')
  expect((await run()).out).toMatch(/^3 written, /)
  expect(recordingsIn(site)).toEqual([fileOf(one), fileOf(two)].sort())
  expect(readFileSync(join(site, 'dispatches/001/index.html'), 'utf8')).toBe(page)
  expect((await run('--no-recordings')).out).toMatch(/^1 written, 2 removed, /)
  expect(existsSync(join(site, 'audio'))).toBe(false)
})

test('A20, X1: behind a link the next site has them as well, and those that stay are the same files', async () => {
  const { site, one, run, add, heard } = await sceneWithRecordings()
  await run('--link')
  const before = statSync(join(site, fileOf(one))).ino
  heard()
  add(5, one)
  expect(await run('--link')).toMatchObject({ code: 0 })
  expect([heard(), statSync(join(site, fileOf(one))).ino]).toEqual([[], before])
})

test.each([
  ['is not what was published', [bytesOf(9, 7)], ExitCode.refused, 'is not what was published'],
  [
    'has no end',
    {
      *[Symbol.iterator]() {
        for (;;) yield bytesOf(9, 2)
      },
    },
    ExitCode.refused,
    'is not what was published',
  ],
  ['breaks off', [bytesOf(4, 2), null], ExitCode.network, 'it broke off'],
  ['is gone', undefined, ExitCode.refused, 'the server answered 404'],
] as const)('A20: a recording that %s is refused, and it is said why', async (_, pieces, code, words) => {
  const { server, folder } = await setScene()
  const recording = recorded(bytesOf(9, 2))
  if (pieces !== undefined) server.recordings.set(`/${fileOf(recording)}`, pieces)
  const terminal = createTerminal({ write: () => {} }, { write: () => {} }, () => 0)
  const place = { root: join(folder, 'site'), stage: join(folder, 'stage'), isRead: false }
  const brought = await bringRecordings({ origin: server.origin, token: GOOD_TOKEN, terminal }, [recording], place)
  expect(brought).toMatchObject({ ok: false, failure: { code, lines: expect.arrayContaining([expect.stringContaining(words)]) } })
})

test('X1: where a recording is not what was published, the folder stays as it was', async () => {
  const { server, site, one, two, run, add } = await sceneWithRecordings()
  await run()
  rmSync(join(site, fileOf(two)))
  const before = filesIn(site)
  add(6, one)
  server.recordings.set(`/${fileOf(two)}`, [bytesOf(9, 7)])
  expect(await run()).toMatchObject({ code: ExitCode.refused, err: expect.stringContaining('is not what was published') })
  expect(filesIn(site)).toEqual(before)
  expect(existsSync(join(site, STAGE))).toBe(false)
})

test('A20, X1: after a first export that failed there is no folder, and the next one makes it whole', async () => {
  const { server, site, one, two, second, run } = await sceneWithRecordings()
  server.recordings.set(`/${fileOf(two)}`, [second.subarray(0, 3), null])
  expect(await run()).toMatchObject({ code: ExitCode.network })
  expect(existsSync(site)).toBe(false)
  server.recordings.set(`/${fileOf(two)}`, [second])
  expect(await run()).toMatchObject({ code: 0 })
  expect(recordingsIn(site)).toEqual([fileOf(one), fileOf(two)].sort())
})
