import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { shrinkPicture } from '@stet/picture/shrink-picture'
import { ARTWORK_ENDINGS, ARTWORK_PIXELS, type ArtworkType, SMALL_ARTWORK_PIXELS } from '@stet/schema/artwork'
import { fileTypeFromBuffer } from 'file-type'
import { imageSize } from 'image-size'
import type { ArtworkFacts } from './artwork-facts.ts'

const isArtworkType = (type: string): type is ArtworkType => Object.hasOwn(ARTWORK_ENDINGS, type)

const factsOf = async (bytes: Uint8Array): Promise<ArtworkFacts> => {
  const type = (await fileTypeFromBuffer(bytes))?.mime ?? ''
  if (!isArtworkType(type)) return { ok: false, fault: { kind: 'no picture' } }
  const { width, height } = imageSize(bytes)
  if (!(width > 0 && height > 0)) return { ok: false, fault: { kind: 'broken' } }
  // Before anything is unpacked: what claims to be larger than this never is.
  if (width !== height || width < ARTWORK_PIXELS.least || width > ARTWORK_PIXELS.most)
    return { ok: false, fault: { kind: 'wrong shape', width, height } }
  const small = shrinkPicture({ bytes, type, pixels: width }, SMALL_ARTWORK_PIXELS)
  return small === null ? { ok: false, fault: { kind: 'broken' } } : { ok: true, type, pixels: width, small }
}

parentPort?.postMessage(
  // In a memory of its own, so that a parser which reads past the end of a short file finds nothing there.
  await factsOf(Uint8Array.from(readFileSync(String(workerData)))).catch(
    (): ArtworkFacts => ({ ok: false, fault: { kind: 'broken' } }),
  ),
)
