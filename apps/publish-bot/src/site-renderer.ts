import { availableParallelism } from 'node:os'
import type { Site } from '@stet/schema/revision'
import { Tinypool } from 'tinypool'
import type { Work } from './gather-published.ts'
import type { MadeFile } from './render-work-worker.ts'

/** A thread costs a third of a second to start: for fewer works than this, one does. */
const WORKS_A_THREAD = 20

export type SiteRenderer = {
  readonly render: (work: Work, site: Site) => Promise<MadeFile[]>
  readonly close: () => Promise<void>
}

/** Renders in threads, as many as there are processors and there is work for. */
export const openSiteRenderer = (works: number): SiteRenderer => {
  const threads = Math.max(1, Math.min(availableParallelism(), Math.ceil(works / WORKS_A_THREAD)))
  const pool = new Tinypool({
    filename: new URL('./render-work-worker.ts', import.meta.url).href,
    runtime: 'worker_threads',
    minThreads: 1,
    maxThreads: threads,
  })
  return { render: (work, site) => pool.run({ work, site }), close: () => pool.destroy() }
}
