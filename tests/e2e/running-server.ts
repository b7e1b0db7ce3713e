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
  /** Runs `npm run server -- ...`; answers what it printed. */
  command: (...args: string[]) => Promise<string>
  /** Runs `npm run bot -- ...`; answers what it printed. Fails when it does not exit with 0. */
  bot: (...args: string[]) => Promise<string>
  stop: () => Promise<void>
}

const root = resolve(import.meta.dirname, '../..')

export const startServer = async (): Promise<RunningServer> => {
  const data = await mkdtemp(join(tmpdir(), 'stet-e2e-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { ...process.env, PORT: String(port), STET_DATA: data, STET_URL: url }
  const server = spawn(process.execPath, ['apps/sync-server/src/main.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  await answering(url, server)
  const run =
    (script: string) =>
    (...args: string[]) =>
      output(process.execPath, [script, ...args], env)
  return {
    url,
    data,
    command: run('apps/sync-server/src/main.ts'),
    bot: run('apps/publish-bot/src/main.ts'),
    stop: async () => {
      if (server.exitCode === null) {
        const ended = once(server, 'exit')
        server.kill('SIGTERM')
        await ended
      }
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

/** Waits until `/healthz` answers; fails with what the server said when it ends first. */
const answering = async (url: string, server: ChildProcess): Promise<void> => {
  let said = ''
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (chunk) => (said += chunk))
  const ended = once(server, 'exit').then(([code]) => {
    throw new Error(`the server ended with ${code}:\n${said}`)
  })
  const healthy = async () => {
    const deadline = Date.now() + 30_000
    while (Date.now() < deadline) {
      const response = await fetch(`${url}/healthz`).catch(() => null)
      if (response?.ok) return
      await new Promise((next) => setImmediate(next))
    }
    throw new Error(`the server did not answer within 30 s:\n${said}`)
  }
  await Promise.race([healthy(), ended])
  ended.catch(() => undefined)
}

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
