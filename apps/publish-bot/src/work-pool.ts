import { availableParallelism } from 'node:os'
import type { Result } from './ending.ts'
import type { ListedWork } from './list-published.ts'
import type { MadeWork } from './make-work.ts'
import type { WorkPlace } from './make-work-worker.ts'

/** A thread costs most of a second to start: fewer works than this are made sooner without one. */
const FEW_WORKS = 10
/** One is made and another waits for the thread. Never two in it: a connection would time out while the other is made. */
const WORKS_FOR_A_THREAD = 2

export type WorkPool = {
  /** So many are asked for at once. */
  readonly width: number
  readonly make: (work: ListedWork) => Promise<Result<MadeWork>>
  readonly close: () => Promise<void>
}

/** Makes works: a few here, many in as many threads as there are processors. */
export const openWorkPool = (works: number, place: WorkPlace): Promise<WorkPool> =>
  works < FEW_WORKS ? openHere(place) : openThreads(place)

const openHere = async (place: WorkPlace): Promise<WorkPool> => {
  const { default: make } = await import('./make-work-worker.ts')
  return { width: 1, make: (work) => make({ work, place }), close: async () => {} }
}

const openThreads = async (place: WorkPlace): Promise<WorkPool> => {
  const { Tinypool } = await import('tinypool')
  const threads = availableParallelism()
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
