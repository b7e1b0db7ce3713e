import { expect, test } from 'vitest'
import { inferRoster } from './speaker-roster.ts'

const namesOf = (turns: readonly string[], known?: readonly string[]) => {
  const roster = inferRoster(turns, known)
  return turns.map((turn) => roster.nameOf(turn))
}

test('a name ends where lower case ends', () => {
  expect(namesOf(['idaHello.', 'marek[sighs] No.', 'ida24 hours.'])).toEqual(['ida', 'marek', 'ida'])
})

test('a word in lower case after a known name is not part of the name', () => {
  expect(namesOf(['marekFirst.', 'marekok fine', 'marekSecond.'])).toEqual(['marek', 'marek', 'marek'])
})

test('of two candidates that come once, the longer is read as the shorter one speaking', () => {
  expect(namesOf(['marekokay then', 'marekYes.'])).toEqual(['marek', 'marek'])
})

test('a name that begins like another is told apart when it comes twice', () => {
  expect(namesOf(['anHm.', 'annaHm.', 'anYes.', 'annaNo.'])).toEqual(['an', 'anna', 'an', 'anna'])
})

test('a product that begins in lower case does not change who speaks', () => {
  expect(namesOf(['idaHello.', 'idaiPhone sales fell.', 'idaBye.'])).toEqual(['ida', 'ida', 'ida'])
})

test('names are of any script', () => {
  expect(namesOf(['жанаДа.', 'жанаНет.', 'żółwTak.'])).toEqual(['жана', 'жана', 'żółw'])
})

test('known names go before what the text suggests', () => {
  expect(namesOf(['idaokHello.', 'idaokBye.'], ['ida'])).toEqual(['ida', 'ida'])
})

test('a turn that begins with a capital names nobody', () => {
  expect(namesOf(['Hello.', 'idaHi.'])).toEqual([null, 'ida'])
})
