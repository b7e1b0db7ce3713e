import { followableUrl } from '@stet/schema/link'
import type { Inline, Marks, Source } from '@stet/schema/snapshot'
import type { ElementContent } from 'hast'
import { h } from 'hastscript'
import { sourceAnchor } from './anchors.ts'
import { citedInlines } from './cited-inlines.ts'

/** Words with their marks; a cited range is underlined and ends in the numbers of its sources. */
export const inlineElements = (inlines: readonly Inline[], sources: readonly Source[]): ElementContent[] =>
  citedInlines(inlines, sources).flatMap((flow): ElementContent[] => {
    if (flow.type === 'references') return [references(flow.sources, sources)]
    const marked = withMarks(flow.inline)
    return flow.cited ? [h('span', { className: ['cited'] }, marked)] : marked
  })

const references = (numbers: readonly number[], sources: readonly Source[]): ElementContent =>
  h(
    'sup',
    { className: ['references'] },
    numbers.map((number) =>
      h(
        'a',
        { href: `#${sourceAnchor(number)}`, ariaLabel: `Source ${number}: ${sources[number - 1]?.title ?? ''}` },
        String(number),
      ),
    ),
  )

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
  text
    .split(/\r\n|\r|\n/)
    .flatMap((line, index): ElementContent[] => [...(index > 0 ? [h('br')] : []), { type: 'text', value: line }])
