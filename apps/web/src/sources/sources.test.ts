import type { Block, Source } from '@stet/schema/snapshot'
import { expect, test } from 'vitest'
import { citationCounts } from './citation-counts.ts'
import { importedWords, newSources } from './new-sources.ts'
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

const sourceAt = (url: string, id: string): Source => ({
  id,
  title: '',
  kind: '',
  tier: null,
  publisher: '',
  description: '',
  claim: '',
  url,
  urlIncomplete: false,
  citedText: '',
  context: '',
  keyPoints: [],
})

test('I5: of imported sources those come in whose address is not here yet, however it was copied', () => {
  const urls = ['https://a.example/b', 'http://www.c.example/', 'https://d.example', 'https://d.example/', '', '']
  const imported = urls.map((url, index) => sourceAt(url, `s${index}`))
  expect(newSources(imported, ['https://A.example/b ', 'https://c.example', '']).map(({ id }) => id)).toEqual(['s2', 's4', 's5'])
})

test('I5: what came in is told in words', () => {
  expect(importedWords(1, 0)).toBe('Imported 1 source.')
  expect(importedWords(3, 1)).toBe('Imported 3 sources; 1 was here already.')
  expect(importedWords(2, 2)).toBe('Imported 2 sources; 2 were here already.')
})
