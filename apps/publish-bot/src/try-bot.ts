import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { type Content, emptyContent } from '@stet/schema/snapshot'
import { onTestFinished } from 'vitest'
import { type ContractServer, GOOD_TOKEN, openContractServer } from './contract-server.ts'
import { runBot } from './run-bot.ts'

/** For tests: a server and an empty folder of one test's own, gone when it ends. */
export const setScene = async (): Promise<{ server: ContractServer; folder: string }> => {
  const server = await openContractServer()
  const folder = mkdtempSync(join(tmpdir(), 'stet-bot-'))
  onTestFinished(async () => {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { server, folder }
}

export type Ended = { code: number | null; signal: NodeJS.Signals | null; out: string; err: string }
type Scene = { server: Pick<ContractServer, 'origin'>; folder: string }

const variablesOf = ({ server, folder }: Scene) => ({ STET_URL: server.origin, STET_TOKEN: GOOD_TOKEN, INIT_CWD: folder })

/** Runs the bot in this process; nobody sits there. */
export const tryBot = (scene: Scene, ...words: string[]): Promise<Ended> => tryBotAsked(scene, null, ...words)

/** The same, where somebody answers what they are asked. */
export const tryBotAsked = async (
  scene: Scene,
  ask: ((question: string) => Promise<string>) | null,
  ...words: string[]
): Promise<Ended> => {
  const out: Uint8Array[] = []
  const err: Uint8Array[] = []
  const into = (list: Uint8Array[]) => ({ write: (data: string | Uint8Array) => list.push(Buffer.from(data)) })
  const code = await runBot({
    words,
    variables: variablesOf(scene),
    workingFolder: scene.folder,
    out: into(out),
    err: into(err),
    now: () => 0,
    ask,
    pause: async () => {},
    live: () => {
      throw new Error('what runs until it is stopped is tried as a process')
    },
  })
  return { code, signal: null, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }
}

/** Starts the bot as the process that it is in earnest. */
export const spawnBot = (
  scene: Scene,
  words: string[],
  more: { nodeOptions?: string[]; variables?: Record<string, string> } = {},
) => {
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, [...(more.nodeOptions ?? []), main, ...words], {
    cwd: scene.folder,
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      ...variablesOf(scene),
      ...more.variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  const ended = new Promise<Ended>((resolve) => child.on('close', (code, signal) => resolve({ code, signal, ...said })))
  return { child, ended }
}

/** Every file below a folder by its path, with its bytes. */
export const filesIn = (folder: string): Map<string, Buffer> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [relative(folder, file), readFileSync(file)]),
  )

export const someDispatch = (number: number, title = `Night ${number}`): Content => ({
  ...emptyContent('dispatch'),
  number,
  date: '2026-01-31',
  title,
  summary: 'What happened.',
  topics: ['Things'],
  speakers: [{ id: 'ana', name: 'ana', color: 1 }],
  body: [
    { kind: 'chapter', id: 'c1', start: 0, content: [{ type: 'text', text: 'Opening' }] },
    {
      kind: 'turn',
      id: 't1',
      speaker: 'ana',
      start: 0,
      content: [{ type: 'text', text: `Good evening, this is ${title} & more.` }],
    },
  ],
})

export const someEssay = (title: string): Content => ({
  ...emptyContent('essay'),
  title,
  byline: { role: 'Editor', handle: '@ana' },
  body: [{ kind: 'paragraph', id: 'p1', content: [{ type: 'text', text: 'A thought.' }] }],
})
