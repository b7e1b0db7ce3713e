import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DispatchId } from '../ids.ts'
import { isIncompleteUrl } from '../link.ts'
import type { Block, Content, Inline, Marks } from '../snapshot.ts'
import { openDispatch } from './open-dispatch.ts'
import { createSnapshotTaker, takeSnapshot } from './take-snapshot.ts'
import { writeContent } from './write-content.ts'

const id = 'abcdefghijklmnopqrstuv' as DispatchId

const line = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replace(/[\n\r]/g, ' '))
const filledLine = line.filter((text) => text.trim() !== '')
const sources = ['s1', 's2', 's3']

const marks: fc.Arbitrary<Marks | undefined> = fc.option(
  fc
    .record(
      {
        strong: fc.constant(true as const),
        em: fc.constant(true as const),
        code: fc.constant(true as const),
        link: fc.webUrl(),
        cites: fc.subarray(sources, { minLength: 1 }),
      },
      { requiredKeys: [] },
    )
    .filter((set) => Object.keys(set).length > 0),
  { nil: undefined },
)
const inline: fc.Arbitrary<Inline> = fc.oneof(
  fc
    .tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), marks)
    .map(([text, set]): Inline => ({ type: 'text', text, ...(set ? { marks: set } : {}) })),
  fc.constant<Inline>({ type: 'cue', cue: 'tsk' }),
)
/** Neighbouring runs with equal marks are one run, so an honest content never holds two. */
const inlines = fc.array(inline, { maxLength: 5 }).map((list) =>
  list.filter((each, index) => {
    const before = list[index - 1]
    return !(each.type === 'text' && before?.type === 'text' && JSON.stringify(each.marks) === JSON.stringify(before.marks))
  }),
)
const start = fc.option(fc.nat(5_000))
const block = (kind: Block['kind']): fc.Arbitrary<Block> =>
  fc
    .record({
      content: inlines,
      start,
      speaker: fc.option(fc.constantFrom('p1', 'p2')),
      level: fc.constantFrom(2 as const, 3 as const),
    })
    .map((all) => {
      const own = { id: 'set below', content: all.content }
      if (kind === 'turn') return { kind, ...own, speaker: all.speaker, start: all.start }
      if (kind === 'chapter') return { kind, ...own, start: all.start }
      if (kind === 'heading') return { kind, ...own, level: all.level }
      return { kind, ...own }
    })
const content: fc.Arbitrary<Content> = fc.record({
  kind: fc.constantFrom('dispatch' as const, 'essay' as const),
  number: fc.option(fc.integer({ min: 1, max: 9_999 })),
  date: fc.option(fc.constantFrom('2026-02-03', '2026-12-31')),
  language: fc.constantFrom('en', 'de-AT'),
  title: line,
  targetSeconds: fc.option(fc.integer({ min: 1, max: 359_999 }), { nil: undefined }),
  audio: fc.option(
    fc.oneof(
      fc.record(
        {
          kind: fc.constant('file' as const),
          sha256: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
          type: fc.constantFrom('audio/mpeg' as const, 'audio/wav' as const),
          bytes: fc.integer({ min: 1, max: 1e9 }),
          seconds: fc.integer({ min: 1, max: 9_999 }),
          name: line,
        },
        { noNullPrototype: true },
      ),
      fc.record(
        {
          kind: fc.constant('link' as const),
          url: fc.constantFrom('https://example.org/a.mp3'),
          type: fc.constant('audio/mpeg' as const),
          bytes: fc.option(fc.integer({ min: 1, max: 1e9 })),
          seconds: fc.option(fc.integer({ min: 1, max: 9_999 })),
        },
        { noNullPrototype: true },
      ),
    ),
    { nil: undefined },
  ),
  byline: fc.option(fc.record({ role: filledLine, handle: line })),
  quote: fc.option(fc.record({ text: filledLine, name: line, role: line })),
  summary: line,
  topics: fc.array(filledLine, { maxLength: 3 }),
  speakers: fc.constant([
    { id: 'p1', name: 'ada', color: 1 },
    { id: 'p2', name: 'bo', color: 2 },
  ]),
  sources: fc
    .array(
      fc.record({
        title: line,
        kind: fc.constantFrom('', 'Article', 'Thread'),
        tier: fc.constantFrom(null, 'primary' as const, 'supporting' as const),
        publisher: line,
        description: line,
        claim: line,
        url: fc.constantFrom('', 'https://example.org/a', 'https://example.org/long…'),
        citedText: line,
        context: line,
        keyPoints: fc.array(filledLine, { maxLength: 3 }),
      }),
      { minLength: 3, maxLength: 3 },
    )
    .map((list) =>
      list.map((source, index) => ({ ...source, id: sources[index] as string, urlIncomplete: isIncompleteUrl(source.url) })),
    ),
  body: fc
    .array(fc.constantFrom<Block['kind']>('turn', 'chapter', 'heading', 'paragraph', 'bullet', 'quote').chain(block), {
      maxLength: 6,
    })
    .map((blocks) => blocks.map((each, index) => ({ ...each, id: `b${index + 1}` }))),
})

