/** What is to be read of a caption of WebVTT: tags go, character references become their characters. */
export const captionWords = (text: string): string =>
  withoutTags(text).replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi,
    (written, decimal?: string, hex?: string, name?: string) =>
      name === undefined
        ? numbered(written, Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10))
        : (NAMED[name] ?? written),
  )

const withoutTags = (text: string): string => text.replaceAll(/<\/?[a-z0-9][^>]*>|<\/>/gi, '')

/** SubRip has the tags too, and those of another format in braces (`{\an8}`), but no character references. */
export const subripWords = (text: string): string => withoutTags(text).replaceAll(/\{\\[^}]*\}/g, '')

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
}

const numbered = (written: string, code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : written)
