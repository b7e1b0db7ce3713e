import type { Block } from '@stet/schema/snapshot'
import { expect, test } from 'vitest'
import { citationCounts } from './citation-counts.ts'
import { typedSource } from './typed-source.ts'

const turn = (content: Extract<Block, { kind: 'turn' }>['content']): Block => ({
  kind: 'turn',
  id: 't1',
  speaker: null,
  start: null,
  content,
})

test('neighbouring runs that rest on one source are one range', () => {
  const body = [
    turn([
      { type: 'text', text: 'a', marks: { cites: ['s1'] } },
      { type: 'text', text: 'b', marks: { cites: ['s1', 's2'], em: true } },
      { type: 'text', text: 'c' },
      { type: 'text', text: 'd', marks: { cites: ['s1'] } },
    ]),
  ]
  expect(citationCounts({ body })).toEqual(
    new Map([
      ['s1', 2],
      ['s2', 1],
    ]),
  )
})

test('a range does not reach over the end of a block', () => {
  const cited = turn([{ type: 'text', text: 'a', marks: { cites: ['s1'] } }])
  expect(citationCounts({ body: [cited, { ...cited, id: 't2' }] })).toEqual(new Map([['s1', 2]]))
})

test('an address is told from a title', () => {
  expect(typedSource(' https://a.example/b?c=d ')).toEqual({ title: '', url: 'https://a.example/b?c=d' })
  expect(typedSource('a.example/b')).toEqual({ title: '', url: 'https://a.example/b' })
  expect(typedSource('Winter maintenance note')).toEqual({ title: 'Winter maintenance note', url: '' })
  expect(typedSource('javascript:alert(1)')).toEqual({ title: 'javascript:alert(1)', url: '' })
})
