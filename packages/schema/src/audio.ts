import { z } from 'zod'
import { followableUrl } from './link.ts'
import { Sha256 } from './sha256.ts'

/**
 * The recording of a dispatch: a file that the server keeps, or an address elsewhere. It is one plain value, so of two who attach one at
 * once the one or the other stands, and never a mixture.
 */

/** What browsers and podcast players play, each with the ending of its files. */
export const AUDIO_ENDINGS = {
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
  'audio/flac': 'flac',
  'audio/wav': 'wav',
} as const
export const AudioType = z.enum(['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/flac', 'audio/wav'])
export type AudioType = z.infer<typeof AudioType>

const Bytes = z.int().min(1).max(Number.MAX_SAFE_INTEGER)
/** Whole seconds, as starts are; a hundred hours are the limit of both. */
const Length = z.int().min(1).max(359_999)

export const AudioFile = z.strictObject({
  kind: z.literal('file'),
  sha256: Sha256,
  type: AudioType,
  bytes: Bytes,
  seconds: Length,
  /** What the file was called where it came from. */
  name: z
    .string()
    .max(200)
    .regex(/^[^\n\r]*$/),
})
export type AudioFile = z.infer<typeof AudioFile>

export const AudioLink = z.strictObject({
  kind: z.literal('link'),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .refine((url) => followableUrl(url) !== null),
  type: AudioType,
  /** Null: nobody has said. */
  bytes: Bytes.nullable(),
  seconds: Length.nullable(),
})
export type AudioLink = z.infer<typeof AudioLink>

export const Audio = z.discriminatedUnion('kind', [AudioFile, AudioLink])
export type Audio = z.infer<typeof Audio>

/** Named by its content, so what stands at the address never changes. */
export const audioFileName = ({ sha256, type }: Pick<AudioFile, 'sha256' | 'type'>): string => `${sha256}.${AUDIO_ENDINGS[type]}`

/** Of the server's own, a path; it is the same on the desk and on the site. */
export const audioAddress = (audio: Audio): string => (audio.kind === 'link' ? audio.url : `/audio/${audioFileName(audio)}`)

/** The type that the ending of an address or a file name speaks of. */
export const audioTypeOf = (name: string): AudioType | null => {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase()
  return AudioType.options.find((type) => AUDIO_ENDINGS[type] === ending) ?? null
}
