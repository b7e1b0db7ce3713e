import type { Block, Inline, Marks, Snapshot, Source } from '@stet/schema/snapshot'
import fc from 'fast-check'
import type { FootnoteDefinition, Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote'
import { gfmFootnote } from 'micromark-extension-gfm-footnote'
import { expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { essay, lighthouse } from './lighthouse.fixture.ts'
import { renderMarkdown } from './markdown.ts'

const read = (markdown: string): { front: unknown; tree: Root } => {
  const end = markdown.indexOf('\n---\n', 3)
  const options = { extensions: [gfmFootnote()], mdastExtensions: [gfmFootnoteFromMarkdown()] }
  return { front: parseYaml(markdown.slice(4, end + 1)), tree: fromMarkdown(markdown.slice(end + 5), options) }
}

const wordsOf = (node: Nodes): string => {
  if (node.type === 'break') return '\n'
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(wordsOf).join(node.type === 'list' ? '\n' : '') : ''
}
/** White space is not what is tested: Markdown reads several spaces as one. */
const bare = (text: string): string =>
  text
    .replaceAll('\0', '\uFFFD')
    .replaceAll(/[\s\u00a0]+/g, ' ')
    .trim()

const typesOf = (node: Nodes): unknown =>
  'children' in node ? [node.type, ...node.children.map(typesOf).filter((type) => type !== 'text')] : node.type

test('front matter says what it is', () => {
  expect(read(renderMarkdown(lighthouse)).front).toEqual({
    title: 'The Light That Was Switched Off Twice',
    kind: 'dispatch',
    number: 14,
    date: '2026-04-11',
    language: 'en',
    quote: { text: 'Nobody signs for the dark.', name: 'Ines Vale', role: 'keeper' },
    summary: 'A light went out.\nTwo ledgers say when.',
    topics: ['Lighthouses', 'Ledgers & logs'],
    speakers: ['ines', 'Old Tom'],
    chapters: [{ start: '00:00:00', title: 'Cold open' }],
  })
})

test('turns have a name and a time, and cited ranges end in the footnotes of their sources', () => {
  const markdown = renderMarkdown(lighthouse)
  expect(markdown).toContain('## Cold open\n')
  expect(markdown).toContain('**ines** \\[00:00:00] \\[sighs] It went out at nine **sharp[^1][^2]**, they say.')
  expect(markdown).toContain('**Old Tom** \\[00:03:12] Read _[the log](https://coast.example/log)_ with `grep`.')
})

test('every source is a footnote with all that is known of it, cited or not', () => {
  const { tree } = read(renderMarkdown(lighthouse))
  const notes = tree.children.filter((node): node is FootnoteDefinition => node.type === 'footnoteDefinition')
  expect(notes.map(({ identifier }) => identifier)).toEqual(['1', '2', '3'])
  const first = notes[0]?.children.map(wordsOf).join('\n') ?? ''
  const { kind: _, tier: __, id: ___, urlIncomplete: ____, url: _____, keyPoints, ...texts } = lighthouse.sources[0] as Source
  for (const text of [...Object.values(texts), ...keyPoints, 'coast.example/ledger?page=1', 'Article · primary source'])
    expect(first).toContain(text)
  expect(JSON.stringify(notes.map(typesOf)).match(/"link"/g)).toHaveLength(1)
})

test('an essay has headings, one list, a quote and paragraphs', () => {
  const { tree } = read(renderMarkdown(essay))
  expect(tree.children.map(({ type }) => type).slice(0, 6)).toEqual([
    'heading',
    'paragraph',
    'list',
    'blockquote',
    'heading',
    'paragraph',
  ])
  expect(tree.children.filter((node) => node.type === 'heading').map(({ depth }) => depth)).toEqual([2, 3])
})

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '# ',
        '- ',
        '1. ',
        '> ',
        '```',
        '`',
        '**',
        '_',
        '*',
        '[',
        ']',
        '](',
        '(u)',
        '[^1]',
        '[^1]:',
        '![',
        '<b>',
        '&amp;',
        '&',
        '\\',
        '---',
        '===',
        '|',
        '~~',
        '    ',
        '\t',
        '\n',
        '<!--',
        'http://a.example',
        ':',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.constantFrom('a', 'Ab', ' ', '.', 'é', '"', "'"),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => text.trim() !== '')

const marks: fc.Arbitrary<Marks> = fc.record(
  { strong: fc.constant(true as const), em: fc.constant(true as const), cites: fc.constantFrom<string[]>(['s1'], ['s1', 's2']) },
  { requiredKeys: [] },
)
const inlines: fc.Arbitrary<Inline[]> = fc.array(
  fc.record({ type: fc.constant('text' as const), text: hostile, marks }, { requiredKeys: ['type', 'text'] }),
  { minLength: 1, maxLength: 4 },
)

const structureOf = (tree: Root) => tree.children.map(({ type }) => type)

test('words of a turn become neither structure nor less', () => {
  fc.assert(
    fc.property(inlines, hostile, (content, name) => {
      const turn: Block = { kind: 'turn', id: 't1', speaker: 'p1', start: 5, content }
      const snapshot: Snapshot = {
        ...lighthouse,
        speakers: [{ id: 'p1', name: name.replaceAll(/[\r\n]/g, ' '), color: 1 }],
        body: [turn],
      }
      const { tree } = read(renderMarkdown(snapshot))
      expect(structureOf(tree)).toEqual(['paragraph', 'footnoteDefinition', 'footnoteDefinition', 'footnoteDefinition'])
      const said = content.map((inline) => (inline.type === 'text' ? inline.text : '')).join('')
      expect(bare(wordsOf(tree.children[0] as Nodes))).toBe(bare(`${name} [00:00:05] ${said}`))
      expect(JSON.stringify(typesOf(tree.children[0] as Nodes))).not.toMatch(/html|link|image|inlineCode/)
    }),
    {
      numRuns: 150,
      examples: [
        [
          [
            { type: 'text', text: '一', marks: { strong: true } },
            { type: 'text', text: '𐀀_¹a', marks: { strong: true, em: true } },
            { type: 'text', text: 'a' },
          ],
          'a',
        ],
        [
          [
            { type: 'text', text: '\\', marks: { strong: true, em: true } },
            { type: 'text', text: 'a', marks: { strong: true, em: true } },
            { type: 'text', text: 'À', marks: { strong: true } },
          ],
          'a',
        ],
      ],
    },
  )
})

test('words of an essay and of a source become neither structure nor less', () => {
  const kinds = fc.constantFrom('heading', 'paragraph', 'bullet', 'quote')
  fc.assert(
    fc.property(fc.array(fc.tuple(kinds, hostile), { minLength: 1, maxLength: 4 }), hostile, (parts, field) => {
      const body = parts.map(([kind, text], index) => ({
        kind,
        id: `b${index}`,
        ...(kind === 'heading' ? { level: 2 } : {}),
        content: [{ type: 'text', text }],
      })) as Block[]
      const line = field.replaceAll(/[\r\n]/g, ' ')
      const source: Source = {
        ...(lighthouse.sources[0] as Source),
        title: line,
        publisher: line,
        description: line,
        claim: line,
        citedText: field,
        context: field,
        keyPoints: [line, line],
      }
      const { tree } = read(renderMarkdown({ ...essay, body, sources: [source] }))
      const nodeOf = { heading: 'heading', paragraph: 'paragraph', bullet: 'list', quote: 'blockquote' } as const
      const expected = parts
        .map(([kind]) => nodeOf[kind as keyof typeof nodeOf])
        .filter((type, index, all) => type !== 'list' || all[index - 1] !== 'list')
      expect(structureOf(tree)).toEqual([...expected, 'footnoteDefinition'])
      expect(bare(tree.children.slice(0, -1).map(wordsOf).join('\n'))).toBe(bare(parts.map(([, text]) => text).join('\n')))
      const note = tree.children.at(-1) as FootnoteDefinition
      expect(note.children.map(({ type }) => type)).toEqual([
        'paragraph',
        'paragraph',
        'paragraph',
        'paragraph',
        'paragraph',
        'list',
        'paragraph',
      ])
      expect(bare(wordsOf(note.children[3] as Nodes))).toBe(bare(`Context: ${field}`))
      expect(bare(wordsOf(note.children[0] as Nodes))).toBe(bare(`${line} ${line} — ${line} coast.example/ledger?page=1`))
    }),
    { numRuns: 150 },
  )
})

test('front matter holds whatever a title holds', () => {
  fc.assert(
    fc.property(hostile, (title) => {
      expect((read(renderMarkdown({ ...essay, title })).front as { title: string }).title).toBe(title)
    }),
  )
})
