import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** A sync server of the bench, as a process of its own. */
export type Contender = {
  readonly name: ContenderName
  readonly pid: number
  readonly port: number
  /** Makes a room; answers its name. */
  readonly createRoom: () => Promise<string>
  readonly pathOf: (room: string) => string
  readonly headers: Readonly<Record<string, string>>
  /** What stands before each message: Hocuspocus names the room in every one. */
  readonly prefixOf: (room: string) => Buffer
  /** Messages to send first. */
  readonly greetings: readonly Buffer[]
  /** Bytes of what it keeps of dispatches on the disk. */
  readonly storedBytes: () => number
  /** Ends it, and begins it again on the same data. */
  readonly restart: () => Promise<Contender>
  readonly stop: () => Promise<void>
}

export const CONTENDERS = ['ours', 'floor', 'hocuspocus', 'y-websocket-server'] as const
export type ContenderName = (typeof CONTENDERS)[number]

const root = resolve(import.meta.dirname, '../../..')
const rivals = join(import.meta.dirname, 'rivals')

/** Rivals live in a folder of their own, so that nothing of theirs is ever installed with Stet. */
export const installRivals = (): void => {
  if (existsSync(join(rivals, 'node_modules/@hocuspocus/server'))) return
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], {
    cwd: rivals,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

/** `storedStates`: a folder with a file for each room that is known before the server begins (rivals only). */
export const startContender = (name: ContenderName, storedStates = ''): Promise<Contender> =>
  name === 'ours' ? startOurs(newDataFolder()) : startRival(name, storedStates)

const COLLECTING = ['--expose-gc', '--import', join(import.meta.dirname, 'collect-garbage.mjs')]

/** One that lets go of what nobody holds when it is told to. */
export const startCollecting = async (name: ContenderName) => {
  const contender = await (name === 'ours' ? startOurs(newDataFolder(), COLLECTING) : startRival(name, '', COLLECTING))
  return { ...contender, collectGarbage: () => void process.kill(contender.pid, 'SIGUSR2') }
}

/** Ours, which writes a profile of each of its threads into a folder when it is stopped. */
export const startProfiled = (folder: string): Promise<Contender> =>
  startOurs(newDataFolder(), ['--cpu-prof', `--cpu-prof-dir=${folder}`])

const newDataFolder = (): string => mkdtempSync(join(tmpdir(), 'stet-sync-speed-'))

const startOurs = async (data: string, nodeOptions: readonly string[] = []): Promise<Contender> => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = await begin(
    'apps/sync-server/src/main.ts',
    { PORT: String(port), STET_DATA: data, STET_URL: url, STET_LIMITS: '1000' },
    /^Stet is ready/m,
    nodeOptions,
  )
  const headers = { authorization: `Bearer ${readFileSync(join(data, 'bot-token'), 'utf8').trim()}` }
  return {
    name: 'ours',
    pid: child.pid ?? 0,
    port,
    headers,
    createRoom: async () => {
      const answer = await fetch(`${url}/api/dispatches`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{}',
      })
      return ((await answer.json()) as { id: string }).id
    },
    pathOf: (room) => `/sync/${room}`,
    prefixOf: () => NO_BYTES,
    // It asks to be told what is committed, as the desk does.
    greetings: [Buffer.of(4)],
    storedBytes: () =>
      readdirSync(data).reduce((sum, file) => (file.startsWith('log') ? sum + statSync(join(data, file)).size : sum), 0),
    restart: async () => {
      await end(child)
      return startOurs(data)
    },
    stop: async () => {
      await end(child, nodeOptions.length > 0 ? 'SIGTERM' : 'SIGKILL')
      rmSync(data, { recursive: true })
    },
  }
}

const FILES = {
  floor: 'bare-relay.mjs',
  hocuspocus: 'hocuspocus.mjs',
  'y-websocket-server': 'y-websocket-server.mjs',
} as const

const startRival = async (
  name: keyof typeof FILES,
  storedStates: string,
  nodeOptions: readonly string[] = [],
): Promise<Contender> => {
  const port = await freePort()
  const child = await begin(
    join(rivals, FILES[name]),
    { PORT: String(port), STORED_STATES: storedStates },
    /^ready/m,
    nodeOptions,
  )
  let rooms = 0
  return {
    name,
    pid: child.pid ?? 0,
    port,
    headers: {},
    createRoom: async () => `room-${rooms++}`,
    pathOf: (room) => `/${room}`,
    prefixOf: (room) => (name === 'hocuspocus' ? Buffer.concat([Buffer.of(room.length), Buffer.from(room)]) : NO_BYTES),
    // An empty token, which its protocol begins with.
    greetings: name === 'hocuspocus' ? [Buffer.of(2, 0, 0)] : [],
    storedBytes: () => 0,
    restart: async () => {
      await end(child)
      return startRival(name, storedStates)
    },
    stop: () => end(child),
  }
}

const NO_BYTES = Buffer.alloc(0)

const begin = async (
  script: string,
  env: Record<string, string>,
  ready: RegExp,
  nodeOptions: readonly string[] = [],
): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [...nodeOptions, script], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      said += chunk
      if (ready.test(said)) resolve()
    })
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)))
  })
  return child
}

const end = async (child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
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
