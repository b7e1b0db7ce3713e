/**
 * How long the bot takes to export a show of many dispatches from a real server, to find that nothing changed, and to make everything
 * again; and what bot and server take of the processors for it, which is the same whoever else is on the machine.
 *
 *     npm run bench:export              1,000 dispatches of eight minutes; DISPATCHES=200 MINUTES=60 for others
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServerProcess } from '../../chaos/server-process.ts'
import { filesIn, startBot } from '../../export/bot-process.ts'
import { publishShow } from './made-show.ts'
import { endedSeconds, processorSeconds } from './processor-seconds.ts'

const DISPATCHES = Number(process.env['DISPATCHES'] ?? 1_000)
const MINUTES = Number(process.env['MINUTES'] ?? 8)

const folder = mkdtempSync(join(tmpdir(), 'stet-export-bench-'))
const data = join(folder, 'data')
const site = join(folder, 'site')
mkdirSync(data)
publishShow(data, DISPATCHES, MINUTES)
const server = await startServerProcess(data)
try {
  for (const [round, ...more] of [['an empty folder'], ['nothing changed'], ['everything again', '--again']]) {
    const begun = performance.now()
    const before = { bots: endedSeconds(), server: processorSeconds(server.child.pid ?? 0) }
    const bot = startBot(server, ['export', '--published', '--out', site, ...more])
    const { code, out, err } = await bot.ended
    if (code !== 0) throw new Error(err)
    const seconds = (performance.now() - begun) / 1000
    process.stdout.write(
      `${round}: ${seconds.toFixed(1)} s (${out.trim()}); of the processors the bot took ${(endedSeconds() - before.bots).toFixed(1)} s, the server ${(processorSeconds(server.child.pid ?? 0) - before.server).toFixed(1)} s; load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores\n`,
    )
  }
  const files = filesIn(site)
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0)
  process.stdout.write(`${DISPATCHES} dispatches of ${MINUTES} minutes: ${files.size} files, ${(bytes / 1e6).toFixed(0)} MB\n`)
} finally {
  server.child.kill('SIGKILL')
  await server.ended
  rmSync(folder, { recursive: true, force: true })
}
