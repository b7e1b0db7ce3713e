import { plainLine } from '@stet/schema/line-breaks'

/** TeX as the words it prints: accents on their letters, commands for signs as signs, braces and other commands gone. */
export const texWords = (tex: string): string =>
  plainLine(
    tex
      .replaceAll(ACCENT, (_, accent: string, braced: string | undefined, bare: string | undefined) => {
        const letter = (braced ?? bare ?? '').replace(/^\\([ij])$/, '$1')
        return (letter.slice(0, 1) + (ACCENTS[accent] ?? '') + letter.slice(1)).normalize('NFC')
      })
      .replaceAll(COMMAND, (_, name: string) => SIGNS[name] ?? '')
      .replaceAll(/(?<!\\)~/g, ' ')
      .replaceAll('---', '—')
      .replaceAll('--', '–')
      .replaceAll('``', '“')
      .replaceAll("''", '”')
      .replaceAll(/(?<!\\)[{}]/g, '')
      .replaceAll(/\\([&%$#_{}~^ ])/g, '$1')
      // Signs that are written by name stood for themselves until everything else was read.
      .replaceAll(/[\uE000-\uE004]/g, (held) => HELD[held.charCodeAt(0) - 0xe000] ?? ''),
  )

const HELD = ['\\', '{', '}', '~', '^']
const held = (sign: string): string => String.fromCharCode(0xe000 + HELD.indexOf(sign))

const ACCENT = /\\(['"`^~=.uvHcdbkr](?![a-zA-Z])|["'`^~=.])\s*(?:\{((?:\\[ij]|[^{}\\])*)\}|(\\[ij](?![a-zA-Z])|[a-zA-Z]))/g
const COMMAND = /\\([a-zA-Z]+)\s*(?:\{\})?/g

const ACCENTS: Readonly<Record<string, string>> = {
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '"': '\u0308',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  u: '\u0306',
  v: '\u030c',
  H: '\u030b',
  c: '\u0327',
  d: '\u0323',
  b: '\u0331',
  k: '\u0328',
  r: '\u030a',
}

const SIGNS: Readonly<Record<string, string>> = {
  textbackslash: held('\\'),
  textbraceleft: held('{'),
  textbraceright: held('}'),
  textasciitilde: held('~'),
  textasciicircum: held('^'),
  aa: 'å',
  AA: 'Å',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  ss: 'ß',
  i: 'ı',
  j: 'ȷ',
  dots: '…',
  ldots: '…',
  textemdash: '—',
  textendash: '–',
  textquotedblleft: '“',
  textquotedblright: '”',
  textquoteleft: '‘',
  textquoteright: '’',
  textregistered: '®',
  texttrademark: '™',
  copyright: '©',
  euro: '€',
  pounds: '£',
  S: '§',
}
