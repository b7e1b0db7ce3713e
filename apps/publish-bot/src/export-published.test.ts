import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { deadLinks } from './dead-links.ts'
import type { Made } from './manifest.ts'
import { STAGE } from './place-in-folder.ts'
import { filesIn, setScene, someDispatch, someEssay, spawnBot, tryBot } from './try-bot.ts'

const sceneWithTwo = async () => {
  const scene = await setScene()
  const night = scene.server.add(someDispatch(8))
  const essay = scene.server.add(someEssay('On Words'))
  scene.server.publish(night)
  scene.server.publish(essay)
  scene.server.add(someDispatch(9, 'A draft'))
  const site = join(scene.folder, 'site')
  return { ...scene, site, night, essay, run: () => tryBot(scene, 'export', '--published', '--out', 'site') }
}

/** Of the two, and of the show as a whole. */
const FILES = 12 + 8 + 3 + 12 + 1

const manifestOf = (files: Map<string, Buffer>) => JSON.parse(files.get('manifest.json')?.toString() ?? '')

test('everything published stands in the folder in every format, and the manifest has the hash of each file', async () => {
  const { site, run } = await sceneWithTwo()
  expect(await run()).toEqual({ code: 0, signal: null, out: `${FILES} written, 0 unchanged\n`, err: '' })
  const files = filesIn(site)
  expect([...files.keys()]).toEqual([
    '404.html',
    'about/index.html',
    'assets/fonts/inter.woff2',
    'assets/fonts/source-serif-4-italic.woff2',
    'assets/fonts/source-serif-4.woff2',
    'corrections/index.html',
    'dispatches/008/008.chapters.json',
    'dispatches/008/008.json',
    'dispatches/008/008.md',
    'dispatches/008/008.srt',
    'dispatches/008/008.transcript.json',
    'dispatches/008/008.txt',
    'dispatches/008/008.vtt',
    'dispatches/008/008.zip',
    'dispatches/008/index.html',
    'dispatches/008/picture.png',
    'dispatches/008/revisions/1/index.html',
    'dispatches/008/revisions/index.html',
    'essays/on-words/index.html',
    'essays/on-words/on-words.json',
    'essays/on-words/on-words.md',
    'essays/on-words/on-words.txt',
    'essays/on-words/on-words.zip',
    'essays/on-words/picture.png',
    'essays/on-words/revisions/1/index.html',
    'essays/on-words/revisions/index.html',
    'feed.json',
    'feed.xml',
    'index.html',
    'manifest.json',
    'podcast.xml',
    'robots.txt',
    'search.json',
    'search/index.html',
    'sitemap.xml',
    'speakers/ana/index.html',
  ])
  const manifest = manifestOf(files)
  expect(Object.keys(manifest.files)).toEqual([...files.keys()].filter((path) => path !== 'manifest.json'))
  for (const [path, sha256] of Object.entries(manifest.files))
    expect(
      createHash('sha256')
        .update(files.get(path) ?? '')
        .digest('hex'),
    ).toBe(sha256)
  expect(manifest.works.map(({ listed }: Made['works'][number]) => listed.map(({ path, revision }) => [path, revision]))).toEqual(
    [[['/dispatches/008/', 1]], [['/essays/on-words/', 1]]],
  )
  expect(readdirSync(site)).not.toContain(STAGE)
})

