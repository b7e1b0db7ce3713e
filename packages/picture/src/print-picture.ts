import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'

const { resolve: resolveFile } = createRequire(import.meta.url)

/** Only these, whatever the machine has: the same picture everywhere. */
const FACES = [
  '@expo-google-fonts/source-serif-4/400Regular/SourceSerif4_400Regular.ttf',
  '@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf',
]

/** An SVG drawing as PNG: 30 to 50 ms, so not in a thread on which somebody waits. */
export const printPicture = (svg: string): Uint8Array =>
  new Resvg(svg, {
    font: { fontFiles: FACES.map((face) => resolveFile(face)), loadSystemFonts: false, defaultFontFamily: 'Source Serif 4' },
  })
    .render()
    .asPng()
