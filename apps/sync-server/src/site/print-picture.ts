import { createRequire } from 'node:module'
import { renderAsync } from '@resvg/resvg-js'

const { resolve: resolveFile } = createRequire(import.meta.url)

/** Only these, whatever the machine has: the same picture everywhere. */
const FACES = [
  '@expo-google-fonts/source-serif-4/400Regular/SourceSerif4_400Regular.ttf',
  '@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf',
]

/** An SVG drawing as PNG, on a thread of its own. */
export const printPicture = async (svg: string): Promise<Uint8Array> => {
  const image = await renderAsync(svg, {
    font: { fontFiles: FACES.map((face) => resolveFile(face)), loadSystemFonts: false, defaultFontFamily: 'Source Serif 4' },
  })
  return image.asPng()
}
