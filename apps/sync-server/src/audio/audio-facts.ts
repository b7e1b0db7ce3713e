import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { AudioType } from '@stet/schema/audio'

export type AudioFacts = { readonly type: AudioType; readonly seconds: number }

const DEADLINE = 20_000
const HEAP_MEGABYTES = 128
const WORKER = fileURLToPath(new URL('./audio-facts-worker.ts', import.meta.url))

/** Type and length, by what stands in a file and not by what it is called; null: not a recording that players play. */
export const readAudioFacts = (path: string): Promise<AudioFacts | null> =>
  // In a thread of its own: a file that was made to keep a parser busy, or to fill its memory, ends with it.
  new Promise((resolve) => {
    const worker = new Worker(WORKER, { workerData: path, resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES } })
    const settle = (facts: AudioFacts | null) => {
      clearTimeout(timer)
      resolve(facts)
      void worker.terminate()
    }
    const timer = setTimeout(() => settle(null), DEADLINE)
    worker.once('message', settle)
    worker.once('error', () => settle(null))
    worker.once('exit', () => settle(null))
  })
