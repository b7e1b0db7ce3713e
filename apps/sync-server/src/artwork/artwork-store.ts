import type { Readable } from 'node:stream'
import type { Artwork, ArtworkType } from '@stet/schema/artwork'
import type { ArtworkFault } from './artwork-facts.ts'

export type ReceivedArtwork =
  | { readonly ok: true; readonly artwork: Artwork }
  /** `cut`: it ended before its end, or nothing came for too long. `full`: the disk is. */
  | { readonly ok: false; readonly fault: { readonly kind: 'too large' | 'cut' | 'full' } | ArtworkFault }

export type StoredFile = { readonly path: string; readonly bytes: number; readonly type: ArtworkType; readonly sha256: string }

/** The artwork of the show. Nothing but what stands is ever given out; whatever does not arrive whole leaves everything as it was. */
export type ArtworkStore = {
  /** What came stands from then on. */
  readonly receive: (body: Readable, name: string) => Promise<ReceivedArtwork>
  /** Null: the show has none. */
  readonly get: () => Artwork | null
  readonly remove: () => void
  /** By the file name in the address of what stands, or of its small copy. */
  readonly find: (fileName: string) => StoredFile | null
}