const filled = (value: Content): Y.Doc => {
  const doc = new Y.Doc()
  writeContent(doc, value)
  return doc
}

it('S1: what is written into a replica is what a snapshot takes out, also after a trip over the wire', () => {
  fc.assert(
    fc.property(content, (value) => {
      const copy = new Y.Doc()
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(filled(value)))
      expect(takeSnapshot(copy, id)).toEqual({ ok: true, snapshot: { layout: 1, id, ...value } })
    }),
    { numRuns: 300 },
  )
})

it('S2: a snapshot that would not be sound names each faulty place', () => {
  const doc = new Y.Doc()
  const dispatch = openDispatch(doc)
  dispatch.setMeta({ number: -1, date: 'tomorrow' }, null)
  dispatch.text('title').insert(0, 'two\nlines')
  const outcome = takeSnapshot(doc, id)
  expect(outcome.ok ? [] : outcome.problems.map(({ path }) => path.join('.'))).toEqual(['number', 'date', 'title'])
})

it('S3: a dispatch of a newer layout is not taken', () => {
  const doc = new Y.Doc()
  openDispatch(doc).meta.set('layout', 99)
  expect(takeSnapshot(doc, id)).toMatchObject({ ok: false, problems: [{ path: ['layout'] }] })
})

it('S4: a citation of a source that is gone counts as none, and so does a speaker that is gone', () => {
  const doc = new Y.Doc()
  const dispatch = openDispatch(doc)
  const block = dispatch.body.insertBlock(null, { kind: 'turn', speaker: 'nobody' }, null)
  dispatch.body.insertText({ block, offset: 0 }, 'a claim', { 'cite:gone': true }, null)
  const outcome = takeSnapshot(doc, id)
  expect(outcome.ok && outcome.snapshot.body[0]).toMatchObject({ speaker: null, content: [{ type: 'text', text: 'a claim' }] })
})

it('S5: an empty replica is an empty draft, not a fault', () => {
  expect(takeSnapshot(new Y.Doc(), id)).toMatchObject({ ok: true, snapshot: { kind: 'dispatch', title: '', body: [] } })
})

it('S1: a snapshot taken again after a change is the one that a first look would take', () => {
  const act = fc.record({ kind: fc.constantFrom('type', 'split', 'give', 'cite', 'source', 'speaker', 'fault'), at: fc.nat(50) })
  fc.assert(
    fc.property(content, fc.array(act, { maxLength: 20 }), (value, acts) => {
      const doc = new Y.Doc()
      writeContent(doc, value)
      const dispatch = openDispatch(doc)
      const { body } = dispatch
      const take = createSnapshotTaker(dispatch, id)
      for (const { kind, at } of acts) {
        const { visible } = body.read()
        const block = visible[at % Math.max(visible.length, 1)]
        if (kind === 'source') dispatch.sources.add({ title: 'new' }, null)
        else if (kind === 'speaker') dispatch.speakers.add({ name: `host ${at}`, color: 1 }, null)
        else if (!block) continue
        else if (kind === 'type') body.insertText({ block: block.id, offset: at % (block.length + 1) }, 'words', {}, null)
        else if (kind === 'split') body.split({ block: block.id, offset: at % (block.length + 1) }, {}, null)
        else if (kind === 'give') body.setFields(block.id, { speaker: dispatch.speakers.list()[0]?.id ?? null }, null)
        else if (kind === 'fault') body.setFields(block.id, { start: at % 2 ? -1 : 5 }, null)
        else body.formatText(block.id, 0, block.length, { [`cite:${dispatch.sources.list()[0]?.id}`]: true }, null)
        expect(take()).toEqual(takeSnapshot(doc, id))
      }
    }),
    { numRuns: 100 },
  )
})
