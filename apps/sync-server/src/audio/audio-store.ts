import type { Readable } from 'node:stream'
import type { AudioFile, AudioType } from '@stet/schema/audio'

export type Received =
  | { readonly ok: true; readonly audio: AudioFile }
  /** `cut`: it ended before its end, or nothing came for too long. `full`: the disk is. */
  | { readonly ok: false; readonly fault: 'too large' | 'not audio' | 'cut' | 'full' }

export type StoredAudio = { readonly path: string; readonly bytes: number; readonly type: AudioType }

/** The recordings of a show. What is stored is named by its content and never changes; whatever does not arrive whole leaves nothing. */
export type AudioStore = {
  readonly receive: (body: Readable, name: string) => Promise<Received>
  /** By its file name, as `audioFileName` makes it. */
  readonly find: (fileName: string) => StoredAudio | null
}
