import { displayUrl, followableUrl, visibleUrl } from '@stet/schema/link'
import type { Snapshot, Source } from '@stet/schema/snapshot'
import { timelineOf } from '@stet/schema/timeline'
import type { Element, ElementContent } from 'hast'
import { h } from 'hastscript'
import { sourceAnchor, sourceDetailsAnchor } from './anchors.ts'
import { type Citation, citationsOf } from './citations.ts'
import { clockElement } from './clock-element.ts'
import { textNodes } from './inline-elements.ts'
import { hostOf, hostPath } from './site-paths.ts'
import { originOf, provenanceOf, titleOf } from './source-words.ts'

/** What stands with a source beside what is said of it. */
export type SourceAside = (source: Source, number: number) => readonly Element[]

/** Every source as a native `<details>`: who said it to be seen, what it says to be opened. */
export const sourceElements = (snapshot: Snapshot, aside: SourceAside): Element => {
  const citings = citingLinks(snapshot)
  const itemOf = (source: Source, number: number): Element => {
    const cited = citings.get(source.id) ?? []
    return h('li', [sourceElement(source, number, cited), ...(cited.length === 0 ? [] : aside(source, number))])
  }
  return h(
    'ol',
    { className: ['source-list'] },
    snapshot.sources.map((source, index) => itemOf(source, index + 1)),
  )
}

const sourceElement = (source: Source, number: number, citings: readonly Element[]): Element => {
  const id = sourceAnchor(number)
  const heading = headingOf(source, number)
  const details = detailsOf(source, citings)
  if (details.length === 0) return h('div', { id, className: ['source', 'source-plain'] }, heading)
  return h('details', { id, className: ['source'] }, [
    h('summary', heading),
    h('dl', { id: sourceDetailsAnchor(number) }, details),
  ])
}

const headingOf = (source: Source, number: number): ElementContent[] => {
  const origin = originOf(source)
  const address = displayUrl(source.url)
  return [
    h('span', { className: ['source-number'] }, String(number)),
    h('span', { className: ['source-heading'] }, [
      h('span', { className: ['source-title'] }, titleOf(source)),
      ...(origin === '' ? [] : [' ', h('span', { className: ['source-origin'] }, origin)]),
      ...(address === '' ? [] : [' ', h('span', { className: ['source-shown-address'] }, address)]),
    ]),
  ]
}

const detailsOf = (source: Source, citings: readonly Element[]): Element[] => {
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
    ...entry('Provenance', wordsOf(provenanceOf(source))),
    ...entry('More', moreElements(source)),
    ...entry(
      'Rests on it',
      citings.length === 0
        ? []
        : [
            h(
              'ul',
              { className: ['citings'] },
              citings.map((citing) => h('li', citing)),
            ),
          ],
    ),
  ]
}

const entry = (term: string, description: readonly ElementContent[]): Element[] =>
  description.length === 0 ? [] : [h('dt', term), h('dd', [...description])]

const wordsOf = (text: string): ElementContent[] => (text === '' ? [] : textNodes(text))

/** What else was cited from there. */
const moreElements = (source: Source): ElementContent[] => {
  const host = hostOf(source)
  return host === null ? [] : [h('a', { href: hostPath(host) }, `All that we cited from ${host}`)]
}

/** Only an address that a browser may follow becomes a link; any other is shown as it is. */
const linkElement = (url: string): Element => {
  const href = followableUrl(url)
  if (href === null) return h('span', { className: ['address'] }, visibleUrl(url))
  return h('a', { href, rel: ['noopener', 'noreferrer'], className: ['address'] }, visibleUrl(url))
}

/** Links to the ranges that rest on each source, by source id: what was said, and in a turn when. */
const citingLinks = (snapshot: Snapshot): ReadonlyMap<string, Element[]> => {
  const timeline = timelineOf(snapshot)
  const linkOf = ({ block, anchor, words }: Citation): Element =>
    h('a', { href: `#${anchor}` }, [
      ...(block.kind === 'turn' ? [clockElement(timeline.get(block.id)?.start ?? 0), ' '] : []),
      `“${firstWords(words)}”`,
    ])
  return new Map([...citationsOf(snapshot.body, snapshot.sources)].map(([source, citations]) => [source, citations.map(linkOf)]))
}

const LONGEST_LABEL = 12

const firstWords = (text: string): string => {
  const words = text.trim().split(/\s+/)
  return words.length > LONGEST_LABEL ? `${words.slice(0, LONGEST_LABEL).join(' ')}…` : words.join(' ')
}
