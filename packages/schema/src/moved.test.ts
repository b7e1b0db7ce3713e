import fc from 'fast-check'
import { expect, test } from 'vitest'
import { movedBetween } from './moved.ts'

const moved = (before: string, after: string, mayHaveMoved = '') =>
  [...movedBetween([...before], [...after], (id) => mayHaveMoved.includes(id))].sort().join('')

test.each([
  ['abcd', 'abcd', '', ''],
  ['abcd', 'bcda', '', 'a'],
  ['abcd', 'dabc', '', 'd'],
  ['abcd', 'axbcy', '', ''],
  ['abcd', 'acbd', 'c', 'c'],
  ['abcd', 'acbd', 'b', 'b'],
  // Two that were moved rather than the one that was not.
  ['abc', 'cab', 'ab', 'ab'],
  ['', 'abc', '', ''],
])('Y3: from %s to %s, where %s may have moved, %s has', (before, after, mayHaveMoved, expected) => {
  expect(moved(before, after, mayHaveMoved)).toBe(expected)
})

test('Y3: those that stay are in the same order, and none of those that moved could have stayed with them', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...'abcdefghij']), fc.shuffledSubarray([...'abcdefghij']), (before, after) => {
      const moves = movedBetween(before, after, () => true)
      const stays = (ids: string[], and = '') =>
        ids.filter((id) => before.includes(id) && after.includes(id) && (!moves.has(id) || id === and)).join('')
      expect(stays(before)).toBe(stays(after))
      for (const id of moves) expect(stays(before, id)).not.toBe(stays(after, id))
    }),
  )
})
