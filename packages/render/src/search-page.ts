import type { Site } from '@stet/schema/revision'
import type { Element, ElementContent } from 'hast'
import { h } from 'hastscript'
import { apart, renderFrame } from './chrome.ts'
import { clockElement } from './clock-element.ts'
import { excerpt, type Found, LONGEST_QUERY, MOST_FOUND, type SearchedText, search, soughtWords } from './search.ts'
import { searchForm } from './search-form.ts'
import { searchScript } from './search-script.ts'

/** What was found for a query, each with a link to its very turn. `texts` are searched in their order. */
export const renderSearch = (query: string, texts: readonly SearchedText[], site: Site): string => {
  const asked = query.slice(0, LONGEST_QUERY)
  const words = soughtWords(asked)
  const found = search(texts, words)
  return renderFrame(
    {
      title: 'Search',
      description: '',
      language: 'en',
      path: null,
      kind: 'website',
      main: h(
        'main',
        { id: 'main', className: ['home'] },
        apart([
          h('h1', 'Search'),
          searchForm(asked),
          ...(words.length === 0 ? [] : resultElements(asked, words, found)),
          h('p', { className: ['empty'] }, [h('a', { href: '/' }, 'All that is published'), ' stands on the front page.']),
        ]),
      ),
      script: searchScript,
    },
    site,
  )
}

const resultElements = (asked: string, words: readonly string[], found: readonly Found[]): Element[] => {
  const groups = [...Map.groupBy(found, ({ entry }) => entry)]
  return [
    h('p', { className: ['empty'], role: 'status' }, sumOf(asked, found.length)),
    ...groups.map(([entry, within]) =>
      h('section', { className: ['shelf'] }, [
        h('h2', [h('a', { href: entry.path }, entry.title), ` · ${entry.designation}`]),
        h('ol', { className: ['found'] }, apart(within.map((each) => foundElement(each, words)))),
      ]),
    ),
  ]
}

const sumOf = (asked: string, count: number): string => {
  if (count === 0) return `Nothing that is published says “${asked}” in one place. Fewer words find more.`
  if (count === MOST_FOUND) return `The newest ${MOST_FOUND} places with “${asked}”. More words find fewer.`
  return `${count} ${count === 1 ? 'place' : 'places'} with “${asked}”.`
}

const foundElement = ({ entry, place: { anchor, start, speaker, words: text } }: Found, words: readonly string[]): Element => {
  const marked = excerpt(text, words).map(
    ({ text: stretch, isFound }): ElementContent => (isFound ? h('mark', stretch) : { type: 'text', value: stretch }),
  )
  const lead = [...(speaker === '' ? [] : [h('span', speaker), ' ']), ...(start === null ? [] : [clockElement(start)])]
  return h('li', [
    h('a', { href: anchor === '' ? entry.path : `${entry.path}#${anchor}` }, [
      ...(lead.length === 0 ? [] : [h('span', { className: ['who'] }, lead)]),
      h('span', { className: ['excerpt'] }, marked),
    ]),
  ])
}
