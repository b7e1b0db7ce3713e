import { type Block, type Content, emptyContent, type Speaker } from '@stet/schema/snapshot'
import { parseClock } from '@stet/schema/timeline'
import type { ListItem, Paragraph, Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote'
import { gfmFootnote } from 'micromark-extension-gfm-footnote'
import { type FrontMatter, readFrontMatter } from './front-matter.ts'
import { checkedContent, type ImportResult } from './import-outcome.ts'
import { type LineReader, readLines } from './line-reader.ts'
import { markdownInlines } from './markdown-inlines.ts'
import { markdownSource } from './markdown-source.ts'

/** A dispatch or an essay from the Markdown that we write: front matter, blocks, and a footnote for each source. */
export const importMarkdown = (text: string): ImportResult => {
  const lines = readLines(text)
  const front = readFrontMatter(lines)
  if (front === null) return checkedContent(lines, emptyContent('dispatch'))
  const before = lines.number() - 1
  const tree = parse(restOf(lines))
  return checkedContent(lines, contentOf(front, tree, before, lines))
}

const restOf = (lines: LineReader): string => {
  const rest: string[] = []
  while (lines.peek() !== null) rest.push(lines.take())
  return rest.join('\n')
}

const parse = (markdown: string): Root =>
  fromMarkdown(markdown, {
    extensions: [gfmFootnote(), { disable: { null: ['htmlFlow', 'htmlText', 'codeIndented', 'definition'] } }],
    mdastExtensions: [gfmFootnoteFromMarkdown()],
  })

const COLORS = 6

const contentOf = (front: FrontMatter, tree: Root, before: number, lines: LineReader): Content => {
  const lineOf = (node: RootContent | ListItem) => before + (node.position?.start.line ?? 1)
  const notes = tree.children.filter((node) => node.type === 'footnoteDefinition')
  const sourceIds = new Map(notes.map(({ identifier }, index) => [identifier, `s${index + 1}`]))
  const sources = notes.map((note, index) => {
    lines.note(lineOf(note), 'sources', index)
    return markdownSource(note, `s${index + 1}`)
  })

  const speakers: Speaker[] = front.speakers.map((name, index) => ({ id: `p${index + 1}`, name, color: (index % COLORS) + 1 }))
  const speakerOf = (name: string): string => {
    const known = speakers.find((speaker) => speaker.name === name)
    if (known !== undefined) return known.id
    speakers.push({ id: `p${speakers.length + 1}`, name, color: (speakers.length % COLORS) + 1 })
    return `p${speakers.length}`
  }

  const chapters = [...front.chapters]
  const body: Block[] = []
  const add = (node: RootContent | ListItem, block: DistributiveOmit<Block, 'id'>) => {
    lines.note(lineOf(node), 'body', body.length)
    body.push({ ...block, id: `b${body.length + 1}` } as Block)
  }
  const inlinesOf = (node: Paragraph | undefined) => markdownInlines(node?.children ?? [], sourceIds)
  const onlyParagraph = (node: { readonly children: readonly { readonly type: string }[] }): Paragraph | undefined => {
    const [first, ...rest] = node.children
    return rest.length === 0 && first?.type === 'paragraph' ? (first as Paragraph) : undefined
  }

  for (const node of tree.children) {
    if (node.type === 'footnoteDefinition') continue
    if (node.type === 'heading' && (node.depth === 2 || node.depth === 3)) {
      const content = markdownInlines(node.children, sourceIds)
      if (front.kind === 'essay' || node.depth === 3) add(node, { kind: 'heading', level: node.depth, content })
      else add(node, { kind: 'chapter', start: parseClock(chapters.shift()?.start ?? ''), content })
    } else if (node.type === 'paragraph') {
      const turn = turnOf(node)
      if (turn === null) add(node, { kind: 'paragraph', content: inlinesOf(node) })
      else
        add(node, {
          kind: 'turn',
          speaker: turn.name === '' ? null : speakerOf(turn.name),
          start: turn.start,
          content: markdownInlines(turn.said, sourceIds),
        })
    } else if (node.type === 'list' && node.ordered !== true && node.children.every((item) => onlyParagraph(item))) {
      for (const item of node.children) add(item, { kind: 'bullet', content: inlinesOf(onlyParagraph(item)) })
    } else if (node.type === 'blockquote' && onlyParagraph(node)) {
      add(node, { kind: 'quote', content: inlinesOf(onlyParagraph(node)) })
    } else lines.fail('a heading of two or three "#", a paragraph, a list with "-", a quote, or a footnote', lineOf(node))
  }
  const { kind, speakers: _, chapters: __, ...fields } = front
  return { ...emptyContent(kind), ...fields, speakers, sources, body }
}

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never

/** `**name** [00:00:24] what is said`; nobody's turn begins with the clock. */
const turnOf = ({ children }: Paragraph): { name: string; start: number; said: Paragraph['children'] } | null => {
  const [lead, ...rest] = children
  const [named] = lead?.type === 'strong' ? lead.children : []
  const name = lead?.type === 'strong' && lead.children.length === 1 && named?.type === 'text' ? named.value : ''
  const [first, ...others] = name === '' ? children : rest
  const clock = first?.type === 'text' ? CLOCK.exec(first.value) : null
  if (first?.type !== 'text' || clock === null || (name !== '') !== first.value.startsWith(' ')) return null
  const said = first.value.slice(clock[0].length)
  return { name, start: parseClock(clock[1] ?? '') ?? 0, said: said === '' ? others : [{ ...first, value: said }, ...others] }
}

const CLOCK = /^ ?\[(\d{2}:[0-5]\d:[0-5]\d)\](?: |$)/
