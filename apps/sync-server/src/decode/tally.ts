import { createHeld } from '../sync/held.ts'
import { scanUpdate } from '../sync/scan-update.ts'
import type { Jobs } from './jobs.ts'
import { updatesIn } from './raw-pages.ts'

/**
 * Counted by clocks, without a replica. From the first update on, since a client that comes back repeats every deletion it knows
 * of: what was known before is no news.
 */
export const tally: Jobs['tally'] = ({ pages }) => {
  const held = createHeld()
  const entries = pages.reduce((sum, { lengths }) => sum + lengths.length, 0)
  const written = new Uint32Array(entries)
  const erased = new Uint32Array(entries)
  let nth = 0
  for (const { update } of updatesIn(pages)) {
    const scan = scanUpdate(update, held)
    if (!scan.ok) throw new Error(`a stored update cannot be read: ${scan.reason}`)
    const news = held.lengthOfNews(scan)
    held.add(scan)
    written[nth] = news.written
    erased[nth] = news.erased
    nth += 1
  }
  return { written, erased }
}
