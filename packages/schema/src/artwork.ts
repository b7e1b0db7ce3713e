import { z } from 'zod'
import { ShownArtwork } from './shown-artwork.ts'

/**
 * The square picture by which readers and directories of podcasts know the show: a file that the server keeps, and a small copy of it for
 * pages. Both are named by their content.
 */

/** What directories of podcasts take, each with the ending of its files. */
export const ARTWORK_ENDINGS = { 'image/png': 'png', 'image/jpeg': 'jpg' } as const
export type ArtworkType = ShownArtwork['type']

/** Pixels of a side: what Apple Podcasts takes, and the others after it. */
export const ARTWORK_PIXELS = { least: 1_400, most: 3_000 }
/** Pixels of a side of the small copy, always PNG. */
export const SMALL_ARTWORK_PIXELS = 256

export const Artwork = z.strictObject({
  ...ShownArtwork.shape,
  pixels: z.int().min(ARTWORK_PIXELS.least).max(ARTWORK_PIXELS.most),
  bytes: z.int().min(1),
  /** What the file was called where it came from. No reader is told. */
  name: z
    .string()
    .max(200)
    .regex(/^[^\n\r]*$/),
})
export type Artwork = z.infer<typeof Artwork>

export const shownOf = ({ sha256, type, pixels, small }: Artwork): ShownArtwork => ({ sha256, type, pixels, small })

export const ARTWORK_PATH = '/artwork/'

/** Site paths; what stands there never changes. */
export const artworkPath = ({ sha256, type }: Pick<ShownArtwork, 'sha256' | 'type'>): string =>
  `${ARTWORK_PATH}${sha256}.${ARTWORK_ENDINGS[type]}`
export const smallArtworkPath = ({ small }: Pick<ShownArtwork, 'small'>): string => `${ARTWORK_PATH}${small}.png`
