import type { RawPage } from '../decode/jobs.ts'
import { packPage } from '../decode/raw-pages.ts'
import type { LogRow, UpdateLog } from '../log/update-log.ts'

/**
 * Entries asked for at once. The log's thread commits nothing meanwhile: a thousand take it some seven milliseconds. So many are
 * in a pack, which is unpacked once where pages end as packs do.
 */
const PAGE = 1_000

export type ReadEntries = { readonly pages: RawPage[]; readonly entries: Omit<LogRow, 'update'>[] }

/** All entries with `seq` > `after` and <= `upTo`, page by page, so that nobody else waits long. */
export const readPages = async (log: UpdateLog, room: string, after: number, upTo: number): Promise<ReadEntries> => {
  const pages: RawPage[] = []
  const entries: Omit<LogRow, 'update'>[] = []
  let reached = after
  while (reached < upTo) {
    const end = Math.min((Math.floor(reached / PAGE) + 1) * PAGE, upTo)
    const page = await log.read(room, reached, end)
    reached = end
    pages.push(packPage(page))
    for (const { seq, at, author } of page) entries.push({ seq, at, author })
  }
  return { pages, entries }
}
