import type { Inline, Marks } from '@stet/schema/snapshot'
import type { PhrasingContent } from 'mdast'
import { spokenInlines } from './spoken-inlines.ts'

/**
 * Words with their marks. A reference says where a cited range ends and not where it began: it is taken to begin with the
 * sentence, but behind the reference before it.
 */
export const markdownInlines = (nodes: readonly PhrasingContent[], sourceIds: ReadonlyMap<string, string>): Inline[] => {
  const inlines: Inline[] = []
  let behind = 0
  let range: number | null = null
  for (const flow of flowsOf(nodes, {})) {
    if (flow.type === 'inline') {
      inlines.push(...(flow.inline.type === 'text' ? wordsOf(flow.inline) : [flow.inline]))
      range = null
    } else {
      // References in a row stand behind one range.
      range ??= apartFrom(behind, inlines, beginningOfSentence(inlines, behind))
      cite(inlines, range, sourceIds.get(flow.identifier))
      behind = inlines.length
    }
  }
  return merged(inlines)
}

type Flow = { readonly type: 'inline'; readonly inline: Inline } | { readonly type: 'reference'; readonly identifier: string }

const flowsOf = (nodes: readonly PhrasingContent[], marks: Marks): Flow[] =>
  nodes.flatMap((node): Flow[] => {
    switch (node.type) {
      case 'text':
        return spokenInlines(node.value.replaceAll('\n', ' ')).map((inline) => marked(inline, marks))
      case 'inlineCode':
        return node.value === '' ? [] : [marked({ type: 'text', text: node.value }, { ...marks, code: true })]
      case 'break':
        return [marked({ type: 'text', text: '\n' }, {})]
      case 'strong':
        return flowsOf(node.children, { ...marks, strong: true })
      case 'emphasis':
        return flowsOf(node.children, { ...marks, em: true })
      case 'link':
        return flowsOf(node.children, { ...marks, link: node.url })
      case 'footnoteReference':
        return [{ type: 'reference', identifier: node.identifier }]
      default:
        return 'value' in node ? [marked({ type: 'text', text: node.value }, marks)] : []
    }
  })

const marked = (inline: Inline, marks: Marks): Flow => ({
  type: 'inline',
  inline: Object.keys(marks).length === 0 ? inline : { ...inline, marks },
})

/** One inline for each word, so that a range can begin at any of them. */
const wordsOf = (inline: Extract<Inline, { type: 'text' }>): Inline[] =>
  (inline.text.match(/\s+|\S+/g) ?? []).map((text) => ({ ...inline, text }))

const beginningOfSentence = (inlines: readonly Inline[], from: number): number => {
  let at = inlines.length
  while (at > from && !(at < inlines.length && endsBefore(inlines, at))) at -= 1
  while (at < inlines.length - 1 && isSpace(inlines[at])) at += 1
  return at
}

/** A range that touched the one before would be one with it: a character is left between, if there is more than one. */
const apartFrom = (behind: number, inlines: Inline[], at: number): number => {
  const first = inlines[at]
  if (at !== behind || behind === 0 || first === undefined) return at
  const [character = '', ...rest] = first.type === 'text' ? first.text : ''
  if (first.type === 'cue' || rest.length === 0) return Math.min(at + 1, inlines.length - 1)
  inlines.splice(at, 1, { ...first, text: character }, { ...first, text: rest.join('') })
  return at + 1
}

const endsBefore = (inlines: readonly Inline[], at: number): boolean => {
  const [before, space] = [inlines[at - 1], inlines[at]]
  return isSpace(space) && before?.type === 'text' && /[.?!…]["”’)\]]*$/.test(before.text)
}

const isSpace = (inline: Inline | undefined): boolean => inline?.type === 'text' && inline.text.trim() === ''

const cite = (inlines: Inline[], from: number, source: string | undefined): void => {
  if (source === undefined) return
  for (let at = from; at < inlines.length; at++) {
    const inline = inlines[at] as Inline
    const cites = [...new Set([...(inline.marks?.cites ?? []), source])]
    inlines[at] = { ...inline, marks: { ...inline.marks, cites } }
  }
}

/** Neighbours with the same marks are one run. */
const merged = (inlines: readonly Inline[]): Inline[] => {
  const runs: Inline[] = []
  for (const inline of inlines) {
    const before = runs.at(-1)
    if (before?.type === 'text' && inline.type === 'text' && JSON.stringify(before.marks) === JSON.stringify(inline.marks))
      runs[runs.length - 1] = { ...before, text: before.text + inline.text }
    else runs.push(inline)
  }
  return runs
}
