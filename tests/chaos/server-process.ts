import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The real server as a process of its own over a given data folder, to be killed, paused and started again. */
export type ServerProcess = {
  readonly url: string
  readonly authorization: string
  readonly child: ChildProcess
  /** Resolves with its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>
  /** What it wrote to standard error so far. */
  readonly complaints: () => string
  readonly signal: (signal: NodeJS.Signals) => void
}

const root = resolve(import.meta.dirname, '../..')
const main = join(root, 'apps/sync-server/src/main.ts')

export const startServerProcess = async (
  data: string,
  options: { port?: number; env?: Record<string, string> } = {},
): Promise<ServerProcess> => {
  const child = spawn(process.execPath, [main], {
    cwd: root,
    env: environment(data, { PORT: String(options.port ?? 0), ...options.env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const url = await urlOf(child, ended, () => complaints)
  return {
    url,
    authorization: `Bearer ${readFileSync(join(data, 'bot-token'), 'utf8').trim()}`,
    child,
    ended,
    complaints: () => complaints,
    signal: (signal) => void child.kill(signal),
  }
}

/** Runs `npm run server -- ...` to its end. */
export const runCommand = async (data: string, ...args: string[]): Promise<{ code: number | null; said: string }> => {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: root,
    env: environment(data, {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk
    })
  const [code] = await once(child, 'close')
  return { code: code as number | null, said }
}

const environment = (data: string, extra: Record<string, string>): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'] ?? '',
  STET_DATA: data,
  // The same sources start hundreds of times: they are compiled once.
  NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/stet-compiled'),
  ...extra,
})

const urlOf = (child: ChildProcess, ended: Promise<number | null>, complaints: () => string): Promise<string> =>
  new Promise((settle, reject) => {
    let printed = ''
    child.stdout?.on('data', (chunk) => {
      printed += chunk
      const found = /^ {2}site {2}(http\S+)\/$/m.exec(printed)?.[1]
      if (found !== undefined) settle(found.replace('localhost', '127.0.0.1'))
    })
    void ended.then((code) => reject(new Error(`the server ended with ${code} before it was ready:\n${complaints()}`)))
  })

export const createDispatch = async ({ url, authorization }: Pick<ServerProcess, 'url' | 'authorization'>): Promise<string> => {
  const answer = await fetch(`${url}/api/dispatches`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: '{}',
  })
  return ((await answer.json()) as { id: string }).id
}
