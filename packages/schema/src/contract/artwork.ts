import { z } from 'zod'
import { Artwork } from '../artwork.ts'

/** The artwork comes as it is, in the body of one POST, as recordings do; `showRoutes` has the rest. */
export const ARTWORK_UPLOAD = '/api/artwork'

/** Ten times what Apple Podcasts advises. */
export const MAX_ARTWORK_BYTES = 8 * 1024 ** 2

export const ArtworkQuery = z.strictObject({ name: Artwork.shape.name.default('') })

/** Null: the show has none. */
export const StoredArtwork = z.strictObject({ artwork: Artwork.nullable() })
