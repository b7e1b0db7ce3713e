import { availableParallelism } from 'node:os'
import { Tinypool } from 'tinypool'
import type { Result } from './ending.ts'
import type { ListedWork } from './list-published.ts'
import type { MadeWork } from './make-work.ts'
import type { WorkPlace } from './make-work-worker.ts'

/** A thread costs a third of a second to start: for fewer works than this, one does. */
const WORKS_A_THREAD = 20
/** One is made and another waits for the thread. Never two in it: a connection would time out while the other is made. */
const WORKS_FOR_A_THREAD = 2

export type WorkPool = {
  /** So many are asked for at once. */
  readonly width: number
  readonly make: (work: ListedWork) => Promise<Result<MadeWork>>
  readonly close: () => Promise<void>
}

/** Makes works in threads, as many as there are processors and there is work for. */
export const openWorkPool = (works: number, place: WorkPlace): WorkPool => {
  const threads = Math.max(1, Math.min(availableParallelism(), Math.ceil(works / WORKS_A_THREAD)))
  const pool = new Tinypool({
    filename: new URL('./make-work-worker.ts', import.meta.url).href,
    runtime: 'worker_threads',
    minThreads: 1,
    maxThreads: threads,
  })
  return {
    width: threads * WORKS_FOR_A_THREAD,
    make: (work) => pool.run({ work, place }),
    close: () => pool.destroy(),
  }
}
