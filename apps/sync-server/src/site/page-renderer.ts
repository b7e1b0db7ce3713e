import type { Site } from '@stet/schema/revision'
import { Tinypool } from 'tinypool'
import type { PageAsked, RenderedPage, SearchAsked } from './rendered-page.ts'

/** Makes the public pages in a thread of its own: nobody who writes waits for a reader. */
export type PageRenderer = {
  /** Null: there is no such page. */
  readonly render: (path: string, site: Site) => Promise<RenderedPage | null>
  /** Not kept: there are more questions than answers to keep. */
  readonly search: (words: string, site: Site) => Promise<RenderedPage>
  readonly close: () => Promise<void>
}

/** Milliseconds: the longest that a timer takes. */
const NEVER = 2 ** 31 - 1
/** Milliseconds: the words of many hours are a good part of the memory, so they go when nobody searches. */
const KEEP_WORDS = 15 * 60_000

/** `database`: the file of revisions. */
export const openPageRenderer = (database: string): PageRenderer => {
  const open = (file: string, idleTimeout: number) =>
    new Tinypool({
      filename: new URL(file, import.meta.url).href,
      runtime: 'worker_threads',
      minThreads: 0,
      maxThreads: 1,
      idleTimeout,
      workerData: { database },
    })
  const pages = open('./page-worker.ts', NEVER)
  // A thread of its own: it reads every word before it answers first, and nobody who wants a page waits for that.
  const searches = open('./search-worker.ts', KEEP_WORDS)
  return {
    render: (path, site) => pages.run({ path, site } satisfies PageAsked),
    search: (words, site) => searches.run({ words, site } satisfies SearchAsked),
    close: async () => void (await Promise.all([pages.destroy(), searches.destroy()])),
  }
}
