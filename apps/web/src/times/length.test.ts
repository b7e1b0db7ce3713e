import { expect, it } from 'vitest'
import { againstTarget, parseLength } from './length.ts'

it.each([
  ['12', 720],
  [' 90 ', 5_400],
  ['12:30', 750],
  ['1:05:00', 3_900],
  ['0', null],
  ['0:00', null],
  ['', null],
  ['soon', null],
  ['12:99', null],
])('T6: %j is a target of %s seconds', (text, seconds) => {
  expect(parseLength(text)).toBe(seconds)
})

it('T6: over and under are said in words', () => {
  expect([708, 785, 720].map((seconds) => againstTarget(seconds, 720))).toEqual(['0:12 under', '1:05 over', 'on target'])
})
