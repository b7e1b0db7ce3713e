import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { STAGE } from './site-folder.ts'
import { filesIn, setScene, someDispatch, spawnBot, tryBot } from './try-bot.ts'

/** Three dispatches with twelve files each, ten of the show, three fonts and the manifest. */
const FILES = 3 * 12 + 10 + 3 + 1

const sceneWithThree = async () => {
  const scene = await setScene()
  for (const number of [1, 2, 3]) scene.server.publish(scene.server.add(someDispatch(number)))
  await tryBot(scene, 'export', '--published', '--out', 'whole')
  return { ...scene, whole: filesIn(join(scene.folder, 'whole')), site: join(scene.folder, 'site') }
}
const words = ['export', '--published', '--out', 'site']
const dieAt = new URL('./die-at.ts', import.meta.url).href

test.each(['write 1', 'rename 1', 'write 12', 'rename 50'])(
  'X1: killed at %s, no half file stands there, and the next run completes it',
  async (point) => {
    const { whole, site, ...scene } = await sceneWithThree()
    const killed = spawnBot(scene, words, { nodeOptions: ['--import', dieAt], variables: { STET_TEST_DIE_AT: point } })
    expect(await killed.ended).toMatchObject({ signal: 'SIGKILL', out: '' })

    const left = filesIn(site)
    const standing = [...left].filter(([path]) => !path.startsWith(`${STAGE}/`))
    // Several are written at once.
    expect(left.size - standing.length).toBeGreaterThanOrEqual(1)
    expect(standing.length).toBeLessThan(Number(point.split(' ')[1]))
    for (const [path, bytes] of standing) expect([path, bytes]).toEqual([path, whole.get(path)])
    expect(left.has('manifest.json')).toBe(false)

    expect((await tryBot(scene, ...words)).out).toBe(`${FILES - standing.length} written, ${standing.length} unchanged\n`)
    expect(filesIn(site)).toEqual(whole)
    expect(readdirSync(site)).not.toContain(STAGE)
  },
)

test('killed while an older export is renewed, every file is the old one or the new one, and the next run completes it', async () => {
  const { whole: _, site, ...scene } = await sceneWithThree()
  await tryBot(scene, ...words)
  const before = filesIn(site)
  for (const [id, dispatch] of scene.server.dispatches) {
    dispatch.content = { ...dispatch.content, summary: 'Corrected.' }
    scene.server.publish(id)
  }
  await tryBot(scene, 'export', '--published', '--out', 'renewed')
  const after = filesIn(join(scene.folder, 'renewed'))

  const killed = spawnBot(scene, words, { nodeOptions: ['--import', dieAt], variables: { STET_TEST_DIE_AT: 'write 15' } })
  expect((await killed.ended).signal).toBe('SIGKILL')
  const middle = filesIn(site)
  for (const [path, bytes] of before)
    expect([before.get(path), after.get(path)]).toContainEqual(middle.get(path) ?? bytes.subarray(0, 0))
  expect(middle.get('manifest.json')).toEqual(before.get('manifest.json'))

  await tryBot(scene, ...words)
  expect(filesIn(site)).toEqual(after)
})

test('killed while the server stalls at a later revision, the folder is as it was, and the next run completes it', async () => {
  const { whole, site, ...scene } = await sceneWithThree()
  const ids = [...scene.server.dispatches.keys()]
  const stalled = new Promise<void>((resolve) => {
    scene.server.onRequest = (name, { id }) => {
      if (name !== 'getRevision' || id !== ids[2]) return
      resolve()
      return new Promise(() => {})
    }
  })
  const { child, ended } = spawnBot(scene, words)
  await stalled
  child.kill('SIGKILL')
  expect((await ended).signal).toBe('SIGKILL')
  expect(readdirSync(scene.folder)).toEqual(['whole'])

  scene.server.onRequest = () => {}
  await tryBot(scene, ...words)
  expect(filesIn(site)).toEqual(whole)
})

/** Some here; `STET_KILLS=50` (`npm run chaos:export`) for more. */
const KILLS = Number(process.env['STET_KILLS'] ?? 4)

test(`X1: killed ${KILLS} times in a row in the middle, every file is the old one or the new one, and the next run completes it`, async () => {
  const { whole: _, site, ...scene } = await sceneWithThree()
  await tryBot(scene, ...words)
  const old = filesIn(site)
  const draw = createDraw(KILLS)
  for (let kill = 0; kill < KILLS; kill++) {
    for (const [id, dispatch] of scene.server.dispatches) {
      dispatch.content = { ...dispatch.content, summary: `Corrected ${kill} times.` }
      scene.server.publish(id, { wrong: 'Nine.', stands: 'Ten.' })
    }
    const before = filesIn(site)
    await tryBot(scene, 'export', '--published', '--out', 'renewed')
    const after = filesIn(join(scene.folder, 'renewed'))
    // Each publication makes or changes more than 20 files.
    const point = `${draw(2) === 0 ? 'write' : 'rename'} ${1 + draw(20)}`
    const killed = spawnBot(scene, words, { nodeOptions: ['--import', dieAt], variables: { STET_TEST_DIE_AT: point } })
    expect([point, (await killed.ended).signal]).toEqual([point, 'SIGKILL'])
    for (const [path, bytes] of filesIn(site))
      if (!path.startsWith(`${STAGE}/`))
        expect([path, [before, after].some((files) => files.get(path)?.equals(bytes))]).toEqual([path, true])
    // Every second time the next one meets what was left half done.
    if (draw(2) === 0) continue
    await tryBot(scene, ...words)
    expect(filesIn(site)).toEqual(after)
  }
  await tryBot(scene, ...words)
  expect(filesIn(site)).toEqual(filesIn(join(scene.folder, 'renewed')))
  expect(filesIn(site).size).toBeGreaterThan(old.size)
}, 600_000)

/** Draws numbers below a limit; the same each time. */
const createDraw = (seed: number) => {
  let state = seed
  return (limit: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * limit)
  }
}
