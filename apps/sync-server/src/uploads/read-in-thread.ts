import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

const DEADLINE = 20_000
const HEAP_MEGABYTES = 128

/**
 * What a thread of its own finds in an uploaded file; null: it came to no end. A file that was made to keep a parser busy, or to fill its
 * memory, ends with its thread.
 */
export const readInThread = <Facts>(worker: URL, path: string): Promise<Facts | null> =>
  new Promise((resolve) => {
    const thread = new Worker(fileURLToPath(worker), {
      workerData: path,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    })
    const settle = (facts: Facts | null) => {
      clearTimeout(timer)
      resolve(facts)
      void thread.terminate()
    }
    const timer = setTimeout(() => settle(null), DEADLINE)
    thread.once('message', settle)
    thread.once('error', () => settle(null))
    thread.once('exit', () => settle(null))
  })
