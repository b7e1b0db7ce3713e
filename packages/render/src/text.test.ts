import { readFileSync } from 'node:fs'
import { importText } from '@stet/import/import-text'
import { type Block, type Content, emptyContent, type Inline, type Snapshot, type Source } from '@stet/schema/snapshot'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { essay, lighthouse } from './lighthouse.fixture.ts'
import { renderText } from './text.ts'

const snapshotOf = (content: Content): Snapshot => ({ layout: 1, id: lighthouse.id, ...content })

const DETAILS = ['Cited text', 'Context', 'Key points', 'Provenance']
const SECTIONS = ['Transcript', 'Sources', 'Chapters', '-', ...DETAILS.map((name) => `- ${name}`)]

/** One line that stands for itself: not empty of meaning to the grammar, and no marker of it. */
const line = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .filter((text) => !/[\n\r]/.test(text) && !SECTIONS.includes(text) && !DETAILS.includes(text) && !text.endsWith(' →Details'))
const someLine = line.filter((text) => text !== '')
const title = line.filter((text) => text.trim() !== '')
const undashed = line.filter((text) => !text.includes('—'))
const unquoted = line.filter((text) => !/[“”]/.test(text))

const quote = fc.record({ text: unquoted, name: undashed.filter((name) => !name.includes(',')), role: line })
/** A letter in front keeps a line from being a topic, a section, a turn, a quote or an attribution. */
const summary = fc.array(line, { maxLength: 3 }).map((lines) => lines.map((text) => `S:${text}`).join('\n\n'))

const url = fc.oneof(
  fc.constant({ url: '', urlIncomplete: false }),
  fc.stringMatching(/^[a-z/?=&.-]{0,30}$/).map((path) => ({ url: `https://a.example/${path}`, urlIncomplete: false })),
  fc.stringMatching(/^[a-z/]{33}$/).map((path) => ({ url: `https://a.example/${path}…`, urlIncomplete: true })),
)
const sourceFields = fc
  .tuple(
    fc.record({
      title: line,
      kind: fc.constantFrom('', 'Article', 'Data'),
      tier: fc.constantFrom(null, 'primary' as const, 'supporting' as const),
      publisher: undashed,
      description: line,
      claim: line,
      citedText: line,
      context: line,
      keyPoints: fc.array(someLine, { maxLength: 3 }),
    }),
    url,
  )
  .map(([fields, address]) => ({ ...fields, ...address }))

const NAMES = ['ada', 'Old Tom', 'bo', 'Żółw 2', 'cy', 'DJ', 'eve']
const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => !/[\n\r[\]]/.test(text))
const inlines: fc.Arbitrary<Inline[]> = fc
  .array(fc.oneof(words, fc.constantFrom({ cue: 'tsk' }, { cue: 'long pause' })), { minLength: 1, maxLength: 4 })
  .map((parts) => {
    const content: Inline[] = []
    for (const part of parts) {
      const last = content.at(-1)
      if (typeof part !== 'string') content.push({ type: 'cue', cue: part.cue })
      else if (last?.type === 'text') last.text += part
      else content.push({ type: 'text', text: part })
    }
    return content
  })
const turns = fc.array(fc.record({ name: fc.constantFrom(...NAMES), start: fc.nat(40), content: inlines }), { maxLength: 6 })
const chapters = fc.array(fc.record({ start: fc.nat(45), title: someLine }), { maxLength: 3 })

/** What the grammar can hold, with the ids that the importer gives. */
const dispatch = fc
  .record({
    number: fc.option(fc.integer({ min: 1, max: 999_999 })),
    date: fc.constantFrom(null, '2026-02-28', '2024-02-29'),
    title,
    quote: fc.option(quote),
    summary,
    topics: fc.array(someLine, { maxLength: 3 }),
    sources: fc.array(sourceFields, { maxLength: 3 }),
    turns,
    chapters,
  })
  .map(({ turns, chapters, sources, ...fields }): Content => {
    const byStart = <Timed extends { start: number }>(items: Timed[]) => [...items].sort((a, b) => a.start - b.start)
    const names = [...new Set(byStart(turns).map(({ name }) => name))]
    const waiting = byStart(chapters)
    const body: Block[] = []
    const addChapters = (until: number) => {
      while (waiting[0] !== undefined && waiting[0].start <= until) {
        const { start, title } = waiting.shift() as { start: number; title: string }
        body.push({ kind: 'chapter', id: `b${body.length + 1}`, start, content: [{ type: 'text', text: title }] })
      }
    }
    for (const { name, start, content } of byStart(turns)) {
      addChapters(start)
      body.push({ kind: 'turn', id: `b${body.length + 1}`, speaker: `p${names.indexOf(name) + 1}`, start, content })
    }
    addChapters(Number.POSITIVE_INFINITY)
    return {
      ...emptyContent('dispatch'),
      ...fields,
      speakers: names.map((name, index) => ({ id: `p${index + 1}`, name, color: (index % 6) + 1 })),
      sources: sources.map((source, index): Source => ({ id: `s${index + 1}`, ...source })),
      body,
    }
  })

