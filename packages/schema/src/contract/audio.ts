import { z } from 'zod'
import { AudioFile } from '../audio.ts'

/**
 * Recordings come as they are, in the body of one POST: they are too large for JSON, and are written to the disk as they come. The name
 * of the file stands in the address, the rest is read from its bytes. The answer is what a dispatch says of its audio.
 */
export const AUDIO_UPLOAD = '/api/audio'

/** A gibibyte: an hour and a half of what a recorder writes uncompressed, and days of MP3. */
export const MAX_AUDIO_BYTES = 1024 ** 3

export const UploadQuery = z.strictObject({ name: AudioFile.shape.name.default('') })
