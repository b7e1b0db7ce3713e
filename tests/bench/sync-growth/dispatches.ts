import { measureTyping } from '../sync-speed/cases/typing.ts'
import { startContender } from '../sync-speed/contenders.ts'
import { prepareTyping } from '../sync-speed/letters.ts'
import { processFigures } from '../sync-speed/process-figures.ts'
import { markdownTable } from './markdown-table.ts'

/** All of them together, letters a second: only over how many dispatches they are spread changes. */
const LETTERS = 1_000
const WRITERS_EACH = 2
const SECONDS = 15

/** The same typing over more and more dispatches. */
export const growWithDispatches = async (counts: readonly number[]): Promise<string> => {
  const rows: (string | number)[][] = [
    [
      'dispatches, two writers each, 1,000 letters a second in all',
      'CPU ms / 1,000 deliveries',
      'delivery p50, ms',
      'p99, ms',
      'resident, MB',
    ],
  ]
  for (const rooms of counts) {
    console.error(`  ${rooms} dispatches ...`)
    const contender = await startContender('ours')
    const perSecond = LETTERS / rooms / WRITERS_EACH
    const typing = prepareTyping(WRITERS_EACH, Math.ceil((SECONDS + 60) * perSecond) + 1)
    const load = { rooms, writersEach: WRITERS_EACH, perSecond, seconds: SECONDS }
    let resident = 0
    const { cpuPerThousand, delivery } = await measureTyping(contender, load, typing, {
      onArrived: () => {
        resident = processFigures(contender.pid).rss
      },
    })
    await contender.stop()
    rows.push([rooms, cpuPerThousand.toFixed(0), delivery.p50.toFixed(1), delivery.p99.toFixed(1), (resident / 1e6).toFixed(0)])
  }
  return markdownTable(rows)
}
