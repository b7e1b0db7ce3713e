import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { STAGE } from './place-in-folder.ts'
import { foldersOf } from './site-path.ts'
import { filesIn, setScene, someDispatch, spawnBot, tryBot } from './try-bot.ts'

/** Three dispatches with twelve files each, twelve of the show, three fonts and the manifest. */
const FILES = 3 * 12 + 12 + 3 + 1

const sceneWithThree = async () => {
  const scene = await setScene()
  for (const number of [1, 2, 3]) scene.server.publish(scene.server.add(someDispatch(number)))
  await tryBot(scene, 'export', '--published', '--out', 'whole')
  return { ...scene, whole: filesIn(join(scene.folder, 'whole')), site: join(scene.folder, 'site') }
}
type Scene = Awaited<ReturnType<typeof setScene>>

const words = ['export', '--published', '--out', 'site']
const dieAt = new URL('./die-at.ts', import.meta.url).href
const killedAt = (scene: Scene, point: string, ...more: string[]) =>
  spawnBot(scene, [...words, ...more], { nodeOptions: ['--import', dieAt], variables: { STET_TEST_DIE_AT: point } }).ended

/** What stands in a folder, without what waits to stand in it. */
const standingIn = (site: string) => new Map([...filesIn(site)].filter(([path]) => !path.startsWith(`${STAGE}/`)))

/** What comes from one site to the other by a rename each: files that are not what they were, and the outermost of new folders. */
const movesFrom = (before: ReadonlyMap<string, Buffer>, after: ReadonlyMap<string, Buffer>): Set<string> => {
  const foldersBefore = new Set([...before.keys()].flatMap(foldersOf))
  const changed = [...after].filter(([path, bytes]) => before.get(path)?.equals(bytes) !== true)
  return new Set(changed.map(([path]) => foldersOf(path).findLast((folder) => !foldersBefore.has(folder)) ?? path))
}

const correctAll = ({ server }: Scene, nth = 0) => {
  for (const [id, dispatch] of server.dispatches) {
    dispatch.content = { ...dispatch.content, summary: `Corrected ${nth} times.` }
    server.publish(id, { wrong: 'Nine.', stands: 'Ten.' })
  }
}

test.each(['write 1', 'write 12', 'write 30', 'rename 1'])(
  'X1: killed at %s, nothing stands there yet, and the next run completes it',
  async (point) => {
    const { whole, site, ...scene } = await sceneWithThree()
    expect(await killedAt(scene, point)).toMatchObject({ signal: 'SIGKILL', out: '' })
    expect([...standingIn(site).keys()]).toEqual([])
    expect((await tryBot(scene, ...words)).out).toBe(`${FILES} written, 0 unchanged\n`)
    expect(filesIn(site)).toEqual(whole)
    expect(readdirSync(site)).not.toContain(STAGE)
  },
)

test.each([2, 20, Number.POSITIVE_INFINITY])(
  'X20: killed at rename %s, while files are renamed, each is old or new, and the next run completes it before it asks anyone',
  async (nth) => {
    const { whole: _, site, ...scene } = await sceneWithThree()
    await tryBot(scene, ...words)
    const before = filesIn(site)
    correctAll(scene)
    await tryBot(scene, 'export', '--published', '--out', 'renewed')
    const after = filesIn(join(scene.folder, 'renewed'))
    // The first is that of the plan.
    const renames = 1 + movesFrom(before, after).size
    expect(await killedAt(scene, `rename ${Math.min(nth, renames)}`)).toMatchObject({ signal: 'SIGKILL', out: '' })
    const middle = standingIn(site)
    expect(middle).not.toEqual(after)
    for (const [path, bytes] of middle)
      expect([path, [before, after].some((files) => files.get(path)?.equals(bytes))]).toEqual([path, true])
    expect(middle.get('manifest.json')).toEqual(before.get('manifest.json'))
    for (const path of before.keys()) expect(middle.has(path)).toBe(true)

    await scene.server.close()
    expect((await tryBot(scene, ...words)).code).toBe(3)
    expect(filesIn(site)).toEqual(after)
  },
)

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
  expect([...standingIn(site).keys()]).toEqual([])

  scene.server.onRequest = () => {}
  await tryBot(scene, ...words)
  expect(filesIn(site)).toEqual(whole)
})

/** Some here; `STET_KILLS=50` (`npm run chaos:export`) for more. */
const KILLS = Number(process.env['STET_KILLS'] ?? 4)

test(
  `X1: killed ${KILLS} times in a row in the middle, every file is the old one or the new one, and the next run completes it`,
  async () => {
    const { whole: _, site, ...scene } = await sceneWithThree()
    await tryBot(scene, ...words)
    const old = filesIn(site)
    const draw = createDraw(KILLS)
    /** What the runs since the last whole one were to make: one may have been killed on its way into place, and be completed by a later one. */
    let begun: ReturnType<typeof filesIn>[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      correctAll(scene, kill)
      const before = standingIn(site)
      await tryBot(scene, 'export', '--published', '--out', 'renewed')
      const after = filesIn(join(scene.folder, 'renewed'))
      // Each publication makes or changes more than 20 files.
      const point = `${draw(2) === 0 ? 'write' : 'rename'} ${1 + draw(20)}`
      expect({ point, ...(await killedAt(scene, point)) }).toMatchObject({ point, signal: 'SIGKILL' })
      const middle = standingIn(site)
      for (const [path, bytes] of middle)
        expect([path, [before, ...begun, after].some((files) => files.get(path)?.equals(bytes))]).toEqual([path, true])
      // What was not on its way into place has changed nothing.
      if (point.startsWith('write')) expect([before, ...begun]).toContainEqual(middle)
      begun.push(after)
      // Every second time the next one meets what was left half done.
      if (draw(2) === 0) continue
      await tryBot(scene, ...words)
      expect(filesIn(site)).toEqual(after)
      begun = []
    }
    await tryBot(scene, ...words)
    expect(filesIn(site)).toEqual(filesIn(join(scene.folder, 'renewed')))
    expect(filesIn(site).size).toBeGreaterThan(old.size)
  },
  KILLS * 60_000,
)

test(
  `X21: with --link, killed ${KILLS} times in a row in the middle, the site as a whole is the old one or the new one, and the next run completes it`,
  async () => {
    const { whole: _, site, ...scene } = await sceneWithThree()
    await tryBot(scene, ...words, '--link')
    const draw = createDraw(KILLS)
    for (let kill = 0; kill < KILLS; kill++) {
      correctAll(scene, kill)
      const before = filesIn(site)
      await tryBot(scene, 'export', '--published', '--out', 'renewed')
      const after = filesIn(join(scene.folder, 'renewed'))
      // A folder is renamed, and then the link.
      const point = draw(2) === 0 ? `write ${1 + draw(20)}` : `rename ${1 + draw(2)}`
      expect({ point, ...(await killedAt(scene, point, '--link')) }).toMatchObject({ point, signal: 'SIGKILL' })
      const middle = filesIn(site)
      expect([before, after]).toContainEqual(middle)
      if (draw(2) === 0) continue
      await tryBot(scene, ...words, '--link')
      expect(filesIn(site)).toEqual(after)
    }
    await tryBot(scene, ...words, '--link')
    expect(filesIn(site)).toEqual(filesIn(join(scene.folder, 'renewed')))
    // The site that stands, and the one before it for those who are reading it.
    expect(readdirSync(`${site}.sites`).length).toBe(2)
  },
  KILLS * 60_000,
)

/** Draws numbers below a limit; the same each time. */
const createDraw = (seed: number) => {
  let state = seed
  return (limit: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * limit)
  }
}
