import { constants, crc32, deflateSync } from 'node:zlib'

const MOST_COLOURS = 256
const OPAQUE = 255

/**
 * PNG of a drawing in few colours, as places in a palette: a third of the time that a picture of all colours takes, and half of its
 * size. Null: there are too many colours, or some can be seen through. `pixels` are red, green, blue and how opaque.
 */
export const indexedPng = (pixels: Uint8Array, width: number, height: number): Uint8Array | null => {
  const rows = indexedRows(pixels, width, height)
  if (rows === null) return null
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([BITS_A_PIXEL, INDEXED], 8)
  const palette = rows.places.map((place) => pixels.subarray(4 * place, 4 * place + 3))
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.concat(palette)),
    chunk('IDAT', deflateSync(rows.bytes, { strategy: constants.Z_RLE, memLevel: 8 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const BITS_A_PIXEL = 8
const INDEXED = 3
/** Of a row: each byte is told as what it adds to the one above it. Most of a drawing is like what stands above, so there are long runs of 0. */
const AS_ABOVE = 2

/**
 * `places`: where in the picture each colour stands first. Runs are all that is then compressed (`Z_RLE`): nothing is looked up in a
 * table, which processors fill differently, so the bytes are the same everywhere.
 */
const indexedRows = (rgba: Uint8Array, width: number, height: number): { bytes: Uint8Array; places: number[] } | null => {
  // Signed, so that an opaque colour is a small integer to the engine and no number on the heap.
  const pixels = new Int32Array(rgba.buffer, rgba.byteOffset, width * height)
  // Nothing but what differs from the row above has to be written.
  const bytes = new Uint8Array(height * (width + 1))
  const indexByColour = new Map<number, number>()
  const places: number[] = []
  /** Of the row above. */
  const indices = new Uint8Array(width)
  for (let y = 0; y < height; y++) {
    const line = y * (width + 1)
    bytes[line] = AS_ABOVE
    // Half the rows of a drawing say again what the one above them said.
    if (y > 0 && sameRow(rgba, 4 * y * width, 4 * width)) continue
    let [colour, index] = [0, -1]
    const start = y * width
    for (let x = differsAt(pixels, start, 0, width); x < width; x = differsAt(pixels, start, x + 1, width)) {
      const here = pixels[start + x] as number
      if (here !== colour || index === -1) {
        colour = here
        index = indexByColour.get(colour) ?? -1
        if (index === -1) {
          index = places.push(start + x) - 1
          if (index === MOST_COLOURS || rgba[4 * (start + x) + 3] !== OPAQUE) return null
          indexByColour.set(colour, index)
        }
      }
      bytes[line + 1 + x] = index - (indices[x] as number)
      indices[x] = index
    }
  }
  return { bytes, places }
}

/** From `x` on, the first pixel of a row that is not what stands above it; `width` where there is none. Nothing stands above the first. */
const differsAt = (pixels: Int32Array, start: number, x: number, width: number): number => {
  if (start === 0) return x
  let at = start + x
  const end = start + width
  while (at < end && pixels[at] === pixels[at - width]) at++
  return at - start
}

/** Whether so many bytes are those right before them. */
const sameRow = (bytes: Uint8Array, start: number, length: number): boolean =>
  Buffer.compare(bytes.subarray(start, start + length), bytes.subarray(start - length, start)) === 0

const chunk = (type: string, data: Uint8Array): Uint8Array => {
  const bytes = Buffer.alloc(12 + data.length)
  bytes.writeUInt32BE(data.length, 0)
  bytes.write(type, 4, 'latin1')
  bytes.set(data, 8)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length)
  return bytes
}
