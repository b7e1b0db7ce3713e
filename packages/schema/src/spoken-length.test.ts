import fc from 'fast-check'
import { expect, it } from 'vitest'
import { spokenLength } from './spoken-length.ts'

/** How much longer (or shorter) a text is to the ear than words that need nothing said otherwise. */
const says = (text: string, words: string, language = 'en') =>
  expect(spokenLength(text, language)).toBeCloseTo(spokenLength(words, language))

it('T4: words count their letters and the spaces between them', () => {
  expect(spokenLength('the lamp went out', 'en')).toBe(17)
  expect(spokenLength('  the lamp\n  went out ', 'en')).toBe(17)
  expect(spokenLength('', 'en')).toBe(0)
})

it('T4: numbers count as the words of the language', () => {
  says('117', 'one hundred seventeen')
  says('41,200 gulls', 'forty-one thousand two hundred gulls')
  says('117', 'einhundertsiebzehn', 'de')
  says('1.200', 'eintausendzweihundert', 'de-AT')
  expect(spokenLength('117', 'is')).toBe(18)
})

it('T4: decimals are said digit by digit, years in pairs, and a number longer than twelve digits as digits', () => {
  says('6.4', 'six point four')
  says('6.25', 'six point two five')
  says('2026', 'twenty twenty-six')
  says('1900', 'one thousand nine hundred')
  expect(spokenLength('1111111111111', 'en')).toBe(13 * 'one '.length - 1)
})

it('T4: letters of acronyms count by their names, a row of more capitals is a loud word', () => {
  expect(spokenLength('GPUs', 'en')).toBeCloseTo(3 * 2.2 + 1)
  expect(spokenLength('STOPPED', 'en')).toBe(7)
})

it('T4: signs count as words, and a comma or a full stop as a breath', () => {
  expect(spokenLength('$5', 'en')).toBe(7 + 'five'.length)
  expect(spokenLength('yes, no.', 'en')).toBe('yes no'.length + 2 * 3)
  expect(spokenLength('well...', 'en')).toBe('well'.length + 3)
  expect(spokenLength('e.g. x', 'en')).toBe('e.g x'.length + 3)
})

it('T4: a character of a syllabic script counts as a syllable', () => {
  expect(spokenLength('潮汐表', 'zh')).toBe(9)
})

it('T4: whatever signs stand between digits, there is a length', () => {
  says('1.5,2', 'one point five two')
  const written = fc.string({ unit: fc.constantFrom('0', '1', '9', '.', ',', "'", '’', ' ', 'a'), maxLength: 20 })
  fc.assert(
    fc.property(written, fc.constantFrom('en', 'de', 'fr', 'is'), (text, language) => {
      expect(spokenLength(text, language)).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: 500 },
  )
})
