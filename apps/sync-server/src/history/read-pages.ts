import type { RawPage } from '../decode/jobs.ts'
import { packPage } from '../decode/raw-pages.ts'
import type { LogRow, UpdateLog } from '../log/update-log.ts'

/** Entries asked for at once. The log's thread commits nothing meanwhile, and a thousand take it tens of milliseconds. */
const PAGE = 200

export type ReadEntries = { readonly pages: RawPage[]; readonly entries: Omit<LogRow, 'update'>[] }

/** All entries with `seq` > `after` and <= `upTo`, page by page, so that nobody else waits long. */
export const readPages = async (log: UpdateLog, room: string, after: number, upTo: number): Promise<ReadEntries> => {
  const pages: RawPage[] = []
  const entries: Omit<LogRow, 'update'>[] = []
  for (let reached = after; reached < upTo; reached += PAGE) {
    const page = await log.read(room, reached, Math.min(reached + PAGE, upTo))
    pages.push(packPage(page))
    for (const { seq, at, author } of page) entries.push({ seq, at, author })
  }
  return { pages, entries }
}
