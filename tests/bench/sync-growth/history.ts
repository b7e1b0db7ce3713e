import { setTimeout as wait } from 'node:timers/promises'
import { bringIn, join } from '../sync-speed/cases/opening.ts'
import { startContender } from '../sync-speed/contenders.ts'
import { prepareLongHistory } from '../sync-speed/long-history.ts'
import { processFigures } from '../sync-speed/process-figures.ts'
import { markdownTable } from './markdown-table.ts'

/** Milliseconds in which the server folds what has come into checkpoints and history: longer than all of this takes anyone to write. */
const leftAlone = (edits: number): number => 45_000 + edits / 5

/** Longer and longer histories of one dispatch, brought in letter by letter. */
export const growWithHistory = async (counts: readonly number[]): Promise<string> => {
  const rows: (string | number)[][] = [
    [
      'edits of one dispatch',
      'brought in, a second',
      'collected state, MB',
      'log on disk, MB',
      'cold open, ms',
      'second joiner, ms',
      'resident, MB',
    ],
  ]
  for (const edits of counts) {
    console.error(`  ${edits} edits ...`)
    const history = prepareLongHistory(edits)
    const first = await startContender('ours')
    const room = await first.createRoom()
    const ingest = await bringIn(first, room, history)
    await wait(leftAlone(edits))
    const contender = await first.restart()
    const cold = await join(contender, room)
    const second = await join(contender, room)
    const { rss } = processFigures(contender.pid)
    rows.push([
      edits,
      ingest.toFixed(0),
      (cold.bytes / 1e6).toFixed(2),
      (contender.storedBytes() / 1e6).toFixed(1),
      cold.took.toFixed(0),
      second.took.toFixed(0),
      (rss / 1e6).toFixed(0),
    ])
    await contender.stop()
  }
  return markdownTable(rows)
}
