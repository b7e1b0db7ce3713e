import { displayUrl, followableUrl, visibleUrl } from '@stet/schema/link'
import type { Snapshot, Source } from '@stet/schema/snapshot'
import { spokenText } from '@stet/schema/snapshot'
import { timelineOf } from '@stet/schema/timeline'
import type { Element, ElementContent } from 'hast'
import { h } from 'hastscript'
import { anchorsOf, sourceAnchor } from './anchors.ts'
import { clockElement } from './clock-element.ts'
import { textNodes } from './inline-elements.ts'

/** Every source as a native `<details>`: who said it to be seen, what it says to be opened. */
export const sourceElements = (snapshot: Snapshot): Element => {
  const citings = citingLinks(snapshot)
  return h(
    'ol',
    { className: ['source-list'] },
    snapshot.sources.map((source, index) => h('li', sourceElement(source, index + 1, citings.get(source.id) ?? []))),
  )
}

const sourceElement = (source: Source, number: number, citings: readonly Element[]): Element => {
  const id = sourceAnchor(number)
  const heading = headingOf(source, number)
  const details = detailsOf(source, citings)
  if (details.length === 0) return h('div', { id, className: ['source', 'source-plain'] }, heading)
  return h('details', { id, className: ['source'] }, [h('summary', heading), h('dl', details)])
}

const headingOf = (source: Source, number: number): ElementContent[] => {
  const origin = joined([source.publisher, source.description], ' — ')
  const address = displayUrl(source.url)
  return [
    h('span', { className: ['source-number'] }, String(number)),
    h('span', { className: ['source-heading'] }, [
      h('span', { className: ['source-title'] }, source.title === '' ? 'Untitled source' : source.title),
      ...(origin === '' ? [] : [' ', h('span', { className: ['source-origin'] }, origin)]),
      ...(address === '' ? [] : [' ', h('span', { className: ['source-shown-address'] }, address)]),
    ]),
  ]
}

const detailsOf = (source: Source, citings: readonly Element[]): Element[] => {
  const provenance = joined([source.kind, source.tier === null ? '' : `${capitalised(source.tier)} source`], ' · ')
  return [
    ...entry('Link', source.url === '' ? [] : [linkElement(source.url)]),
    ...entry('Claim', wordsOf(source.claim)),
    ...entry('Cited text', wordsOf(source.citedText)),
    ...entry('Context', wordsOf(source.context)),
    ...entry(
      'Key points',
      source.keyPoints.length === 0
        ? []
        : [
            h(
              'ul',
              source.keyPoints.map((point) => h('li', point)),
            ),
          ],
    ),
    ...entry('Provenance', wordsOf(provenance)),
    ...entry(
      'Back to',
      citings.flatMap((citing, index) => [...(index > 0 ? [{ type: 'text' as const, value: ', ' }] : []), citing]),
    ),
  ]
}

const entry = (term: string, description: readonly ElementContent[]): Element[] =>
  description.length === 0 ? [] : [h('dt', term), h('dd', [...description])]

const wordsOf = (text: string): ElementContent[] => (text === '' ? [] : textNodes(text))

/** Only an address that a browser may follow becomes a link; any other is shown as it is. */
const linkElement = (url: string): Element => {
  const href = followableUrl(url)
  if (href === null) return h('span', { className: ['address'] }, visibleUrl(url))
  return h('a', { href, rel: ['noopener', 'noreferrer'], className: ['address'] }, visibleUrl(url))
}

/** Links to the blocks that cite a source, by source id: turns by their time, other blocks by their first words. */
const citingLinks = (snapshot: Snapshot): ReadonlyMap<string, Element[]> => {
  const anchors = anchorsOf(snapshot.body)
  const timeline = timelineOf(snapshot)
  const links = new Map<string, Element[]>()
  for (const block of snapshot.body) {
    const cited = new Set(block.content.flatMap((inline) => inline.marks?.cites ?? []))
    const label = block.kind === 'turn' ? clockElement(timeline.get(block.id)?.start ?? 0) : firstWords(spokenText(block.content))
    for (const source of cited)
      links.set(source, [...(links.get(source) ?? []), h('a', { href: `#${anchors.get(block.id) ?? ''}` }, label)])
  }
  return links
}

const firstWords = (text: string): string => {
  const words = text.trim().split(/\s+/)
  return words.length > 5 ? `“${words.slice(0, 5).join(' ')}…”` : `“${words.join(' ')}”`
}

const joined = (parts: readonly string[], separator: string): string => parts.filter((part) => part !== '').join(separator)

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
