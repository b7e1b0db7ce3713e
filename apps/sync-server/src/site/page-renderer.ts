import type { Site } from '@stet/schema/revision'
import { Tinypool } from 'tinypool'
import type { PageAsked, RenderedPage } from './rendered-page.ts'

/** Makes the public pages in a thread of its own: nobody who writes waits for a reader. */
export type PageRenderer = {
  /** Null: there is no such page. */
  readonly render: (path: string, site: Site) => Promise<RenderedPage | null>
  readonly close: () => Promise<void>
}

/** Milliseconds: the longest that a timer takes. */
const NEVER = 2 ** 31 - 1

/** `database`: the file of revisions. */
export const openPageRenderer = (database: string): PageRenderer => {
  const pool = new Tinypool({
    filename: new URL('./page-worker.ts', import.meta.url).href,
    runtime: 'worker_threads',
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: NEVER,
    workerData: { database },
  })
  return {
    render: (path, site) => pool.run({ path, site } satisfies PageAsked),
    close: () => pool.destroy(),
  }
}
