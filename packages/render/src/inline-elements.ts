import { followableUrl } from '@stet/schema/link'
import type { Inline, Marks, Source } from '@stet/schema/snapshot'
import type { Element, ElementContent } from 'hast'
import { h } from 'hastscript'
import { citationAnchor } from './citations.ts'
import { citedInlines } from './cited-inlines.ts'
import { element } from './element.ts'
import type { Reference } from './references.ts'

/** Where the words stand: the sources they rest on, how a number of one is drawn, and the anchor of their block. */
export type Setting = { readonly sources: readonly Source[]; readonly reference: Reference; readonly anchor: string }

/** Words with their marks; a cited range is underlined and ends in the numbers of its sources. */
export const inlineElements = (inlines: readonly Inline[], setting: Setting): ElementContent[] => {
  const { sources, reference, anchor } = setting
  const times = new Map<number, number>()
  const referenceElement = (number: number): Element => {
    const nth = (times.get(number) ?? 0) + 1
    times.set(number, nth)
    return reference(number, sources[number - 1], citationAnchor(anchor, number, nth))
  }
  return citedInlines(inlines, sources).flatMap((flow): ElementContent[] => {
    if (flow.type === 'references') return [element('sup', { className: ['references'] }, flow.sources.map(referenceElement))]
    const marked = withMarks(flow.inline)
    return flow.cited ? [element('span', { className: ['cited'] }, marked)] : marked
  })
}

const withMarks = (inline: Inline): ElementContent[] => {
  const { strong, em, code, link }: Marks = inline.marks ?? {}
  const href = link === undefined ? null : followableUrl(link)
  let nodes = inline.type === 'cue' ? [h('i', { className: ['cue'] }, inline.cue)] : textNodes(inline.text)
  if (code) nodes = [h('code', nodes)]
  if (em) nodes = [h('em', nodes)]
  if (strong) nodes = [h('strong', nodes)]
  return href === null ? nodes : [h('a', { href, rel: ['noopener', 'noreferrer'] }, nodes)]
}

/** Text with its line breaks. */
export const textNodes = (text: string): ElementContent[] =>
  !/[\r\n]/.test(text)
    ? [{ type: 'text', value: text }]
    : text
        .split(/\r\n|\r|\n/)
        .flatMap((line, index): ElementContent[] => [...(index > 0 ? [h('br')] : []), { type: 'text', value: line }])
