/**
 * `npm run bench:merge`: the same traces and the same pairs of acts on every peer, judged by the same rules, as a table and
 * as the generated part of docs/merge.md.
 *
 * `-- --traces 200` for a quick look (nothing is written below 1,000), `--seed 7` for others, `--only Stet` for one peer.
 * STET_BREAK=join-deletes (or another of the faults in adapters/ours.ts) breaks ours, to see it found out.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { judge } from './judge.ts'
import { isClean, PAIRS, type Pair, type PairOutcome, playPair } from './pairs.ts'
import { peersToCompare } from './peers.ts'
import { Misfit, play } from './play.ts'
import type { Peer } from './port.ts'
import { type Findings, overview, reportOf } from './report.ts'
import { count, createTally } from './tally.ts'
import { sampleTraces } from './trace.ts'

const { values } = parseArgs({
  options: {
    traces: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
})
const [size, seed] = [Number(values.traces), Number(values.seed)]
const broken = process.env['STET_BREAK']
const traces = sampleTraces(seed, size)
const peers = peersToCompare(broken).filter(({ name }) => name.includes(values.only))
const { devDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

const progress = (words: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${words}`)
}

const examine = async (peer: Peer): Promise<Findings> => {
  const tally = createTally()
  const faulty: number[] = []
  const misfits: string[] = []
  for (const [index, trace] of traces.entries()) {
    progress(`${peer.name}: trace ${index + 1} of ${size}`)
    try {
      const verdicts = (await play(peer, trace)).map(judge)
      for (const verdict of verdicts) count(tally, verdict)
      if (!verdicts.every(isClean)) faulty.push(index)
    } catch (error) {
      if (!(error instanceof Misfit)) throw error
      misfits.push(`  trace ${index}: ${error.message}`)
    }
  }
  const pairs = new Map<Pair, PairOutcome>()
  for (const pair of PAIRS) {
    progress(`${peer.name}: pair ${pairs.size + 1} of ${PAIRS.length}`)
    pairs.set(pair, await playPair(peer, pair))
  }
  progress('')
  const shown = faulty.length > 0 ? ` (${faulty.slice(0, 20).join(', ')}${faulty.length > 20 ? ', ...' : ''})` : ''
  console.log(`${peer.name}: ${faulty.length} of ${size} traces of seed ${seed} with a fault${shown}`)
  if (misfits.length > 0)
    console.log(`  stopped in ${misfits.length}, an act going wrong at once:\n${misfits.slice(0, 5).join('\n')}`)
  return { name: peer.name, tally, pairs, misfits: misfits.length }
}

const findings: Findings[] = []
for (const peer of peers) findings.push(await examine(peer))
console.log(`\nPer 1,000 words typed during a structural act, ${size} traces of seed ${seed}:\n\n${overview(findings)}\n`)

if (size >= 1_000 && !broken && values.only === '') {
  const page = new URL('../../docs/merge.md', import.meta.url)
  const versions = [...new Set(peers.flatMap(({ packages }) => packages))].map((name) => `${name} ${devDependencies[name]}`)
  const [head, tail] = readFileSync(page, 'utf8').split(/(?<=<!-- generated -->\n)[\s\S]*(?=<!-- end -->)/)
  if (tail === undefined) throw new Error('docs/merge.md has lost the marks of its generated part')
  writeFileSync(page, `${head}\n${reportOf(findings, { traces: size, seed, versions })}\n\n${tail}`)
  const { status } = spawnSync('biome', ['format', '--write', fileURLToPath(page)], { stdio: 'inherit' })
  if (status !== 0) console.error('docs/merge.md is not formatted: run `npm run format`')
}
