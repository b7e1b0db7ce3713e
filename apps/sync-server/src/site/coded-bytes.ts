import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

export type Coding = 'br' | 'gzip' | null

/** The same content in every coding it is sent in; `tag` is that of the plain bytes. */
export type CodedBytes = {
  readonly plain: Uint8Array
  /** Null where compressing saves nothing worth it. */
  readonly br: Uint8Array | null
  readonly gzip: Uint8Array | null
  readonly tag: string
}

/** Of 11: half a second for an hour of talk would be ten at the most there is, and a twentieth smaller. */
const BROTLI_LEVEL = 9
const GZIP_LEVEL = 9
/** Fewer bytes than this come in one packet either way. */
const WORTH_IT = 1_000

export const codedBytes = (content: string | Uint8Array): CodedBytes => {
  const plain = typeof content === 'string' ? Buffer.from(content) : content
  const tag = createHash('sha256').update(plain).digest('base64url')
  const smaller = (bytes: Uint8Array) => (bytes.length < plain.length * 0.9 ? bytes : null)
  if (plain.length < WORTH_IT) return { plain, br: null, gzip: null, tag }
  const gzip = smaller(gzipSync(plain, { level: GZIP_LEVEL }))
  const br =
    gzip &&
    smaller(
      brotliCompressSync(plain, {
        params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_LEVEL, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
      }),
    )
  return { plain, br, gzip, tag }
}