test('X5: no link of an exported folder is dead, whatever was corrected, updated or withdrawn', async () => {
  const { server, site, night, run } = await sceneWithTwo()
  const rewrite = (summary: string) => {
    const dispatch = server.dispatches.get(night)
    if (dispatch !== undefined) dispatch.content = { ...dispatch.content, summary }
  }
  rewrite('It happened twice.')
  server.publish(night, { wrong: 'It happened.', stands: 'It happened twice.' })
  rewrite('It happened twice!')
  server.publish(night)
  const forged = server.add(someDispatch(7, 'A forged night'))
  server.publish(forged)
  server.publish(forged, { wrong: 'Nine.', stands: 'Ten.' })
  const withdrawn = server.dispatches.get(forged)
  if (withdrawn !== undefined)
    withdrawn.withdrawal = { reason: 'The log was forged.', at: '2026-01-02T03:04:05.000Z', by: 'Tester' }
  expect(await run()).toMatchObject({ code: 0, err: '' })
  const files = filesIn(site)
  expect(deadLinks(files, 'https://show.example')).toEqual([])
  expect(files.get('dispatches/008/revisions/2/changes/index.html')?.toString()).toContain('<ins>')
  for (const path of ['', 'revisions/', 'revisions/1/', 'revisions/2/', 'revisions/2/changes/'])
    expect(files.get(`dispatches/007/${path}index.html`)?.toString()).toContain('The log was forged.')
  expect([...files.keys()].filter((path) => path.startsWith('dispatches/007/') && !path.endsWith('.html'))).toEqual([])
  files.delete('dispatches/008/revisions/2/changes/index.html')
  files.delete('assets/fonts/inter.woff2')
  expect(deadLinks(files, 'https://show.example').map((dead) => dead.split(' -> ')[1])).toEqual(
    expect.arrayContaining(['/dispatches/008/revisions/2/changes/', '/assets/fonts/inter.woff2']),
  )
})

test('X1: the second run writes nothing', async () => {
  const { site, run } = await sceneWithTwo()
  await run()
  const stamps = () =>
    ['.', 'dispatches', ...filesIn(site).keys()].map((path) => [path, statSync(join(site, path), { bigint: true }).mtimeNs])
  const before = stamps()
  expect((await run()).out).toBe(`0 written, ${FILES} unchanged\n`)
  expect(stamps()).toEqual(before)
})

test('R2: two folders of the same revisions are equal, whatever order the server lists them in', async () => {
  const scene = await sceneWithTwo()
  await scene.run()
  const first = filesIn(scene.site)
  rmSync(scene.site, { recursive: true })
  const reversed = [...scene.server.dispatches].reverse()
  scene.server.dispatches.clear()
  for (const [id, dispatch] of reversed) scene.server.dispatches.set(id, dispatch)
  await scene.run()
  expect(filesIn(scene.site)).toEqual(first)
})

test('X23: where nothing changed the server is asked for its list alone; what changed is fetched, and nothing else', async () => {
  const { server, night, essay, site, run, folder } = await sceneWithTwo()
  await run()
  const asked: string[] = []
  server.onRequest = (name, params) => void asked.push([name, params['id'], params['revision']].join(' ').trim())
  await run()
  expect(asked.splice(0)).toEqual(['listPublished'])

  server.publish(night, { wrong: 'Nine.', stands: 'Ten.' })
  await run()
  expect(asked.splice(0)).toEqual(['listPublished', `listRevisions ${night}`, `getRevision ${night} 1`, `getRevision ${night} 2`])
  const renewed = filesIn(site)
  await tryBot({ server, folder }, 'export', '--published', '--out', 'fresh')
  expect(renewed).toEqual(filesIn(join(folder, 'fresh')))

  asked.splice(0)
  expect((await tryBot({ server, folder }, 'export', '--published', '--out', 'site', '--again')).out).toMatch(
    /^0 written, \d+ unchanged\n$/,
  )
  expect(asked).toContain(`getRevision ${essay} 1`)
})

