import type { Timing } from '@stet/schema/lay-timeline'
import { displayUrl, followableUrl } from '@stet/schema/link'
import type { Block, Inline, Snapshot, Source, Turn } from '@stet/schema/snapshot'
import { formatClock, timelineOf } from '@stet/schema/timeline'
import type { FootnoteDefinition, List, Paragraph, PhrasingContent, Root, RootContent } from 'mdast'
import { gfmFootnoteToMarkdown } from 'mdast-util-gfm-footnote'
import { toMarkdown } from 'mdast-util-to-markdown'
import { stringify } from 'yaml'
import { citedInlines } from './cited-inlines.ts'
import { printText } from './markdown-text.ts'

/** CommonMark with footnotes under YAML front matter: the front matter says what it is, the rest is to be read. */
export const renderMarkdown = (snapshot: Snapshot): string => {
  const root: Root = { type: 'root', children: [...bodyNodes(snapshot), ...snapshot.sources.map(footnote)] }
  const front = stringify(frontMatter(snapshot), { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' })
  const read = toMarkdown(root, {
    extensions: [gfmFootnoteToMarkdown()],
    bullet: '-',
    emphasis: '_',
    rule: '-',
    listItemIndent: 'one',
    handlers: { text: printText },
  })
  return `---\n${front}---\n\n${wholeCharacters(read)}`
}

/**
 * Where a mark meets a letter, the printer writes that letter as a reference, but only the first or last UTF-16 unit of
 * one beyond the basic plane (mdast-util-to-markdown 2.1). The halves become one reference again.
 */
const wholeCharacters = (markdown: string): string =>
  markdown
    .replaceAll(/&#x(D[89AB][0-9A-F]{2});([\uDC00-\uDFFF])/g, (_, high: string, low: string) => asReference(unit(high) + low))
    .replaceAll(/([\uD800-\uDBFF])&#x(D[C-F][0-9A-F]{2});/g, (_, high: string, low: string) => asReference(high + unit(low)))

const unit = (hex: string): string => String.fromCharCode(Number.parseInt(hex, 16))

const asReference = (character: string): string => `&#x${character.codePointAt(0)?.toString(16).toUpperCase()};`

const frontMatter = (snapshot: Snapshot) => {
  const timeline = timelineOf(snapshot)
  const chapters = snapshot.body.filter((block) => block.kind === 'chapter')
  return withoutAbsent({
    title: snapshot.title,
    kind: snapshot.kind,
    number: snapshot.number,
    date: snapshot.date,
    language: snapshot.language,
    byline: snapshot.byline,
    quote: snapshot.quote,
    summary: snapshot.summary,
    topics: snapshot.topics,
    speakers: snapshot.speakers.map((speaker) => speaker.name),
    chapters: chapters.map((chapter) => ({
      start: formatClock(timeline.get(chapter.id)?.start ?? 0),
      title: plainWords(chapter.content),
    })),
  })
}

const withoutAbsent = (fields: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)),
  )

const bodyNodes = (snapshot: Snapshot): RootContent[] => {
  const timeline = timelineOf(snapshot)
  const nodes: RootContent[] = []
  for (const block of snapshot.body) {
    if (block.content.length === 0) continue
    const before = nodes.at(-1)
    const node = blockNode(block, snapshot, timeline.get(block.id))
    // Bullets in a row are one list.
    if (node.type === 'list' && before?.type === 'list') before.children.push(...node.children)
    else nodes.push(node)
  }
  return nodes
}

const blockNode = (block: Block, snapshot: Snapshot, timing: Timing | undefined): RootContent => {
  if (block.kind === 'turn') return turnNode(block, snapshot, timing)
  const children = phrasing(block.content, snapshot.sources)
  switch (block.kind) {
    case 'chapter':
      return { type: 'heading', depth: 2, children: withoutBreaks(children) }
    case 'heading':
      return { type: 'heading', depth: block.level, children: withoutBreaks(children) }
    case 'paragraph':
      return { type: 'paragraph', children }
    case 'bullet':
      return bulletList([children])
    case 'quote':
      return { type: 'blockquote', children: [{ type: 'paragraph', children }] }
  }
}

/** `**name** [00:00:24] what is said` */
const turnNode = (turn: Turn, snapshot: Snapshot, timing: Timing | undefined): Paragraph => {
  const name = snapshot.speakers.find((speaker) => speaker.id === turn.speaker)?.name ?? ''
  const clock = `[${formatClock(timing?.start ?? 0)}] `
  const lead: PhrasingContent[] = name === '' ? [text(clock)] : [{ type: 'strong', children: [text(name)] }, text(` ${clock}`)]
  return { type: 'paragraph', children: [...lead, ...phrasing(turn.content, snapshot.sources)] }
}

type Atom = { readonly node: PhrasingContent; readonly strong: boolean; readonly em: boolean; readonly link: string | null }

const phrasing = (inlines: readonly Inline[], sources: readonly Source[]): PhrasingContent[] => {
  const atoms = citedInlines(inlines, sources).flatMap((flow): Atom[] => {
    if (flow.type === 'inline') return inlineAtoms(flow.inline)
    // A reference stands in the emphasis that it follows, so that it does not cut it in two, but never in a link.
    const { strong = false, em = false } = flow.after.marks ?? {}
    return flow.sources.map((number) => ({ node: reference(number), strong, em, link: null }))
  })
  return nested(atoms)
}

const inlineAtoms = (inline: Inline): Atom[] => {
  const { strong = false, em = false, code = false, link } = inline.marks ?? {}
  const format = { strong, em, link: link === undefined ? null : followableUrl(link) }
  if (inline.type === 'cue') return [{ node: text(`[${inline.cue}]`), ...format }]
  if (code) return [{ node: { type: 'inlineCode', value: oneLine(inline.text) }, ...format }]
  return lines(inline.text).flatMap((line, index): Atom[] => [
    ...(index > 0 ? [{ node: { type: 'break' } as const, ...plain }] : []),
    ...wordAtoms(line, format),
  ])
}

const plain = { strong: false, em: false, link: null }

/** Emphasis cannot begin or end with a space, so spaces at the ends of marked words stand outside their marks. */
const wordAtoms = (line: string, format: Omit<Atom, 'node'>): Atom[] => {
  const core = line.trim()
  const from = line.indexOf(core)
  const parts: Atom[] = [
    { node: text(line.slice(0, from)), ...plain },
    { node: text(core), ...format },
    { node: text(line.slice(from + core.length)), ...plain },
  ]
  return parts.filter(({ node }) => 'value' in node && node.value !== '')
}

/** A break at either end would break nothing, and show as a backslash. */
const withoutOuterBreaks = (atoms: readonly Atom[]): readonly Atom[] => {
  const isSpace = ({ node }: Atom) => node.type === 'break' || (node.type === 'text' && node.value.trim() === '')
  const first = atoms.findIndex((atom) => !isSpace(atom))
  return first < 0 ? [] : atoms.slice(first, atoms.findLastIndex((atom) => !isSpace(atom)) + 1)
}

/** A space between two words of one mark is of it too, so that the mark is not cut in two. */
const withSpacesInside = (atoms: readonly Atom[]): readonly Atom[] =>
  atoms.map((atom, index) => {
    const [before, after] = [atoms[index - 1], atoms[index + 1]]
    if (atom.node.type !== 'text' || atom.node.value.trim() !== '' || before === undefined || after === undefined) return atom
    const link = before.link === after.link ? before.link : null
    return { node: atom.node, strong: before.strong && after.strong, em: before.em && after.em, link }
  })

/** Neighbours with the same mark share one element: two side by side would read as one run of asterisks. */
const nested = (atoms: readonly Atom[]): PhrasingContent[] =>
  grouped(withSpacesInside(withoutOuterBreaks(atoms)), (atom) => atom.strong).flatMap(({ key: strong, members }) => {
    const inStrong = grouped(members, (atom) => atom.em).flatMap(({ key: em, members: emphasised }) => {
      const inEm = grouped(emphasised, (atom) => atom.link).flatMap(({ key: url, members: linked }): PhrasingContent[] => {
        const nodes = linked.map((atom) => atom.node)
        return url === null ? nodes : [{ type: 'link', url, children: nodes as never }]
      })
      return em ? [{ type: 'emphasis' as const, children: inEm }] : inEm
    })
    return strong ? [{ type: 'strong' as const, children: inStrong }] : inStrong
  })

const grouped = <Member, Key>(members: readonly Member[], keyOf: (member: Member) => Key) => {
  const groups: { key: Key; members: Member[] }[] = []
  for (const member of members) {
    const last = groups.at(-1)
    if (last !== undefined && last.key === keyOf(member)) last.members.push(member)
    else groups.push({ key: keyOf(member), members: [member] })
  }
  return groups
}

const reference = (number: number): PhrasingContent => ({
  type: 'footnoteReference',
  identifier: String(number),
  label: String(number),
})

/** A source with all that is known of it. Sources that nothing cites stand here too. */
const footnote = (source: Source, index: number): FootnoteDefinition => {
  const provenance = [source.kind, source.tier === null ? '' : `${source.tier} source`].filter((part) => part !== '').join(' · ')
  const details: [string, string][] = [
    ['Claim', source.claim],
    ['Cited text', source.citedText],
    ['Context', source.context],
  ]
  const lead: PhrasingContent[] = [
    ...(source.title === '' ? [] : [{ type: 'strong' as const, children: [text(source.title)] }]),
    ...spaced(source.publisher),
    ...spaced(source.description === '' ? '' : `— ${source.description}`),
    ...linkNodes(source),
  ]
  return {
    type: 'footnoteDefinition',
    identifier: String(index + 1),
    label: String(index + 1),
    children: [
      { type: 'paragraph', children: lead },
      ...details.filter(([, value]) => value !== '').map(([label, value]) => labelled(label, value)),
      ...(source.keyPoints.length === 0
        ? []
        : [labelled('Key points', ''), bulletList(source.keyPoints.map((point) => [text(point)]))]),
      ...(provenance === '' ? [] : [labelled('Provenance', provenance)]),
    ],
  }
}

const spaced = (words: string): PhrasingContent[] => (words === '' ? [] : [text(` ${words}`)])

const linkNodes = ({ url }: Source): PhrasingContent[] => {
  if (url === '') return []
  const href = followableUrl(url)
  // As code where it leads nowhere: many readers of Markdown make links of bare addresses.
  if (href === null) return [text(' '), { type: 'inlineCode', value: displayUrl(url) }]
  return [text(' '), { type: 'link', url: href, children: [text(displayUrl(url))] }]
}

const labelled = (label: string, value: string): Paragraph => ({
  type: 'paragraph',
  children: [{ type: 'emphasis', children: [text(`${label}:`)] }, ...(value === '' ? [] : [text(' '), ...phrasingLines(value)])],
})

const phrasingLines = (value: string): PhrasingContent[] => nested(inlineAtoms({ type: 'text', text: value }))

const bulletList = (items: readonly PhrasingContent[][]): List => ({
  type: 'list',
  ordered: false,
  spread: false,
  children: items.map((children) => ({ type: 'listItem', spread: false, children: [{ type: 'paragraph', children }] })),
})

/** A heading of Markdown is one line. */
const withoutBreaks = (nodes: readonly PhrasingContent[]): PhrasingContent[] =>
  nodes.map((node) => {
    if (node.type === 'break') return text(' ')
    return 'children' in node ? { ...node, children: withoutBreaks(node.children) as never } : node
  })

const text = (value: string): { type: 'text'; value: string } => ({ type: 'text', value: oneLine(value) })

const lines = (value: string): string[] => value.split(/\r\n|\r|\n/)

const oneLine = (value: string): string => value.replaceAll(/\r\n|\r|\n/g, ' ')

const plainWords = (inlines: readonly Inline[]): string =>
  oneLine(inlines.map((inline) => (inline.type === 'text' ? inline.text : `[${inline.cue}]`)).join(''))
