/**
 * `npm run bench:growth`: how the cost of the sync server grows with dispatches, with connections and with the length of a
 * history, and whether its memory comes back when all have left.
 *
 * - `--quick` leaves out the largest of each; `--only rooms,idle` does some alone; `--write` puts the tables into docs/performance.md.
 */
import { parseArgs } from 'node:util'
import { writeTable } from '../write-table.ts'
import { growWithConnections } from './connections.ts'
import { growWithDispatches } from './dispatches.ts'
import { growWithHistory } from './history.ts'
import { watchMemoryGoBack } from './idle-timeline.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const parts = {
  dispatches: () => growWithDispatches(options.quick ? [10, 100, 1_000] : [10, 100, 1_000, 5_000]),
  connections: () => growWithConnections(options.quick ? [1_000, 2_000] : [1_000, 2_000, 5_000, 10_000]),
  history: () => growWithHistory(options.quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000]),
  idle: () => watchMemoryGoBack(),
} as const

const tables: string[] = []
for (const [name, measure] of Object.entries(parts)) {
  if (options.only !== undefined && !options.only.split(',').includes(name)) continue
  console.error(`${name} ...`)
  const table = await measure()
  console.log(table)
  tables.push(table)
}
if (options.write) writeTable('docs/performance.md', 'bench:growth', tables.join('\n\n'))
