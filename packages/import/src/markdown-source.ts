import type { Source } from '@stet/schema/snapshot'
import type { FootnoteDefinition, Nodes, Paragraph, PhrasingContent } from 'mdast'
import { emptySource } from './empty-source.ts'
import { shownUrl } from './shown-url.ts'

/** A source from its footnote: title, publisher and link on the first line, then what is known of it, by name. */
export const markdownSource = (note: FootnoteDefinition, id: string): Source => {
  const source: Source = { ...emptySource, id }
  const [lead, ...details] = note.children
  if (lead?.type === 'paragraph') Object.assign(source, leadOf(lead))
  for (const [index, detail] of details.entries()) {
    if (detail.type !== 'paragraph') continue
    const [label, ...rest] = detail.children
    const name = label?.type === 'emphasis' ? wordsOf(label) : ''
    const value = rest.map(wordsOf).join('').replace(/^ /, '')
    const following = details[index + 1]
    if (name === 'Claim:') source.claim = value.replaceAll('\n', ' ')
    else if (name === 'Cited text:') source.citedText = value
    else if (name === 'Context:') source.context = value
    else if (name === 'Provenance:') Object.assign(source, provenanceOf(value))
    else if (name === 'Key points:' && following?.type === 'list')
      source.keyPoints = following.children.map((item) => wordsOf(item)).filter((point) => point !== '')
  }
  return source
}

const leadOf = ({ children }: Paragraph): Partial<Source> => {
  const rest = [...children]
  const title = rest[0]?.type === 'strong' ? wordsOf(rest.shift() as PhrasingContent) : ''
  const last = rest.at(-1)
  const isLink = last?.type === 'link' || last?.type === 'inlineCode'
  const link =
    last?.type === 'link' ? { url: last.url, urlIncomplete: false } : last?.type === 'inlineCode' ? shownUrl(last.value) : {}
  const origin = (isLink ? rest.slice(0, -1) : rest).map(wordsOf).join('').trim()
  const [, publisher = '', description = ''] = /^(.*?)(?: ?— (.*))?$/s.exec(origin) ?? []
  return { title, publisher, description, ...link }
}

const provenanceOf = (value: string): Partial<Source> => {
  const match = /^(?:(\S+) · )?(primary|supporting) source$/.exec(value)
  if (match !== null) return { kind: match[1] ?? '', tier: match[2] === 'primary' ? 'primary' : 'supporting' }
  return /^\S+$/.test(value) ? { kind: value } : {}
}

const wordsOf = (node: Nodes): string => {
  if (node.type === 'break') return '\n'
  if (node.type === 'footnoteReference') return `[^${node.label ?? node.identifier}]`
  if ('value' in node) return node.value.replaceAll('\n', ' ')
  return 'children' in node ? node.children.map((child) => wordsOf(child)).join('') : ''
}
