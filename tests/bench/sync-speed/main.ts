/**
 * `npm run bench:sync`: what the sync server costs, beside a bare relay (the floor), Hocuspocus and y-websocket-server,
 * each as a process of its own, in turns in one run.
 *
 * - `--quick` measures once and not three times; `--only opening,memory` some cases alone; `--who ours,floor` only some servers;
 * - `--write` puts the table into docs/performance.md;
 * - `--profile typing-10` measures nothing but says what ours spends its time on in a case of typing.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeTable } from '../write-table.ts'
import { benchCases, type CaseName, TYPING_LOADS } from './bench-cases.ts'
import { CONTENDERS, type ContenderName, installRivals } from './contenders.ts'
import { profileTyping } from './profile.ts'
import { type Measured, plotsOf, tableOf } from './table.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    who: { type: 'string' },
    write: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
})
const rounds = options.quick ? 1 : 3
const results = 'test-results'

if (options.profile !== undefined) {
  const load = TYPING_LOADS[options.profile as keyof typeof TYPING_LOADS]
  if (load === undefined) throw new Error(`--profile: give one of ${Object.keys(TYPING_LOADS).join(', ')}`)
  console.log(await profileTyping(load))
  process.exit()
}

installRivals()
const measured: Measured[] = []
for (const name of Object.keys(benchCases) as CaseName[]) {
  if (options.only !== undefined && !options.only.split(',').includes(name)) continue
  const { rows, who, prepare } = benchCases[name]
  const measure = prepare()
  const figures = new Map<ContenderName, Record<string, number>[]>()
  for (let round = 0; round < rounds; round++)
    for (const contender of CONTENDERS) {
      if (
        !(who as readonly ContenderName[]).includes(contender) ||
        (options.who !== undefined && !options.who.split(',').includes(contender))
      )
        continue
      console.error(`${name}, ${contender}, round ${round + 1} ...`)
      figures.set(contender, [...(figures.get(contender) ?? []), await measure(contender)])
    }
  measured.push({ rows, figures })
}
mkdirSync(results, { recursive: true })
writeFileSync(
  join(results, 'sync-speed.json'),
  JSON.stringify(
    measured.map(({ rows, figures }) => ({ rows, figures: Object.fromEntries(figures) })),
    null,
    2,
  ),
)
const table = `${tableOf(measured)}

Medians of ${rounds} on ${cpus().length} processors that the load shares, mean load of the last 15 minutes ${loadavg()[2]?.toFixed(1)}.

${plotsOf(measured)}`
console.log(table)
if (options.write) writeTable('docs/performance.md', 'bench:sync', table)
