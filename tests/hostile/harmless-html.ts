import { pageScript } from '@stet/render/page-script'
import { pageStyle } from '@stet/render/page-style'
import { playerScript } from '@stet/render/player-script'
import { searchScript } from '@stet/render/search-script'
import { type DefaultTreeAdapterMap, defaultTreeAdapter, parse, parseFragment } from 'parse5'

/**
 * What a browser makes of markup, read by the algorithm of the HTML standard: its words, and everything in it that none of our pages
 * has. Written as a list of what is allowed, so that nothing has to be thought of beforehand.
 */
type Node = DefaultTreeAdapterMap['node']
type Element = DefaultTreeAdapterMap['element']

const ELEMENTS = new Set(
  'html head body meta title link script a abbr article aside b blockquote br button cite code dd del details div dl dt em figcaption figure footer form h1 h2 h3 h4 header hr i img input ins label li main mark nav ol p search section small span strong sub summary sup svg path time ul bdi audio output'.split(
    ' ',
  ),
)
const ATTRIBUTES = new Set(
  'lang dir charset name content property title rel type href id class datetime aria-label aria-labelledby aria-describedby aria-hidden aria-current role start reversed value for open hidden tabindex action method src alt width height viewBox d popover popovertarget popovertargetaction interestfor autocomplete spellcheck required controls preload download placeholder maxlength'.split(
    ' ',
  ),
)
const FOLLOWED = new Set(['href', 'src', 'action'])

/** Controls and letters that are none: HTML forbids them in a page and every browser reads them as letters all the same. */
const ODD_LETTERS = new Set([
  'unexpected-null-character',
  'null-character-reference',
  'control-character-reference',
  'noncharacter-character-reference',
  'control-character-in-input-stream',
  'noncharacter-in-input-stream',
])

export type ReadHtml = { readonly words: string; readonly harms: readonly string[]; readonly data: readonly string[] }

export const readPage = (html: string): ReadHtml => {
  const errors: string[] = []
  // The one style of all pages and their scripts, which are the same everywhere, are not read a thousand times.
  const own = [
    `<style>${pageStyle}</style>`,
    `<script>${pageScript}</script>`,
    `<script>${searchScript}</script>`,
    `<script type="module">${playerScript}</script>`,
  ].reduce((rest, part) => rest.replace(part, ''), html)
  const document = parse(own, { onParseError: ({ code }) => errors.push(code) })
  return readTree(document, errors)
}

/** Of a page without the elements around it, as feeds hold it. */
export const readPart = (html: string): ReadHtml => {
  const errors: string[] = []
  return readTree(parseFragment(html, { onParseError: ({ code }) => errors.push(code) }), errors)
}

const readTree = (root: Node, errors: readonly string[]): ReadHtml => {
  const harms = errors.filter((code) => !ODD_LETTERS.has(code))
  const data: string[] = []
  let words = ''
  const visit = (node: Node) => {
    if (defaultTreeAdapter.isTextNode(node)) words += node.value
    else if (defaultTreeAdapter.isCommentNode(node)) harms.push(`a comment: ${node.data}`)
    else if (defaultTreeAdapter.isElementNode(node)) {
      harms.push(...harmsOf(node))
      if (node.tagName === 'script') data.push(textOf(node))
      else for (const child of node.childNodes) visit(child)
      if (['p', 'li', 'dd', 'br', 'h1', 'h2', 'h3', 'div'].includes(node.tagName)) words += '\n'
    } else if ('childNodes' in node) for (const child of node.childNodes) visit(child)
  }
  visit(root)
  return { words, harms, data }
}

const harmsOf = (element: Element): string[] => [
  ...(ELEMENTS.has(element.tagName) ? [] : [`an element: ${element.tagName}`]),
  ...(element.tagName === 'script' && attribute(element, 'type') !== 'application/ld+json' ? ['a script'] : []),
  ...(element.tagName === 'meta' && attribute(element, 'http-equiv') !== undefined ? ['a meta that acts'] : []),
  ...element.attrs.flatMap(({ name, value }) => [
    ...(ATTRIBUTES.has(name) ? [] : [`an attribute: ${name}`]),
    ...(FOLLOWED.has(name) && !isHarmless(value) ? [`an address: ${value}`] : []),
  ]),
]

const attribute = (element: Element, name: string) => element.attrs.find((one) => one.name === name)?.value

const textOf = (element: Element): string =>
  element.childNodes.map((node) => (defaultTreeAdapter.isTextNode(node) ? node.value : '')).join('')

/** Of the web, or within the site; nothing in it that is not seen or that turns the letters round. */
export const isHarmless = (address: string): boolean =>
  /^(https?:\/\/|mailto:|#|\/(?![/\\])|[\w.-]+$)/i.test(address) &&
  !/[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u.test(address) &&
  !/^https?:\/\/[^/?#]*@/i.test(address)