test('X23: what other renderers made, or was made for another show, is made again', async () => {
  const { server, essay, site, run } = await sceneWithTwo()
  await run()
  const asked: string[] = []
  server.onRequest = (name, params) => void (name === 'getRevision' && asked.push(String(params['id'])))
  const manifest = join(site, 'manifest.json')
  const good = readFileSync(manifest, 'utf8')
  for (const [mark, other] of [
    [/"renderer": "\w{9}/, '"renderer": "123456789'],
    [/"name": "The Test Show"/, '"name": "Another Show"'],
    [/"works": \[/, '"works": [7,'],
  ] as const) {
    writeFileSync(manifest, good.replace(mark, other))
    expect((await run()).out).toBe(`1 written, ${FILES - 1} unchanged\n`)
    expect(readFileSync(manifest, 'utf8')).toBe(good)
    expect(asked.splice(0)).toContain(essay)
  }
})

test('a file changed by hand is made good, and nothing else is touched', async () => {
  const { site, run } = await sceneWithTwo()
  await run()
  const good = filesIn(site)
  writeFileSync(join(site, 'dispatches/008/008.md'), 'scribble')
  writeFileSync(join(site, 'CNAME'), 'show.example')
  expect((await run()).out).toBe(`1 written, ${FILES - 1} unchanged\n`)
  expect(filesIn(site)).toEqual(new Map([['CNAME', Buffer.from('show.example')], ...good]))
})

test('files that the old manifest lists and the new does not are removed, with the folders they leave empty', async () => {
  const { server, site, essay, run } = await sceneWithTwo()
  await run()
  server.dispatches.delete(essay)
  // The front page, the page about the show, two feeds, the index for search, the site map and the manifest tell of it.
  expect((await run()).out).toBe(`7 written, 8 removed, ${FILES - 15} unchanged\n`)
  expect(existsSync(join(site, 'essays'))).toBe(false)
})

test('a snapshot that is not the one published is refused before anything is written', async () => {
  const { server, site, essay, run } = await sceneWithTwo()
  const revision = server.dispatches.get(essay)?.revisions[0]
  if (revision === undefined) throw new Error('no revision')
  revision.snapshot = { ...revision.snapshot, summary: 'smuggled in' }
  const { code, out, err } = await run()
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(
    /^Refused revision 1 of “On Words” \(\/essays\/on-words\/\): its snapshot has sha256 \w{64}, expected \w{64}\.\n$/,
  )
  expect(existsSync(site)).toBe(false)
})

test('a server that fails halfway changes nothing in the folder', async () => {
  const { server, site, essay, run } = await sceneWithTwo()
  await run()
  const before = filesIn(site)
  const dispatch = server.dispatches.get(essay)
  if (dispatch !== undefined) dispatch.content = { ...dispatch.content, summary: 'New.' }
  server.publish(essay)
  server.onRequest = (name, params) => (name === 'getRevision' && params['revision'] === 2 ? server.close() : undefined)
  expect((await run()).code).toBe(3)
  expect(filesIn(site)).toEqual(before)
})

test('a link inside the folder does not lead the export out of it', async () => {
  const { folder, site, run } = await sceneWithTwo()
  mkdirSync(join(folder, 'elsewhere'))
  mkdirSync(site)
  symlinkSync('../elsewhere', join(site, 'dispatches'))
  const { code, err } = await run()
  expect(code).toBe(2)
  expect(err).toMatch(/dispatches is not a folder; move it away/)
  expect(readdirSync(join(folder, 'elsewhere'))).toEqual([])
})

test('a link in the place of a file is replaced, not followed', async () => {
  const { folder, site, run } = await sceneWithTwo()
  mkdirSync(join(site, 'dispatches/008'), { recursive: true })
  writeFileSync(join(folder, 'mine.md'), 'mine')
  symlinkSync('../../../mine.md', join(site, 'dispatches/008/008.md'))
  expect((await run()).out).toBe(`${FILES} written, 0 unchanged\n`)
  expect(filesIn(folder).get('mine.md')?.toString()).toBe('mine')
})

test.each(['{"files": {"../mine.txt": "00"}}', '{"name": "an app"}', 'not JSON'])(
  'a manifest of someone else is left alone: %s',
  async (text) => {
    const { folder, site, run } = await sceneWithTwo()
    mkdirSync(site)
    writeFileSync(join(folder, 'mine.txt'), 'mine')
    writeFileSync(join(site, 'manifest.json'), text)
    expect(await run()).toMatchObject({
      code: 2,
      err: expect.stringContaining('manifest.json in this folder is not one that the bot wrote'),
    })
    expect([...filesIn(folder).keys()]).toEqual(['mine.txt', 'site/manifest.json'])
  },
)

test('X21: with --link the folder is a link to the whole site, and files that stay are the same files', async () => {
  const { server, site, essay, folder } = await sceneWithTwo()
  const run = () => tryBot({ server, folder }, 'export', '--published', '--out', 'site', '--link')
  expect((await run()).out).toBe(`${FILES} written, 0 unchanged\n`)
  await tryBot({ server, folder }, 'export', '--published', '--out', 'plain')
  expect(filesIn(site)).toEqual(filesIn(join(folder, 'plain')))
  const numberOf = (path: string) => statSync(join(site, path)).ino
  const [link, page] = [readlinkSync(site), numberOf('dispatches/008/index.html')]
  expect((await run()).out).toBe(`0 written, ${FILES} unchanged\n`)
  expect(readlinkSync(site)).toBe(link)
  server.dispatches.delete(essay)
  expect((await run()).out).toBe(`7 written, 8 removed, ${FILES - 15} unchanged\n`)
  expect([readlinkSync(site) === link, numberOf('dispatches/008/index.html')]).toEqual([false, page])
  expect(existsSync(join(site, 'essays'))).toBe(false)
})

test('X21: with --link a folder in the way is left alone', async () => {
  const { folder, site, server } = await sceneWithTwo()
  mkdirSync(site)
  writeFileSync(join(site, 'mine.txt'), 'mine')
  const { code, err } = await tryBot({ folder, server }, 'export', '--published', '--out', 'site', '--link')
  expect([code, [...filesIn(folder).keys()]]).toEqual([2, ['site/mine.txt']])
  expect(err).toContain('is no link of an exported site')
})

test('X5: a speaker may have a name of any script', async () => {
  const scene = await setScene()
  const content = someDispatch(8)
  scene.server.publish(scene.server.add({ ...content, speakers: [{ id: 'ana', name: 'Åsa Жук', color: 1 }] }))
  expect(await tryBot(scene, 'export', '--published', '--out', 'site')).toMatchObject({ code: 0, err: '' })
  const files = filesIn(join(scene.folder, 'site'))
  expect(files.has('speakers/åsa-жук/index.html')).toBe(true)
  expect(deadLinks(files, 'https://show.example')).toEqual([])
})

test('a folder that cannot be made is a fault of the disk', async () => {
  const { site, run } = await sceneWithTwo()
  writeFileSync(site, 'a file')
  expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining(`Could not write to ${site}: `) })
})

