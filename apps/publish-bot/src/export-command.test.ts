import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { formatsOf } from '@stet/render/file-kinds'
import { snapshotJson } from '@stet/render/json'
import { renderText } from '@stet/render/text'
import { expect, test } from 'vitest'
import { filesIn, setScene, someDispatch, someEssay, spawnBot, tryBot } from './try-bot.ts'

test('a draft is printed byte for byte, through a real pipe too', async () => {
  const scene = await setScene()
  const id = scene.server.add(someDispatch(8))
  const revision = scene.server.publish(id)
  expect(await tryBot(scene, 'export', '008', '--format', 'text')).toMatchObject({
    code: 0,
    out: renderText(revision.snapshot),
    err: '',
  })
  const piped = await spawnBot(scene, ['export', id, '--format', 'json']).ended
  expect(piped).toMatchObject({ code: 0, out: snapshotJson(revision.snapshot), err: '' })
})

test('a revision is the text as it was published, whatever the draft says by now', async () => {
  const scene = await setScene()
  const id = scene.server.add(someDispatch(8, 'First'))
  scene.server.publish(id)
  const dispatch = scene.server.dispatches.get(id)
  if (dispatch === undefined) throw new Error('no dispatch')
  dispatch.content = someDispatch(8, 'Second')
  scene.server.publish(id)
  dispatch.content = someDispatch(8, 'Third')
  const titleIn = async (...words: string[]) =>
    JSON.parse((await tryBot(scene, 'export', '8', '--format', 'json', ...words)).out).title
  expect(await titleIn('--revision', '1')).toBe('First')
  expect(await titleIn('--revision', 'latest')).toBe('Second')
  expect(await titleIn()).toBe('Third')
  const none = await tryBot(scene, 'export', '8', '--format', 'json', '--revision', '3')
  expect(none).toMatchObject({ code: 1, out: '', err: '“Third” has no revision 3; there is 1, 2.\n' })
})

test('every format prints a draft and a revision', async () => {
  const scene = await setScene()
  scene.server.publish(scene.server.add(someDispatch(8)))
  for (const format of formatsOf(scene.server.publish(scene.server.add(someDispatch(9))).snapshot))
    for (const which of [[], ['--revision', 'latest']]) {
      const { code, out } = await tryBot(scene, 'export', '8', '--format', format, ...which)
      expect(code).toBe(0)
      expect(out).toMatch(format === 'zip' ? /^PK/ : format === 'chapters' ? /Opening/ : /Night\s8/)
    }
})

test('R4: a form that a dispatch does not have is refused, with what it lacks', async () => {
  const scene = await setScene()
  const id = scene.server.add(someEssay('On Words'))
  expect(await tryBot(scene, 'export', id, '--format', 'vtt')).toMatchObject({
    code: 1,
    out: '',
    err: '“On Words” has no transcript, so there is no .vtt of it.\n',
  })
  expect((await tryBot(scene, 'export', id, '--format', 'bib')).err).toContain('has no sources')
})

test('what is not published has no revision to export', async () => {
  const scene = await setScene()
  scene.server.add(someDispatch(8))
  const { code, err } = await tryBot(scene, 'export', '8', '--format', 'md', '--revision', 'latest')
  expect({ code, err }).toEqual({ code: 1, err: '“Night 8” is not published yet; leave out --revision to export the draft.\n' })
})

test('--out writes the same bytes to a file, where the person stood', async () => {
  const scene = await setScene()
  const id = scene.server.add(someDispatch(8))
  const write = () => tryBot(scene, 'export', '8', '--format', 'json', '--out', 'a/night.json')
  expect((await write()).code).toBe(0)
  expect((await write()).code).toBe(0)
  expect([...filesIn(scene.folder).keys()]).toEqual(['a/night.json'])
  expect(readFileSync(join(scene.folder, 'a/night.json'), 'utf8')).toBe(snapshotJson(scene.server.publish(id).snapshot))
})

test('--out never replaces a device', async () => {
  const scene = await setScene()
  scene.server.add(someDispatch(8))
  symlinkSync('/dev/null', join(scene.folder, 'sink'))
  const { code, err } = await tryBot(scene, 'export', '8', '--format', 'json', '--out', 'sink')
  expect(code).toBe(2)
  expect(err).toMatch(/^Could not write sink: .* is not a plain file\n$/)
})

test('a reader that has seen enough is no fault', async () => {
  const scene = await setScene()
  const words = 'All work and no play. '.repeat(40_000)
  scene.server.add({
    ...someDispatch(8),
    body: [{ kind: 'turn', id: 't1', speaker: 'ana', start: 0, content: [{ type: 'text', text: words }] }],
  })
  const { child, ended } = spawnBot(scene, ['export', '8', '--format', 'text'])
  child.stdout.once('data', () => child.stdout.destroy())
  expect(await ended).toMatchObject({ code: 0, signal: null, err: '' })
})
