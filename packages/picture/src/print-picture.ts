import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'
import { indexedPng } from './indexed-png.ts'

const { resolve: resolveFile } = createRequire(import.meta.url)

/** Only these, whatever the machine has: the same picture everywhere. */
const FACES = [
  '@expo-google-fonts/source-serif-4/400Regular/SourceSerif4_400Regular.ttf',
  '@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf',
].map((face) => resolveFile(face))

/** An SVG drawing as PNG: 10 to 20 ms, so not in a thread on which somebody waits. Nothing of it may be transparent. */
export const printPicture = (svg: string): Uint8Array => {
  const image = new Resvg(svg, {
    font: { fontFiles: FACES, loadSystemFonts: false, defaultFontFamily: 'Source Serif 4' },
  }).render()
  return indexedPng(image.pixels, image.width, image.height) ?? image.asPng()
}
