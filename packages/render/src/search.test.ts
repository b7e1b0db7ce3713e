import type { Snapshot } from '@stet/schema/snapshot'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostileDispatch, hostileLine } from './hostile.fixture.ts'
import { factsOf, lighthouse, site } from './lighthouse.fixture.ts'
import { excerpt, LONGEST_QUERY, MOST_FOUND, search, searchedText, soughtWords } from './search.ts'
import { renderSearch } from './search-page.ts'
import { searchScript } from './search-script.ts'

const textOf = (snapshot: Snapshot, path = '/dispatches/014/') => searchedText({ snapshot, facts: factsOf(snapshot, { path }) })
const saying = (...words: string[]): Snapshot => ({
  ...lighthouse,
  body: words.map((text, nth) => ({ kind: 'turn', id: `t${nth}`, speaker: 'p1', start: nth, content: [{ type: 'text', text }] })),
})
const found = (query: string, ...snapshots: Snapshot[]) =>
  search(
    snapshots.map((snapshot) => textOf(snapshot)),
    soughtWords(query),
  ).map(({ place }) => place.anchor)
const marked = (text: string, query: string) =>
  excerpt(text, soughtWords(query))
    .map(({ text: stretch, isFound }) => (isFound ? `[${stretch}]` : stretch))
    .join('')

test('F8: finds the turns that hold every word, in any order, whatever the case and accents', () => {
  const talk = saying('A naïve Café by the harbour', 'The harbour, no coffee', 'Straße')
  expect(found('CAFE naive', talk)).toEqual(['t-00-00-00'])
  expect(found('harbour', talk)).toEqual(['t-00-00-00', 't-00-00-01'])
  expect(found('harbour café coffee', talk)).toEqual([])
  expect(found('switched TWICE', lighthouse)).toEqual([''])
  expect(found(' -- ', talk)).toEqual([])
})

test('F8: marks what was found, and shows the words around it', () => {
  expect(marked('A naïve Café by the harbour', 'cafe NAIVE')).toBe('A [naïve] [Café] by the harbour')
  expect(marked('Offﬁce hours', 'ffi')).toBe('Of[fﬁ]ce hours')
  const long = `${'before '.repeat(60)}needle ${'after '.repeat(60)}`
  expect(marked(long, 'needle')).toMatch(/^…before .{50,90}\[needle\] after .*after…$/)
  expect(marked(long, 'needle').length).toBeLessThan(320)
})

test('F8: a query is cut to what is reasonable, and an answer to what one reads', () => {
  expect(soughtWords('word '.repeat(500))).toEqual(['word'])
  expect(soughtWords(Array.from({ length: 60 }, (_, nth) => `w${nth}`).join(' '))).toHaveLength(8)
  expect(soughtWords('x'.repeat(5_000))).toEqual(['x'.repeat(LONGEST_QUERY)])
  const talk = saying(...Array.from({ length: 80 }, () => 'The tide'))
  expect(found('tide', talk)).toHaveLength(MOST_FOUND)
  expect(renderSearch('tide', [textOf(talk)], site)).toContain('The newest 50 places')
})

test('R1, F8: whatever is asked and whatever is said, the page of results is made of its own elements', () => {
  const known =
    /^<(?:!doctype|\/?(?:html|head|meta|title|link|style|body|a|header|main|h1|h2|search|form|label|p|input|button|section|ol|li|span|time|mark|footer)\b)/
  fc.assert(
    fc.property(hostileDispatch, hostileLine, (snapshot, query) => {
      const words = snapshot.body.flatMap(({ content }) =>
        content.flatMap((inline) => (inline.type === 'text' ? [inline.text] : [])),
      )
      for (const asked of [query, ...words.slice(0, 2)]) {
        const page = renderSearch(asked, [textOf(snapshot)], { ...site, name: query.slice(0, 100) || 'x' })
          .replace(/<style>[\s\S]*?<\/style>/, '')
          .replace(`<script>${searchScript}</script>`, '')
        for (const [tag] of page.matchAll(/<(?:"[^"]*"|[^">])*>/g)) expect(tag).toMatch(known)
      }
    }),
    { numRuns: 100 },
  )
})

test('F8: an excerpt says what the text says, and nothing else', () => {
  fc.assert(
    fc.property(hostileLine, hostileLine, (text, query) => {
      const said = excerpt(text, soughtWords(query))
        .map((stretch) => stretch.text)
        .join('')
      expect(text).toContain(said.replace(/^…/, '').replace(/…$/, ''))
    }),
  )
})
