import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indexedPng } from './indexed-png.ts'
import { printPicture } from './print-picture.ts'

const INK = [31, 29, 26, 255]
const PAPER = [251, 250, 246, 255]

/** The colours of a picture again, by the letter of the format: one chunk each, every row told by the one above it. */
const pixelsIn = (png: Uint8Array): number[][] => {
  const bytes = Buffer.from(png)
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
    chunks.set(bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)))
  const part = (type: string) => chunks.get(type) ?? Buffer.alloc(0)
  const width = part('IHDR').readUInt32BE(0)
  const rows = inflateSync(part('IDAT'))
  const pixels: number[][] = []
  let above = new Uint8Array(width)
  for (let at = 0; at < rows.length; at += width + 1) {
    expect(rows[at]).toBe(2)
    above = above.map((index, x) => index + (rows[at + 1 + x] ?? 0))
    for (const index of above) pixels.push([...part('PLTE').subarray(3 * index, 3 * index + 3), 255])
  }
  return pixels
}

test('a picture of few colours has the colours that were drawn', () => {
  const colours = fc.constantFrom(INK, PAPER, [1, 2, 3, 255], [179, 50, 28, 255])
  const pictures = fc
    .record({
      width: fc.integer({ min: 1, max: 12 }),
      rows: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }),
    })
    .chain(({ width, rows }) =>
      fc.record({
        width: fc.constant(width),
        // Rows that are alike stand one above the other.
        lines: fc.array(fc.array(colours, { minLength: width, maxLength: width }), { minLength: 4, maxLength: 4 }),
        rows: fc.constant(rows),
      }),
    )
  fc.assert(
    fc.property(pictures, ({ width, lines, rows }) => {
      const drawn = rows.flatMap((nth) => lines[nth] ?? [])
      const png = indexedPng(Uint8Array.from(drawn.flat()), width, rows.length)
      expect(png === null ? null : pixelsIn(png)).toEqual(drawn)
    }),
  )
})

test('a picture of more colours than a palette holds, or one to be seen through, is none of these', () => {
  const shades = (count: number) =>
    Uint8Array.from(Array.from({ length: count }, (_, nth) => [nth % 256, nth >> 8, 0, 255]).flat())
  expect(indexedPng(shades(256), 256, 1)).not.toBeNull()
  expect(indexedPng(shades(257), 257, 1)).toBeNull()
  expect(indexedPng(Uint8Array.of(1, 2, 3, 254), 1, 1)).toBeNull()
})

test('F6: a drawing is the same picture on any machine, to the byte', () => {
  const drawing =
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120" viewBox="0 0 300 120"><rect width="300" height="120" fill="#fbfaf6"/><text x="20" y="70" font-family="Source Serif 4" font-size="48" font-weight="600" fill="#1f1d1a">Nine ships</text></svg>'
  expect(createHash('sha256').update(printPicture(drawing)).digest('hex')).toBe(
    'f15db32619c1ef74f6baa3eb7690ea40488d799f6e835b7d33bdc06e26a16370',
  )
})
