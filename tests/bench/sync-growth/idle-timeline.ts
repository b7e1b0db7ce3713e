import { setTimeout as wait } from 'node:timers/promises'
import { measureTyping } from '../sync-speed/cases/typing.ts'
import { startContender } from '../sync-speed/contenders.ts'
import { prepareTyping } from '../sync-speed/letters.ts'
import { processFigures } from '../sync-speed/process-figures.ts'
import { markdownTable } from './markdown-table.ts'

const LOAD = { rooms: 400, writersEach: 5, perSecond: 1, seconds: 20 }
const WARM_UP = { ...LOAD, rooms: 20, seconds: 5 }
const SECONDS_AFTER = [1, 10, 30, 60, 90, 120]

/**
 * Resident memory before 2,000 people write in 400 dispatches, while they do, and after all have left. `before` is that of a
 * server that has worked already, for code and buffers come once.
 */
export const watchMemoryGoBack = async (): Promise<string> => {
  const contender = await startContender('ours')
  const rss = () => processFigures(contender.pid).rss
  const typing = prepareTyping(LOAD.writersEach, 60)
  await measureTyping(contender, WARM_UP, typing)
  await wait(60_000)
  const before = rss()
  let during = 0
  await measureTyping(contender, LOAD, typing, {
    onArrived: () => {
      during = rss()
    },
  })
  const left = performance.now()
  const after: number[] = []
  for (const seconds of SECONDS_AFTER) {
    await wait(Math.max(0, seconds * 1_000 - (performance.now() - left)))
    after.push(rss())
  }
  await contender.stop()
  const share = (bytes: number) => `${(bytes / 1e6).toFixed(0)} (${((bytes / before) * 100).toFixed(0)} %)`
  return markdownTable([
    ['resident, MB', 'before', '2,000 people write', ...SECONDS_AFTER.map((seconds) => `${seconds} s after all left`)],
    ['', share(before), share(during), ...after.map(share)],
  ])
}