test('I1: a dispatch that the grammar can hold comes back whole', () => {
  fc.assert(
    fc.property(dispatch, (content) => {
      expect(importText(renderText(snapshotOf(content)), { speakers: NAMES })).toEqual({ ok: true, content })
    }),
    { numRuns: 300 },
  )
})

const phrase = fc.stringMatching(/^[a-z ,—'()]{0,20}$/)
const text = (value: string): Inline[] => [{ type: 'text', text: value }]
type EssayPart = Pick<Block, 'kind' | 'content'>
const essayPart: fc.Arbitrary<EssayPart[]> = fc.oneof(
  phrase.map((words): EssayPart[] => [{ kind: 'paragraph', content: text(`P${words}.`) }]),
  phrase.map((words): EssayPart[] => [{ kind: 'paragraph', content: text(`P${words}:`) }]),
  phrase.map((words): EssayPart[] => [{ kind: 'bullet', content: text(`B${words}x\nthen ${words}`) }]),
  unquoted.filter((words) => words !== '').map((words): EssayPart[] => [{ kind: 'quote', content: text(words) }]),
  fc.tuple(phrase, phrase).map(([heading, words]): EssayPart[] => [
    { kind: 'heading', content: text(`H${heading}x`) },
    { kind: 'paragraph', content: text(`P${words}.`) },
  ]),
)
const essayContent = fc
  .record({
    title: title.filter((words) => !words.startsWith('◆') && !/^dispatch/i.test(words) && !words.startsWith('\uFEFF')),
    byline: fc.record({ role: fc.constantFrom('', 'Editor', 'Guest editor'), handle: fc.stringMatching(/^@[a-z]{1,8}$/) }),
    parts: fc.array(essayPart, { maxLength: 8 }),
    sources: fc.array(fc.tuple(fc.stringMatching(/^[A-Z][a-z ]{0,10}$/), fc.stringMatching(/^([a-z][a-z, ]{0,10})?$/)), {
      maxLength: 3,
    }),
  })
  .map(
    ({ title, byline, parts, sources }): Content => ({
      ...emptyContent('essay'),
      title,
      byline,
      sources: sources.map(
        ([name, note], index): Source => ({
          ...(essay.sources[0] as Source),
          id: `s${index + 1}`,
          title: name,
          description: note,
        }),
      ),
      body: parts
        .flat()
        .map((part, index) => ({ ...part, id: `b${index + 1}`, ...(part.kind === 'heading' ? { level: 2 } : {}) }) as Block),
    }),
  )

test('I1: an essay comes back whole, but for the levels of headings, which come back the same from then on', () => {
  const level2 = (content: Content) => content.body.map((block) => (block.kind === 'heading' ? { ...block, level: 2 } : block))
  fc.assert(
    fc.property(essayContent, (content) => {
      const printed = renderText(snapshotOf(content))
      const read = importText(printed)
      if (!read.ok) throw new Error(JSON.stringify(read.fault))
      expect({ ...read.content, body: level2(read.content) }).toEqual(content)
      expect(renderText(snapshotOf(read.content))).toBe(printed)
      expect(importText(renderText(snapshotOf(read.content)))).toEqual(read)
    }),
    { numRuns: 300 },
  )
})

test('newlines in places of one line become spaces', () => {
  const printed = renderText({
    ...lighthouse,
    quote: { text: 'One\nline.', name: 'Ines\r\nVale', role: '' },
    body: [{ kind: 'turn', id: 't1', speaker: 'p1', start: 3, content: [{ type: 'text', text: 'One\nturn.' }] }],
    sources: [{ ...(lighthouse.sources[0] as Source), citedText: 'Two\nlines.', context: 'And\nthese.' }],
  })
  for (const expected of ['“One line.”', '— Ines Vale', '00:00:03 inesOne turn.', 'Two lines.', '- And these.'])
    expect(printed.split('\n')).toContain(expected)
})

test('a turn without a recorded time shows the estimated one, and an empty turn no line', () => {
  expect(renderText(lighthouse).split('\n').slice(-2)).toEqual(['00:03:12 inesAt the same time.', '00:03:13 Old TomAnd later.'])
})

test('text ends without a newline', () => {
  expect(renderText(essay)).toBe(
    [
      'On Switching Off',
      'by Night editor @ines',
      'The Switch',
      'It has two positions.',
      '- On, which',
      'is reflexive',
      '- Off.',
      '“Leave it.”',
      'The Dark',
      'It has none.',
      'Sources: Coast Board (annual report), A letter',
    ].join('\n'),
  )
})

describe.runIf(process.env.STET_SEEDS)('the seeds', () => {
  test.each(['dispatch-008.txt', 'roundup-essay.txt'])('I1: %s comes back byte for byte', (name) => {
    const seed = readFileSync(`${process.env.STET_SEEDS}/${name}`, 'utf8')
    const read = importText(seed)
    if (!read.ok) throw new Error(JSON.stringify(read.fault))
    expect(renderText(snapshotOf(read.content))).toBe(seed)
  })
})
