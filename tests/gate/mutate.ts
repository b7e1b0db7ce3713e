/**
 * `npm run gate:mutations`: 10,000 mutated messages (or `-- --count 2000`) over real sockets, beside a pair that writes.
 * `--seed` repeats a run.
 */
import { parseArgs } from 'node:util'
import { startGateServer } from './gate-server.ts'
import { type MutationOutcome, playMutations } from './mutations.ts'

const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } })
const count = Number(values.count ?? 10_000)
const seed = Number(values.seed ?? Date.now() % 1_000_000_000)
const PER_DISPATCH = 1_000
const AT_ONCE = 4
const QUIET = 3_000

console.log(`seed ${seed}: ${count} mutated messages`)
const server = await startGateServer()
const outcomes: MutationOutcome[] = []
for (let done = 0; done < count; done += PER_DISPATCH) {
  outcomes.push(await playMutations(server, seed + done, Math.min(PER_DISPATCH, count - done), AT_ONCE, QUIET))
  process.stdout.write(`\r${done + PER_DISPATCH} tried `)
}
const alive = await server.isAlive()
await server.stop()

const sum = (of: (outcome: MutationOutcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0)
const closed: Record<string, number> = {}
for (const outcome of outcomes)
  for (const [code, times] of Object.entries(outcome.closed)) closed[code] = (closed[code] ?? 0) + times
const shares = (of: (outcome: MutationOutcome) => readonly number[]) => {
  const sorted = outcomes.flatMap(of).sort((a, b) => a - b)
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, worst ${at(1)} ms (${sorted.length} letters)`
}
const faults = outcomes.flatMap((outcome) => outcome.faults)
console.log(
  `\nclosed ${JSON.stringify(closed)}, asked ${sum(({ asked }) => asked)}, sound all the same ${sum(({ passed }) => passed)}`,
)
console.log(`the pair's letters before:  ${shares(({ quiet }) => quiet)}`)
console.log(`the pair's letters beside it: ${shares(({ latencies }) => latencies)}`)
for (const fault of faults) console.log(fault)
console.log(`${faults.length} faults, the server ${alive ? 'lives' : 'has ended'}`)
process.exit(faults.length === 0 && alive ? 0 : 1)
