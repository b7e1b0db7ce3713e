import { importFile } from '@stet/import/import-file'
import { plainLine } from '@stet/schema/line-breaks'
import type { Block, Content, Inline, Marks, Snapshot, Source } from '@stet/schema/snapshot'
import { spokenText } from '@stet/schema/snapshot'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderBibtex } from './bibtex.ts'
import { renderCslJson } from './csl-json.ts'
import { hostileDispatch, hostileLine, hostileText } from './hostile.fixture.ts'
import { snapshotJson } from './json.ts'
import { essay, lighthouse } from './lighthouse.fixture.ts'
import { renderMarkdown } from './markdown.ts'
import { hasTranscript, spokenTurns } from './spoken-turns.ts'
import { renderSrt } from './srt.ts'
import { renderTranscriptJson } from './transcript-json.ts'
import { renderVtt } from './vtt.ts'

const contentOf = (name: string, text: string): Content => {
  const read = importFile(name, text)
  if (!read.ok || read.holds !== 'dispatch') throw new Error(JSON.stringify(read))
  return read.content
}
const sourcesOf = (name: string, text: string): readonly Source[] => {
  const read = importFile(name, text)
  if (!read.ok || read.holds !== 'sources') throw new Error(JSON.stringify(read))
  return read.sources
}
const snapshotOf = (content: Content): Snapshot => ({ layout: 1, id: lighthouse.id, ...content })

const spoken = hostileDispatch.filter(hasTranscript)

/** Who said what when, as a transcript can carry it. */
const saidIn = (snapshot: Snapshot) =>
  spokenTurns(snapshot).map(({ speaker, start, words }) => ({
    speaker,
    start: Math.floor(start / 1000),
    words: plainLine(words),
  }))

test('I3: our WebVTT comes back: every turn, whose it is, and the second it begins', () => {
  fc.assert(
    fc.property(spoken, (snapshot) => {
      const back = contentOf('a.vtt', renderVtt(snapshot))
      const turns = back.body.filter((block) => block.kind === 'turn')
      const nameOf = (id: string | null) => back.speakers.find((speaker) => speaker.id === id)?.name ?? ''
      expect(turns.map(({ speaker, start }) => ({ speaker: nameOf(speaker), start }))).toEqual(
        saidIn(snapshot).map(({ speaker, start }) => ({ speaker, start })),
      )
      expect(saidIn(snapshotOf(back)).map(({ words }) => words)).toEqual(saidIn(snapshot).map(({ words }) => words))
    }),
    { numRuns: 300 },
  )
})

test('I3: our JSON transcript comes back in the same way', () => {
  const long =
    'A turn of so many words that no program would take it for a fragment of one, however short the others are: '.repeat(9)
  fc.assert(
    fc.property(spoken, (snapshot) => {
      const last: Block = { kind: 'turn', id: 'last', speaker: null, start: null, content: [{ type: 'text', text: long }] }
      const whole = { ...snapshot, body: [...snapshot.body, last] }
      const back = snapshotOf(contentOf('a.transcript.json', renderTranscriptJson(whole)))
      expect(saidIn(back)).toEqual(saidIn(whole))
    }),
  )
})

test('I3: our SubRip comes back: what it calls a name is one, and every word is there', () => {
  expect(saidIn(snapshotOf(contentOf('a.srt', renderSrt(lighthouse))))).toEqual(saidIn(lighthouse))
  fc.assert(
    fc.property(spoken, (snapshot) => {
      const { speakers, body } = contentOf('a.srt', renderSrt(snapshot))
      const words = body.flatMap((block) => [
        block.kind === 'turn' ? (speakers.find(({ id }) => id === block.speaker)?.name ?? '') : '',
        ...block.content.map((inline) => (inline.type === 'text' ? inline.text : `[${inline.cue}]`)),
      ])
      const bare = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '')
      // Where every card has a name, one that comes again at once is the same turn.
      const said = spokenTurns(snapshot).map(({ speaker, words }) => `(?:${bare(speaker)})?${bare(words)}`)
      expect(bare(words.join(''))).toMatch(new RegExp(`^${said.join('')}$`, 'u'))
    }),
  )
})

test('I3: our JSON is the dispatch: nothing is lost', () => {
  for (const snapshot of [lighthouse, essay]) {
    const { layout: _, id: __, ...content } = snapshot
    expect(contentOf('a.json', snapshotJson(snapshot))).toEqual(content)
  }
})

