import { expect, it } from 'vitest'
import { wordCount } from './word-count.ts'

it.each([
  ['', 0],
  ['  ', 0],
  ['one', 1],
  ["it isn't the 24/7 lamp", 5],
  ['one — two – three', 3],
  ['one—two', 2],
  ['… - !', 0],
  ['潮汐表 2026', 4],
  ['naïve café', 2],
])('%j has %i words', (text, words) => {
  expect(wordCount(text)).toBe(words)
})