test('R2: the same revisions give the same bytes in any time zone and language', async () => {
  const { folder, ...scene } = await sceneWithTwo()
  const places = [
    { TZ: 'Pacific/Kiritimati', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' },
    { TZ: 'Pacific/Pago_Pago', LANG: 'C', LC_ALL: 'C' },
  ]
  const made = places.map(async (variables, nth) => {
    const { ended } = spawnBot({ ...scene, folder }, ['export', '--published', '--out', `${nth}`], { variables })
    expect((await ended).code).toBe(0)
    return filesIn(join(folder, `${nth}`))
  })
  const [east, west] = await Promise.all(made)
  expect(east).toEqual(west)
})

test('many are made in threads, a few without: the files are the same', async () => {
  const scene = await setScene()
  const publish = (number: number) => scene.server.publish(scene.server.add(someDispatch(number)))
  const numbers = Array.from({ length: 12 }, (_, nth) => nth + 1)
  for (const number of numbers.slice(0, 6)) publish(number)
  await tryBot(scene, 'export', '--published', '--out', 'few')
  for (const number of numbers.slice(6)) publish(number)
  await tryBot(scene, 'export', '--published', '--out', 'few')
  expect((await tryBot(scene, 'export', '--published', '--out', 'many')).code).toBe(0)
  expect(filesIn(join(scene.folder, 'many'))).toEqual(filesIn(join(scene.folder, 'few')))
})
