/**
 * `npm run gate:honest`: at least 100,000 honest messages (or `-- --messages 20000`) by real Yjs clients over real sockets
 * through the real gate. `--seed` repeats a run.
 */
import { parseArgs } from 'node:util'
import { startGateServer } from './gate-server.ts'
import { type HonestOutcome, playHonestly } from './honest-traffic.ts'

const { values } = parseArgs({ options: { messages: { type: 'string' }, seed: { type: 'string' } } })
const wanted = Number(values.messages ?? 100_000)
const seed = Number(values.seed ?? Date.now() % 1_000_000_000)
const AT_ONCE = 6
const PER_DISPATCH = 2_500

console.log(`seed ${seed}: at least ${wanted} honest messages`)
const server = await startGateServer()
const outcomes: HonestOutcome[] = []
let next = seed
const messages = () => outcomes.reduce((sum, outcome) => sum + outcome.messages, 0)
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (messages() < wanted) {
      next += 1
      outcomes.push(await playHonestly(server, next, Math.min(PER_DISPATCH, wanted)))
      process.stdout.write(`\r${messages()} messages, ${outcomes.flatMap(({ refusals }) => refusals).length} refused `)
    }
  }),
)
const alive = await server.isAlive()
await server.stop()

const happenings: Record<string, number> = {}
for (const outcome of outcomes)
  for (const [name, count] of Object.entries(outcome.happenings)) happenings[name] = (happenings[name] ?? 0) + count
const refusals = outcomes.flatMap((outcome) => outcome.refusals)
const unequal = outcomes.flatMap((outcome) => outcome.unequal)
console.log(`\n${messages()} messages in ${outcomes.length} dispatches; ${JSON.stringify(happenings)}`)
for (const fault of [...refusals, ...unequal.map((each) => `not equal: ${each}`)]) console.log(fault)
console.log(`${refusals.length} refused, ${unequal.length} dispatches not equal, the server ${alive ? 'lives' : 'has ended'}`)
process.exit(refusals.length + unequal.length === 0 && alive ? 0 : 1)
