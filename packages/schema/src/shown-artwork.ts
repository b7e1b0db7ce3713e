import { z } from 'zod'
import { Sha256 } from './sha256.ts'

/** What pages and feeds say of the show's artwork (`artwork.ts`). Apart from all else, since every visit to the desk loads it. */
export const ShownArtwork = z.strictObject({
  sha256: Sha256,
  type: z.enum(['image/png', 'image/jpeg']),
  /** Of a side. */
  pixels: z.int(),
  /** The sha256 of the small copy. */
  small: Sha256,
})
export type ShownArtwork = z.infer<typeof ShownArtwork>
