import { expect, it } from 'vitest'
import { matching } from './matching.ts'

const names = ['Move the block up', 'Emphasis', 'Make it a heading', 'Résumé of the tide', 'Change the speaker']
const found = (query: string) =>
  matching(
    names.map((name) => ({ id: name, name })),
    query,
  ).map(({ name }) => name)

it('every word of the query must be found, a beginning before a middle', () => {
  expect(found('make head')).toEqual(['Make it a heading'])
  expect(found('e')).toEqual(['Emphasis', 'Move the block up', 'Make it a heading', 'Résumé of the tide', 'Change the speaker'])
  expect(found('tide xyz')).toEqual([])
})

it('case and accents make no difference, and letters in their order are enough', () => {
  expect(found('RESUME')).toEqual(['Résumé of the tide'])
  expect(found('mtbu')).toEqual(['Move the block up'])
})

it('an empty query finds all, and one of signs alone nothing', () => {
  expect(found('  ').length).toBe(5)
  expect(found('[')).toEqual([])
})
