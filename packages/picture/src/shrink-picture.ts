import { Resvg } from '@resvg/resvg-js'

/**
 * A square picture as a PNG of fewer pixels; null where nothing can be seen of it: its bytes are not what they say they are. Halved until
 * it is small enough, so that each pixel of the outcome is made of all that stood there. Seconds, for the largest.
 */
export const shrinkPicture = (
  { bytes, type, pixels }: { readonly bytes: Uint8Array; readonly type: string; readonly pixels: number },
  wanted: number,
): Uint8Array | null => {
  let [href, side] = [dataAddress(bytes, type), pixels]
  let drawn: Uint8Array | null = null
  do {
    side = Math.max(wanted, Math.ceil(side / 2))
    const rendered = new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><image width="${side}" height="${side}" href="${href}"/></svg>`,
      { font: { loadSystemFonts: false } },
    ).render()
    if (drawn === null && rendered.pixels.every((value) => value === 0)) return null
    drawn = rendered.asPng()
    href = dataAddress(drawn, 'image/png')
  } while (side > wanted)
  return drawn
}

const dataAddress = (bytes: Uint8Array, type: string): string => `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
