import type { AudioType } from '@stet/schema/audio'
import { readInThread } from '../uploads/read-in-thread.ts'

export type AudioFacts = { readonly type: AudioType; readonly seconds: number }

/** Type and length, by what stands in a file and not by what it is called; null: not a recording that players play. */
export const readAudioFacts = (path: string): Promise<AudioFacts | null> =>
  readInThread(new URL('./audio-facts-worker.ts', import.meta.url), path)
