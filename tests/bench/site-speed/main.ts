/**
 * How many readers a server has room for: a published page of an hour of talk from the real server, and the same bytes from a bare
 * server of files, in turn, several times; then again while somebody writes; and what all forms of such a dispatch take to render.
 *
 *     npm run bench:site
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderFiles } from '@stet/render/formats'
import type { DispatchId } from '@stet/schema/ids'
import { createDispatch, startServerProcess } from '../../chaos/server-process.ts'
import { madeDispatch, publishShow } from './made-show.ts'
import { readersOf, type Served } from './readers.ts'

const ROUNDS = 5
const ROUND = 2_000
const MINUTES = 60
const WRITES_AT_ONCE = 4
const PATH = '/dispatches/001/'

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
const say = (line: string) => process.stdout.write(`${line}\n`)
const told = (name: string, rounds: readonly Served[]) =>
  say(
    `${name}: ${Math.round(median(rounds.map(({ perProcessorSecond }) => perProcessorSecond)))} answers a processor second, ${Math.round(median(rounds.map(({ perSecond }) => perSecond)))} a second`,
  )

const formsOfAnHour = (): number => {
  const id = 'aaaaaaaaaaaaaaaaaaaaaa' as DispatchId
  const site = { name: 'The show', url: 'https://show.example' }
  const times: number[] = []
  for (let round = 0; round < 9; round++) {
    const snapshot = { layout: 1 as const, id, ...madeDispatch(round + 1, MINUTES) }
    const begun = process.cpuUsage()
    renderFiles({ snapshot, revision: null }, site)
    const { user, system } = process.cpuUsage(begun)
    times.push((user + system) / 1000)
  }
  return median(times.slice(2))
}

const folder = mkdtempSync(join(tmpdir(), 'stet-site-bench-'))
const data = join(folder, 'data')
mkdirSync(data)
publishShow(data, 20, MINUTES)
const server = await startServerProcess(data)
const port = Number(new URL(server.url).port)
const page = await fetch(`${server.url}${PATH}`, { headers: { 'accept-encoding': 'br' } })
const size = Number(page.headers.get('content-length'))
const file = join(folder, 'page.br')
writeFileSync(file, Buffer.alloc(size, 'x'))
const bare = spawn(process.execPath, [join(import.meta.dirname, 'bare-server.ts'), file], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const barePort = Number(String((await once(bare.stdout, 'data'))[0]))
try {
  const rounds = async () => {
    const ours: Served[] = []
    const theirs: Served[] = []
    for (let round = 0; round < ROUNDS; round++) {
      theirs.push(await readersOf(barePort, bare.pid ?? 0, PATH, ROUND))
      ours.push(await readersOf(port, server.child.pid ?? 0, PATH, ROUND))
    }
    return { ours, theirs }
  }
  say(`a page of ${MINUTES} minutes, ${(size / 1000).toFixed(0)} kB as it is sent; load ${loadavg()[0]?.toFixed(1)}`)
  // Warm both.
  await readersOf(barePort, bare.pid ?? 0, PATH, ROUND)
  await readersOf(port, server.child.pid ?? 0, PATH, ROUND)
  const quiet = await rounds()
  told('bare server', quiet.theirs)
  told('Stet', quiet.ours)
  const share = quiet.ours.map(({ perProcessorSecond }, nth) => perProcessorSecond / (quiet.theirs[nth]?.perProcessorSecond ?? 1))
  say(`of the bare one: ${Math.round(100 * median(share))} %`)

  let isOver = false
  let made = 0
  const writers = Array.from({ length: WRITES_AT_ONCE }, async () => {
    while (!isOver) {
      await createDispatch(server)
      made += 1
    }
  })
  const busy: Served[] = []
  for (let round = 0; round < ROUNDS; round++) busy.push(await readersOf(port, server.child.pid ?? 0, PATH, ROUND))
  isOver = true
  await Promise.all(writers)
  told(`Stet, while ${made} dispatches are made beside it (their cost in it)`, busy)
  say(`all forms of a dispatch of ${MINUTES} minutes: ${formsOfAnHour().toFixed(0)} ms of processor time`)
} finally {
  bare.kill()
  server.child.kill('SIGKILL')
  await server.ended
  rmSync(folder, { recursive: true, force: true })
}