const words = fc
  .array(
    fc.constantFrom(
      'a',
      'Word',
      ' two words',
      '. ',
      'é',
      '*',
      '_',
      '#',
      '[',
      ']',
      '1.',
      '-',
      '>',
      '`',
      '&amp;',
      '<b>',
      '[tsk]',
      '光',
      'עם',
      '!',
      '|',
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((parts) => plainLine(parts.join('')))
  .filter((text) => text !== '')
const marks: fc.Arbitrary<Marks> = fc.record(
  {
    strong: fc.constant(true as const),
    em: fc.constant(true as const),
    cites: fc.constantFrom<string[]>(['s1'], ['s2'], ['s1', 's2']),
  },
  { requiredKeys: [] },
)
const inlines: fc.Arbitrary<Inline[]> = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('text' as const), text: words, marks }, { requiredKeys: ['type', 'text'] }),
    fc.constant<Inline>({ type: 'cue', cue: 'sighs' }),
  ),
  { minLength: 1, maxLength: 4 },
)
const kinds = {
  dispatch: ['turn', 'chapter', 'paragraph', 'quote', 'bullet'],
  essay: ['heading', 'paragraph', 'bullet', 'quote'],
} as const
const written: fc.Arbitrary<Snapshot> = fc
  .record({
    of: fc.constantFrom(lighthouse, essay),
    title: hostileLine,
    summary: hostileText,
    parts: fc.array(
      fc.record({ at: fc.nat(9), content: inlines, start: fc.nat(100), speaker: fc.constantFrom('p1', 'p2', null) }),
      { maxLength: 6 },
    ),
  })
  .map(({ of, title, summary, parts }) => ({
    ...of,
    title,
    summary,
    body: parts.map(({ at, content, start, speaker }, index) => {
      const names = kinds[of.kind]
      const kind = names[at % names.length]
      const fields =
        kind === 'turn' ? { speaker, start } : kind === 'chapter' ? { start } : kind === 'heading' ? { level: 2 } : {}
      return { kind, id: `b${index + 1}`, content, ...fields } as Block
    }),
  }))

test('I4: our Markdown comes back as far as it carries: written again it is the same, byte for byte', () => {
  for (const snapshot of [lighthouse, essay])
    expect(renderMarkdown(snapshotOf(contentOf('a.md', renderMarkdown(snapshot))))).toBe(renderMarkdown(snapshot))
  fc.assert(
    fc.property(written, (snapshot) => {
      const markdown = renderMarkdown(snapshot)
      expect(renderMarkdown(snapshotOf(contentOf('a.md', markdown)))).toBe(markdown)
    }),
    { numRuns: 300 },
  )
})

test('I4: all fields but ids, and where citations begin, come back from Markdown', () => {
  const back = contentOf('a.md', renderMarkdown(essay))
  expect({ ...back, body: back.body.map(({ kind, content }) => [kind, spokenText(content)]) }).toMatchObject({
    title: essay.title,
    byline: essay.byline,
    sources: essay.sources,
    body: essay.body.map(({ kind, content }) => [kind, spokenText(content)]),
  })
  const [first] = contentOf('a.md', renderMarkdown(lighthouse)).sources
  expect(first).toEqual(lighthouse.sources[0])
})

const sources: fc.Arbitrary<Source[]> = fc
  .array(
    fc.record({
      title: hostileLine,
      kind: fc.constantFrom('', 'Article', 'Book', 'Thread', 'Video'),
      tier: fc.constantFrom(null, 'primary' as const, 'supporting' as const),
      publisher: fc.constantFrom('', 'Coast Board', 'Coast Board / Ines Vale', '@ines'),
      description: hostileLine,
      claim: hostileLine,
      url: fc.constantFrom('', 'https://a.example/b?c=d&e=%20#f_g', 'javascript:x'),
      citedText: hostileText,
      context: hostileText,
      keyPoints: fc.array(
        hostileLine.map(plainLine).filter((point) => point !== ''),
        { maxLength: 2 },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) => all.map((fields, index) => ({ id: `s${index + 1}`, urlIncomplete: false, ...fields })))

test('I5: sources come back from our CSL-JSON whole', () => {
  fc.assert(
    fc.property(sources, (list) => {
      const back = sourcesOf('a.csl.json', renderCslJson({ ...lighthouse, sources: list }))
      const lines = ({ title, description, claim, ...rest }: Source) => ({
        ...rest,
        title: plainLine(title),
        description: plainLine(description),
        claim: plainLine(claim),
      })
      const kindless = list.map((source) => (isPlain(source) ? { ...source, kind: back[0]?.kind ?? '' } : source))
      expect(back.map(lines).map(({ kind: _, ...rest }) => rest)).toEqual(kindless.map(lines).map(({ kind: _, ...rest }) => rest))
    }),
  )
})

const isPlain = ({ kind }: Source): boolean => kind === ''

test('I5: titles, names, addresses and notes come back from our BibTeX', () => {
  fc.assert(
    fc.property(sources, (list) => {
      const back = sourcesOf('a.bib', renderBibtex({ ...lighthouse, sources: list }))
      const carried = ({ title, publisher, description, claim, url }: Source) => ({
        title: plainLine(title),
        publisher,
        description: plainLine(description),
        claim: plainLine(claim),
        url: url.startsWith('https:') ? url : '',
      })
      expect(back.map(carried)).toEqual(list.map(carried))
    }),
    { numRuns: 300 },
  )
})
