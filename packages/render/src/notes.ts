import type { Source } from '@stet/schema/snapshot'
import type { Element, ElementContent } from 'hast'
import { h } from 'hastscript'
import { noteAnchor, sourceDetailsAnchor } from './anchors.ts'
import { textNodes } from './inline-elements.ts'
import { originOf, provenanceOf, titleOf } from './source-words.ts'

/** Of the cited text; the rest stands with the source. */
const LONGEST_CITED_TEXT = 320

/**
 * What a number in the text shows of its source: in the browser's own popover, so that it opens and closes without a script
 * and stands apart from the words that are read. It lies with the source itself, whose words it shares: compressed, it is small.
 */
export const noteElement = (source: Source, number: number): Element =>
  h('div', { id: noteAnchor(number), className: ['note'], popover: 'auto', role: 'note', ariaLabel: `Source ${number}` }, [
    h('p', { className: ['note-title'] }, [h('span', { className: ['source-number'] }, String(number)), ' ', titleOf(source)]),
    ...lineElements('note-origin', textOf(originOf(source))),
    ...lineElements('note-words', source.citedText === '' ? [] : quoted(source.citedText)),
    ...lineElements('note-origin', textOf(provenanceOf(source))),
    h('p', h('a', { href: `#${sourceDetailsAnchor(number)}` }, 'To the source')),
  ])

const lineElements = (className: string, content: readonly ElementContent[]): Element[] =>
  content.length === 0 ? [] : [h('p', { className: [className] }, [...content])]

const textOf = (text: string): ElementContent[] => (text === '' ? [] : textNodes(text))

const quoted = (text: string): ElementContent[] => textNodes(`“${shortened(text)}”`)

const shortened = (text: string): string => {
  const letters = [...text]
  if (letters.length <= LONGEST_CITED_TEXT) return text
  const cut = letters.slice(0, LONGEST_CITED_TEXT - 1).join('')
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST_CITED_TEXT / 2)).trimEnd()}…`
}
