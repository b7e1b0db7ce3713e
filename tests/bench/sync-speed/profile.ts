import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureTyping, type TypingLoad } from './cases/typing.ts'
import { startProfiled } from './contenders.ts'
import { prepareTyping } from './letters.ts'

/** A Chrome DevTools CPU profile, as far as it is read here. Times are microseconds of the monotonic clock. */
type CpuProfile = {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string } }[]
  readonly startTime: number
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** Which part a function belongs to, by the first pattern that fits its file; functions without one are native. */
const PARTS: readonly (readonly [part: string, file: RegExp])[] = [
  ['ws', /node_modules\/ws\//],
  ['the scanner', /sync\/(scan-|byte-reader|utf8|levels|held)/],
  ['the gate beside it', /sync\/(connection|intake|bucket|traffic|client-ids|presence)/],
  ['joining, frames, fan-out', /(rooms\/|sync\/(join-updates|frames|sending|outlet|sync-server))|lib0/],
  ['the log', /\/log\/|better-sqlite3|node:internal\/crypto/],
  ['Yjs in workers', /yjs|\/decode\/|packages\/schema/],
  ['streams and sockets of Node', /^node:(internal\/(stream|streams|net|http)|net|events|_http|http)/],
  ['Node, the rest', /^node:/],
]
const NATIVE: Readonly<Record<string, string>> = {
  writev: 'system calls of sockets',
  writeBuffer: 'system calls of sockets',
  writeUtf8String: 'system calls of sockets',
  postMessage: 'messages between threads',
  '(garbage collector)': 'garbage collection',
}

/** Where the time of ours goes, by thread and part, in a case of typing. SQLite and its waiting for the disk count with the log. */
export const profileTyping = async (load: TypingLoad): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'stet-profile-'))
  const contender = await startProfiled(folder)
  let began = 0
  const typing = prepareTyping(load.writersEach, Math.ceil((load.seconds + 60) * load.perSecond))
  await measureTyping(contender, load, typing, {
    onWarm: () => {
      began = Number(process.hrtime.bigint() / 1_000n)
    },
  })
  const ended = Number(process.hrtime.bigint() / 1_000n)
  await contender.stop()
  const shares = new Map<string, number>()
  for (const file of readdirSync(folder))
    addShares(JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile, began, ended, shares)
  rmSync(folder, { recursive: true })
  const total = [...shares.values()].reduce((sum, time) => sum + time, 0)
  const rows = [...shares].toSorted(([, a], [, b]) => b - a).filter(([, time]) => time / total > 0.005)
  return [
    '| thread: part | share of the time |',
    '| --- | --- |',
    ...rows.map(([part, time]) => `| ${part} | ${((time / total) * 100).toFixed(0)} % |`),
  ].join('\n')
}

const addShares = (profile: CpuProfile, began: number, ended: number, shares: Map<string, number>): void => {
  const frameById = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]))
  const has = (file: string) => profile.nodes.some(({ callFrame }) => callFrame.url.includes(file))
  const thread = has('sqlite-log-worker') ? 'log' : has('decode/worker') ? 'workers' : 'main'
  let now = profile.startTime
  for (const [index, id] of profile.samples.entries()) {
    const took = profile.timeDeltas[index] ?? 0
    now += took
    const frame = frameById.get(id)
    if (frame === undefined || frame.functionName === '(idle)' || now < began || now > ended) continue
    const part = `${thread}: ${partOf(frame)}`
    shares.set(part, (shares.get(part) ?? 0) + took)
  }
}

const partOf = ({ functionName, url }: { readonly functionName: string; readonly url: string }): string =>
  PARTS.find(([, file]) => file.test(url))?.[0] ?? NATIVE[functionName] ?? 'the rest'
