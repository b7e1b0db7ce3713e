import { numberLength } from './number-words.ts'

/**
 * How long a text is to the ear, in characters: its letters and spaces, with numbers as words, the letters of
 * acronyms by their names, signs such as "%" by their words, and a pause where the writing has one. Divided by a pace
 * it is a time. Cues are no speech and must not be in it (`spokenText`).
 */
export const spokenLength = (text: string, language: string): number => {
  const said = text.trim().replaceAll(/\s+/g, ' ')
  let length = said.length
  for (const [written] of said.matchAll(UNLIKE_WRITTEN)) length += lengthOf(written, language) - written.length
  return length
}

/** The mean name of a letter: "pee", "are", "double u". */
const LETTER_NAME = 2.2
/** Capitals in a longer row are a loud word. */
const LONGEST_ACRONYM = 5
/** "per cent", "dollars", "and", "plus", with a space. */
const SIGN_LENGTH = 7
/** A comma or a full stop: itself, and a breath as long as two letters. */
const PAUSE_LENGTH = 3
/** A character of a syllabic script takes as long as three letters: five or six of them a second at the default pace. */
const SYLLABLE_LENGTH = 3

const NUMBER = "[0-9]+(?:[.,'’][0-9]+)*"
const SIGN = '[%‰$€£¥&+=@#°]'
const PAUSE = '[,;:.?!…]+(?= |$)|[、。，．；：？！]'
const SYLLABLE = '[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}]'
const UNLIKE_WRITTEN = new RegExp(`${NUMBER}|\\p{Lu}{2,}|${SIGN}|${PAUSE}|${SYLLABLE}`, 'gu')
const IS_SIGN = new RegExp(SIGN, 'u')
const IS_PAUSE = new RegExp(PAUSE, 'u')

const lengthOf = (written: string, language: string): number => {
  if (/^[0-9]/.test(written)) return numberLength(written, language)
  if (/^\p{Lu}/u.test(written)) return written.length * (written.length > LONGEST_ACRONYM ? 1 : LETTER_NAME)
  if (IS_SIGN.test(written)) return SIGN_LENGTH
  return IS_PAUSE.test(written) ? PAUSE_LENGTH : SYLLABLE_LENGTH
}
