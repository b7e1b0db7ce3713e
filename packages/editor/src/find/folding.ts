/**
 * Text as a search compares it: composed (NFC), quotes and spaces of one kind, and in one case unless case matters.
 * `places` says for each unit of the folded text where it stands in the text; null when both have the same places.
 */
export type Folded = { readonly text: string; readonly places: readonly number[] | null }

export type Folding = { readonly language: string; readonly matchCase: boolean }

export const fold = (text: string, folding: Folding): Folded => {
  const whole = foldedWhole(text, folding)
  if (whole.length === text.length && text.normalize('NFC') === text) return { text: whole, places: null }
  const places: number[] = []
  let folded = ''
  for (const { segment, index } of graphemes.segment(text)) {
    const one = foldedWhole(segment, folding)
    for (let unit = 0; unit < one.length; unit++) places.push(index)
    folded += one
  }
  places.push(text.length)
  return { text: folded, places }
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

const foldedWhole = (text: string, { language, matchCase }: Folding): string => {
  const plain = text
    .normalize('NFC')
    .replace(/[‘’‛]/g, "'")
    .replace(/[“”„‟]/g, '"')
    .replace(/[\u00a0\u202f]/g, ' ')
  // The two small sigmas are one letter.
  return matchCase ? plain : plain.toLocaleLowerCase(language).replaceAll('ς', 'σ')
}
