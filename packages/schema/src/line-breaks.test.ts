import fc from 'fast-check'
import { expect, test } from 'vitest'
import { breakLines, joinLines, plainLine } from './line-breaks.ts'

const someText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({ unit: fc.constantFrom('a', 'é', ' ', '\n', '光', 'ひ', '。', '\u0000', '\u2028', '𠮷', ' 光'), maxLength: 120 }),
)

test('broken lines are joined to what they were, white space aside', () => {
  fc.assert(
    fc.property(someText, fc.integer({ min: 1, max: 40 }), (text, width) => {
      expect(joinLines(breakLines(text, width))).toBe(plainLine(text))
    }),
    { numRuns: 500 },
  )
})

test('a line is longer than its width only where it is one word', () => {
  fc.assert(
    fc.property(someText, fc.integer({ min: 1, max: 40 }), (text, width) => {
      for (const line of breakLines(text, width)) if ([...line].length > width) expect(breakLines(line, 1)).toEqual([line])
    }),
  )
})

test('lines break at spaces, and between the letters of scripts without them', () => {
  expect(breakLines('The light went out at nine', 10)).toEqual(['The light', 'went out', 'at nine'])
  expect(breakLines('灯台の光が消えた', 5)).toEqual(['灯台の光が', '消えた'])
  expect(breakLines('  ', 5)).toEqual([])
})
