import { toCardinal as german } from 'n2words/de-DE'
import { toCardinal as english } from 'n2words/en-US'
import { toCardinal as spanish } from 'n2words/es-ES'
import { toCardinal as french } from 'n2words/fr-FR'
import { toCardinal as italian } from 'n2words/it-IT'
import { toCardinal as dutch } from 'n2words/nl-NL'
import { toCardinal as portuguese } from 'n2words/pt-PT'

/** Whole numbers as words; a language costs the desk about 0.7 kB. */
const cardinals: Readonly<Record<string, (digits: string) => string>> = {
  de: german,
  en: english,
  es: spanish,
  fr: french,
  it: italian,
  nl: dutch,
  pt: portuguese,
}

/** In languages without words here, a digit counts as a word of five letters and the space before it. */
const DIGIT_LENGTH = 6
/** Whoever reads a longer one aloud reads digits. */
const LONGEST_NUMBER = 12
/** "point", "Komma", "virgule", with the spaces around it. */
const POINT_LENGTH = 7

/** How many characters it takes to say a number, written with the signs of its language (`1,250.5`, `1.250,5`). */
export const numberLength = (written: string, language: string): number => {
  const cardinal = cardinals[baseOf(language)]
  const [whole = '', part = ''] = written.split(decimalSign(language))
  // What is no number of its language (`1.5,2`) still has its digits.
  const [digits, fraction] = [whole.replaceAll(/\D/g, ''), part.replaceAll(/\D/g, '')]
  const wholeLength =
    digits.length > LONGEST_NUMBER ? spelledLength(digits, cardinal) : cardinalLength(digits, cardinal, language)
  return fraction === '' ? wholeLength : wholeLength + POINT_LENGTH + spelledLength(fraction, cardinal)
}

type Cardinal = (typeof cardinals)[string] | undefined

const cardinalLength = (digits: string, cardinal: Cardinal, language: string): number => {
  if (cardinal === undefined) return digits.length * DIGIT_LENGTH
  // Years are said in pairs: "twenty twenty-six".
  const isYear = baseOf(language) === 'en' && /^(1[1-9]|20[1-9])\d+$/.test(digits) && digits.length === 4
  if (isYear && !digits.endsWith('00')) return cardinal(digits.slice(0, 2)).length + 1 + cardinal(digits.slice(2)).length
  return cardinal(digits).length
}

/** Digit by digit, a space between two. */
const spelledLength = (digits: string, cardinal: Cardinal): number =>
  cardinal === undefined
    ? digits.length * DIGIT_LENGTH
    : [...digits].reduce((length, digit) => length + cardinal(digit).length, digits.length - 1)

const baseOf = (language: string): string => language.split('-')[0]?.toLowerCase() ?? ''

/** English writes 1.5; most others 1,5. */
const decimalSign = (language: string): string => (POINT_LANGUAGES.has(baseOf(language)) ? '.' : ',')
const POINT_LANGUAGES: ReadonlySet<string> = new Set(['en', 'zh', 'ja', 'ko', 'he', 'th', 'hi'])
