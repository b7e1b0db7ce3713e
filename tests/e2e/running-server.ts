import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The real server as a process of its own, on a free port and a data folder of its own. */
export type RunningServer = {
  url: string
  data: string
  /** The link that the server prints for its first owner. */
  ownerLink: string
  /** Runs `npm run server -- ...`; answers what it printed. */
  command: (...args: string[]) => Promise<string>
  /** Runs `npm run bot -- ...`; answers what it printed. Fails when it does not exit with 0. */
  bot: (...args: string[]) => Promise<string>
  /** Stops it, does something to its folder, and starts it again at the same address. */
  pause: (act: () => Promise<unknown>) => Promise<void>
  /** Whether the process that was started is the one that still runs. */
  isRunning: () => boolean
  stop: () => Promise<void>
}

const root = resolve(import.meta.dirname, '../..')

/** `host`: how the desk is called; it listens on this machine alone. `settings`: variables of the environment. */
export const startServer = async (
  host = '127.0.0.1',
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningServer> => {
  const data = await mkdtemp(join(tmpdir(), 'stet-e2e-'))
  const port = await freePort()
  const url = `http://${host}:${port}`
  const env = {
    ...process.env,
    ...settings,
    PORT: String(port),
    STET_DATA: data,
    STET_URL: url,
    // Many processes run the same sources here: they are compiled once.
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/stet-compiled'),
  }
  const start = () =>
    spawn(process.execPath, ['apps/sync-server/src/main.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let server = start()
  const said = await ready(server)
  const end = async () => {
    if (server.exitCode !== null) return
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    await ended
  }
  const run =
    (script: string) =>
    (...args: string[]) =>
      output(process.execPath, [script, ...args], env)
  return {
    url,
    data,
    ownerLink: /^ *(http\S+sign-in#\S+)$/m.exec(said)?.[1] ?? '',
    command: run('apps/sync-server/src/main.ts'),
    bot: run('apps/publish-bot/src/main.ts'),
    pause: async (act) => {
      await end()
      await act()
      server = start()
      await ready(server)
    },
    isRunning: () => server.exitCode === null && server.signalCode === null,
    stop: async () => {
      await end()
      await rm(data, { recursive: true, force: true })
    },
  }
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}

/** Waits until the server says that it is ready; answers what it said. Fails with that when it ends first. */
const ready = (server: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: unknown) => {
      said += chunk
      if (/^Stet is ready\n {2}desk .*\n {2}site .*\n/m.test(said)) resolve(said)
    }
    server.stdout?.on('data', hear)
    server.stderr?.on('data', hear)
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)))
  })

const output = async (command: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> => {
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  let complaint = ''
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk) => (complaint += chunk))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${complaint}`)
  return Buffer.concat(chunks).toString('utf8')
}
