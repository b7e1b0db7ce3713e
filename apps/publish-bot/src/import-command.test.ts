import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderText } from '@stet/render/text'
import { newDispatchId } from '@stet/schema/ids'
import { LAYOUT_VERSION } from '@stet/schema/snapshot'
import { expect, test } from 'vitest'
import { setScene, someDispatch, tryBot } from './try-bot.ts'

const textOf = (number: number) => renderText({ layout: LAYOUT_VERSION, id: newDispatchId(), ...someDispatch(number) })

test('each file becomes a dispatch on the server, and is told of with its desk', async () => {
  const scene = await setScene()
  writeFileSync(join(scene.folder, 'a.txt'), textOf(7))
  writeFileSync(join(scene.folder, 'b.txt'), textOf(12))
  const { code, out, err } = await tryBot(scene, 'import', 'a.txt', 'b.txt', '--speakers', 'ana')
  const [first, second] = [...scene.server.dispatches.keys()]
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toBe(
    `Imported dispatch 007 “Night 7”: 1 turn, 0 sources, id ${first}\n  ${scene.server.origin}/desk/dispatches/${first}\n` +
      `Imported dispatch 012 “Night 12”: 1 turn, 0 sources, id ${second}\n  ${scene.server.origin}/desk/dispatches/${second}\n`,
  )
})

test('I2: one faulty file among good ones names its line, and nothing is imported', async () => {
  const scene = await setScene()
  writeFileSync(join(scene.folder, 'good.txt'), textOf(7))
  writeFileSync(join(scene.folder, 'bad.txt'), textOf(8).replace('Transcript', 'Transkript'))
  const { code, out, err } = await tryBot(scene, 'import', 'good.txt', 'bad.txt')
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(/^bad\.txt:\d+: found .+, expected .+\n$/)
  expect(scene.server.dispatches.size).toBe(0)
})

test('a file in another encoding is a fault on its line', async () => {
  const scene = await setScene()
  writeFileSync(join(scene.folder, 'old.txt'), Buffer.from('caf\u00e9\n', 'latin1'))
  const { code, err } = await tryBot(scene, 'import', 'old.txt')
  expect({ code, err }).toEqual({
    code: 1,
    err: 'old.txt:1: found “caf\u{fffd}”, expected UTF-8 (save the file in that encoding)\n',
  })
})

test('a file that is not there is a fault of the command line', async () => {
  const scene = await setScene()
  expect(await tryBot(scene, 'import', 'none.txt')).toMatchObject({ code: 2, err: 'none.txt: there is no such file\n' })
})

test('when the server fails between two files, what was imported and what was not is told', async () => {
  const scene = await setScene()
  writeFileSync(join(scene.folder, 'a.txt'), textOf(7))
  writeFileSync(join(scene.folder, 'b.txt'), textOf(8))
  scene.server.onRequest = () => {
    if (scene.server.dispatches.size === 1) return scene.server.close()
  }
  const { code, out, err } = await tryBot(scene, 'import', 'a.txt', 'b.txt')
  expect(code).toBe(3)
  expect(out).toMatch(/^Imported dispatch 007 /)
  expect(err).toMatch(/^Could not import b\.txt: .*\n[\s\S]*Not imported: b\.txt\n$/)
})

test('I3: captions become a dispatch, called by their file until somebody names it', async () => {
  const scene = await setScene()
  writeFileSync(join(scene.folder, 'night talk.vtt'), 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Hello.\n')
  expect(await tryBot(scene, 'import', 'night talk.vtt')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Imported dispatch “night talk”: 1 turn, 0 sources, id /),
  })
})

test('a file of sources is no dispatch, and says where it belongs', async () => {
  const scene = await setScene()
  writeFileSync(join(scene.folder, 'refs.bib'), '@misc{a, title = {A}}')
  expect(await tryBot(scene, 'import', 'refs.bib')).toMatchObject({
    code: 1,
    err: 'refs.bib: holds sources and no dispatch; import it at the desk, into the sources of a dispatch\n',
  })
  expect(scene.server.dispatches.size).toBe(0)
})

test('--json tells the same to a machine', async () => {
  const scene = await setScene()
  writeFileSync(join(scene.folder, 'a.txt'), textOf(7))
  const { out } = await tryBot(scene, 'import', 'a.txt', '--json')
  const [id] = scene.server.dispatches.keys()
  expect(JSON.parse(out)).toEqual({
    imported: [
      {
        file: 'a.txt',
        id,
        kind: 'dispatch',
        number: 7,
        title: 'Night 7',
        url: `${scene.server.origin}/desk/dispatches/${id}`,
        notes: [],
      },
    ],
  })
})

const seeds = process.env['STET_SEEDS'] ?? join(import.meta.dirname, '../../../../shared/seeds')
test.skipIf(!existsSync(seeds)).each([
  ['dispatch-008.txt', '008', /^Imported dispatch 008 “The Compute Company Inside the Rocket Company”: 39 turns, 8 sources, id /],
  ['roundup-essay.txt', null, /^Imported essay “/],
])('the seed %s comes back byte for byte', async (file, reference, told) => {
  const scene = await setScene()
  const imported = await tryBot(scene, 'import', join(seeds, file))
  expect(imported).toMatchObject({ code: 0, out: expect.stringMatching(told) })
  const [id = ''] = scene.server.dispatches.keys()
  const exported = await tryBot(scene, 'export', reference ?? id, '--format', 'text')
  expect(exported).toMatchObject({ code: 0, err: '', out: readFileSync(join(seeds, file), 'utf8') })
})
