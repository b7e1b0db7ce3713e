import type { RawPage } from '../decode/jobs.ts'
import { packPage } from '../decode/raw-pages.ts'
import type { Stretch, UpdateLog } from '../log/update-log.ts'

/** Entries asked for at once. The log's thread commits nothing meanwhile, and a thousand take it tens of milliseconds. */
const PAGE = 200

export type RawHistory = { readonly pages: RawPage[]; readonly stretches: Stretch[] }

/** All stretches with `from` > `after` and `to` <= `upTo`, page by page, so that nobody else waits long. */
export const readRaw = async (log: UpdateLog, room: string, after: number, upTo: number): Promise<RawHistory> => {
  const pages: RawPage[] = []
  const stretches: Stretch[] = []
  let reached = after
  for (let length = PAGE; reached < upTo; ) {
    const end = Math.min(reached + length, upTo)
    const page = await log.raw(room, { after: reached, upTo: end })
    const last = page.at(-1)
    // A stretch that is longer than the page, or reaches over `upTo`.
    if (last === undefined) {
      if (end === upTo) break
      length *= 2
      continue
    }
    pages.push(packPage(page))
    for (const { from, to, begunAt, at, author, bytes } of page) stretches.push({ from, to, begunAt, at, author, bytes })
    reached = last.to
    length = PAGE
  }
  return { pages, stretches }
}
