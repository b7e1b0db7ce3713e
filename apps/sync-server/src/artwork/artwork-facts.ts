import type { ArtworkType } from '@stet/schema/artwork'
import { readInThread } from '../uploads/read-in-thread.ts'

export type ArtworkFault =
  | { readonly kind: 'no picture' }
  | { readonly kind: 'wrong shape'; readonly width: number; readonly height: number }
  /** Its head is sound, but nothing of it can be shown. */
  | { readonly kind: 'broken' }

export type ArtworkFacts =
  | { readonly ok: true; readonly type: ArtworkType; readonly pixels: number; readonly small: Uint8Array }
  | { readonly ok: false; readonly fault: ArtworkFault }

/** Type and size by what stands in a file, whatever it is called and was said to be, and the small copy of it. */
export const readArtworkFacts = async (path: string): Promise<ArtworkFacts> =>
  (await readInThread<ArtworkFacts>(new URL('./artwork-facts-worker.ts', import.meta.url), path)) ?? {
    ok: false,
    fault: { kind: 'broken' },
  }
