import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AudioFile } from '@stet/schema/audio'
import { type Content, emptyContent } from '@stet/schema/snapshot'
import { pngOf } from '@stet/sync-server/src/artwork/pictures.fixture.ts'
import { expect, onTestFinished, test } from 'vitest'
import { runCommand, type ServerProcess, startServerProcess } from '../chaos/server-process.ts'
import { wavOf } from '../e2e/wav.ts'
import { filesIn, startBot } from './bot-process.ts'

const night = (number: number, words: string, audio?: AudioFile): Content => ({
  ...emptyContent('dispatch'),
  number,
  date: '2026-01-31',
  title: `Night ${number}`,
  summary: words,
  ...(audio === undefined ? {} : { audio }),
  speakers: [{ id: 'ana', name: 'ana', color: 1 }],
  body: [{ kind: 'turn', id: 't1', speaker: 'ana', start: 0, content: [{ type: 'text', text: words }] }],
})

const setScene = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stet-watch-'))
  const data = join(folder, 'data')
  mkdirSync(data)
  const server = await startServerProcess(data)
  const port = Number(new URL(server.url).port)
  let standing = server
  onTestFinished(() => {
    standing.child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    server,
    data,
    site: join(folder, 'site'),
    fall: async () => {
      standing.child.kill('SIGKILL')
      await standing.ended
    },
    rise: async () => {
      standing = await startServerProcess(data, { port })
    },
  }
}

const post = async ({ url, authorization }: Pick<ServerProcess, 'url' | 'authorization'>, path: string, body: object = {}) => {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as { id: string }
}
const publish = async (server: ServerProcess, number: number, audio?: AudioFile): Promise<string> => {
  const { id } = await post(server, '/api/dispatches', { content: night(number, 'It rang.', audio) })
  await post(server, `/api/dispatches/${id}/revisions`)
  return id
}

const upload = async ({ url, authorization }: ServerProcess): Promise<AudioFile> => {
  const body = Uint8Array.from(wavOf(2))
  return (await fetch(`${url}/api/audio?name=bell.wav`, { method: 'POST', headers: { authorization }, body })).json()
}

/** The owner comes by a link, and gives the show a picture. */
const giveArtwork = async ({ url }: ServerProcess, data: string): Promise<void> => {
  const { said } = await runCommand(data, 'link', 'create', '--role', 'owner')
  const code = /#(\S+)/.exec(said)?.[1] ?? ''
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ code, name: 'Ada' }),
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const given = await fetch(`${url}/api/artwork`, {
    method: 'POST',
    headers: { origin: url, cookie },
    body: Uint8Array.from(pngOf({ width: 1_400, height: 1_400 })),
  })
  if (!given.ok) throw new Error(await given.text())
}

const watchBot = (server: ServerProcess, words: string[]) => {
  const bot = startBot(server, ['watch', ...words])
  onTestFinished(() => void bot.child.kill('SIGKILL'))
  return bot
}

test('X5, X6, A20, P12: watch exports what is published while it looks, and while server and bot cannot see each other; the files are those that are served', async () => {
  const { server, data, site, fall, rise } = await setScene()
  await giveArtwork(server, data)
  await publish(server, 1)
  const bot = watchBot(server, ['--out', site])
  await bot.said(/written/)
  const audio = await upload(server)
  await publish(server, 2, audio)
  await bot.said(/Published \/dispatches\/002\/, revision 1, by .*\n\d+ written/)
  await fall()
  await bot.said(/trying again in \d+ s/)
  await rise()
  const third = await publish(server, 3)
  await post(server, `/api/dispatches/${third}/withdrawal`, { reason: 'It never rang.' })
  await bot.said(/Withdrawn \/dispatches\/003\/ by /)
  // It ends the export that it is at. That may be silent: what was published just before may have been seen withdrawn already.
  bot.child.kill('SIGTERM')
  expect(await bot.ended).toMatchObject({ code: 0, signal: null })
  expect(bot.out().match(/Published \/dispatches\/003\//g)).toHaveLength(1)

  const files = filesIn(site)
  expect(files.size).toBeGreaterThan(30)
  expect([...files.keys()]).toContain(`audio/${audio.sha256}.wav`)
  expect([...files.keys()].filter((path) => /^artwork\/[0-9a-f]{64}\.png$/.test(path))).toHaveLength(2)
  for (const [path, bytes] of files) {
    if (path === 'manifest.json') continue
    const served = await fetch(`${server.url}/${path.replace(/(^|\/)index\.html$/, '$1')}`)
    expect([path, served.status]).toEqual([path, path === '404.html' ? 404 : path.startsWith('dispatches/003/') ? 410 : 200])
    expect([path, Buffer.from(await served.arrayBuffer()).equals(bytes)]).toEqual([path, true])
  }
})

test('X6: with --git each change is a commit that says what was published, also what a killed bot left behind', async () => {
  const { server, site } = await setScene()
  mkdirSync(site)
  const git = (...words: string[]) => execFileSync('git', ['-C', site, ...words], { encoding: 'utf8' })
  git('init', '--quiet')
  git('config', 'user.name', 'The bot')
  git('config', 'user.email', 'bot@show.example')
  const bot = watchBot(server, ['--out', site, '--git', '--json'])
  await bot.said(/"commit"/)
  await publish(server, 4)
  await bot.said(/"event".*\n.*"commit":"[0-9a-f]{40}"/)
  expect(git('log', '-1', '--format=%s')).toMatch(/^Published \/dispatches\/004\/, revision 1, by /)
  expect(git('status', '--porcelain')).toBe('')
  for (const line of bot.out().trim().split('\n')) expect(Object.keys(JSON.parse(line))).toHaveLength(1)
  bot.child.kill('SIGKILL')
  await bot.ended

  rmSync(join(site, 'dispatches/004/004.md'))
  git('rm', '--quiet', '--cached', 'dispatches/004/004.md')
  const next = watchBot(server, ['--out', site, '--git'])
  await next.said(/written/)
  next.child.kill('SIGINT')
  expect(await next.ended).toMatchObject({ code: 0, signal: null })
  expect(git('status', '--porcelain')).toBe('')
  expect(git('ls-files')).toContain('dispatches/004/004.md')
})

test('X2, X6: watch ends with 2 for a token that the server does not know, and for a folder that is no repository', async () => {
  const { server, site } = await setScene()
  const stranger = watchBot({ ...server, authorization: 'Bearer stet_wrong' }, ['--out', site])
  expect(await stranger.ended).toMatchObject({ code: 2, err: expect.stringContaining('does not know this token') })
  mkdirSync(site)
  const bare = watchBot(server, ['--out', site, '--git'])
  expect(await bare.ended).toMatchObject({ code: 2, err: expect.stringContaining('is no git repository') })
})
