import { readFileSync } from 'node:fs'
import { spokenText } from '@stet/schema/snapshot'
import { describe, expect, test } from 'vitest'
import { harbourDispatch, harbourEssay } from './harbour.fixture.ts'
import { formatFault } from './import-outcome.ts'
import { type ImportOptions, importText } from './import-text.ts'

const contentOf = (text: string, options?: ImportOptions) => {
  const result = importText(text, options)
  if (!result.ok) throw new Error(formatFault(result.fault))
  return result.content
}

describe('a dispatch', () => {
  const content = contentOf(harbourDispatch)

  test('has its header, quote, summary and topics', () => {
    expect(content).toMatchObject({
      kind: 'dispatch',
      number: 12,
      date: '2026-02-03',
      language: 'en',
      title: 'The Harbour That Keeps Time',
      byline: null,
      quote: { text: 'A tide table is a promise with a moon behind it.', name: 'Ona Brill', role: 'harbour pilot, retired' },
      summary: 'Two clocks run the port.\nThey agree twice a day.',
      topics: ['Tide tables', 'Who owns a schedule'],
    })
  })

  test('has each source with all its details', () => {
    expect(content.sources).toEqual([
      {
        id: 's1',
        title: 'Port log — the winter pages',
        kind: 'Article',
        tier: 'primary',
        publisher: 'Harbour Gazette / Ona Brill',
        description: 'A log, copied out — by hand.',
        claim: 'Ships wait four hours a day.',
        url: 'https://gazette.example/port/log?page=2',
        urlIncomplete: false,
        citedText: 'Waiting: 4 h 10 min.',
        context: 'The only figure that both sides accept.',
        keyPoints: ['Four hours on average.', 'Nobody counts nights.'],
      },
      {
        id: 's2',
        title: 'The tide machine',
        kind: 'Video',
        tier: 'supporting',
        publisher: '@tidewatch',
        description: '',
        claim: 'The machine has not been wrong since 1931.',
        url: 'https://video.example/watch/a-very-long-name-that-is-s…',
        urlIncomplete: true,
        citedText: '',
        context: '',
        keyPoints: [],
      },
    ])
  })

  test('has its speakers in the order in which they first speak, each with a colour', () => {
    expect(content.speakers).toEqual([
      { id: 'p1', name: 'ottilie', color: 1 },
      { id: 'p2', name: 'bram', color: 2 },
    ])
  })

  test('has chapters before the turns they begin with, and cues apart from words', () => {
    expect(content.body).toEqual([
      { kind: 'chapter', id: 'b1', start: 0, content: [{ type: 'text', text: 'Cold open' }] },
      {
        kind: 'turn',
        id: 'b2',
        speaker: 'p1',
        start: 0,
        content: [{ type: 'text', text: 'The port has two clocks, and one of them is wet.' }],
      },
      {
        kind: 'turn',
        id: 'b3',
        speaker: 'p2',
        start: 9,
        content: [
          { type: 'cue', cue: 'long pause' },
          { type: 'text', text: ' Which one do captains set theirs by?' },
        ],
      },
      { kind: 'chapter', id: 'b4', start: 20, content: [{ type: 'text', text: 'The second clock' }] },
      {
        kind: 'turn',
        id: 'b5',
        speaker: 'p1',
        start: 20,
        content: [
          { type: 'text', text: 'iPhones, mostly. ' },
          { type: 'cue', cue: 'laughs' },
          { type: 'text', text: ' Nobody asks the moon.' },
        ],
      },
      { kind: 'turn', id: 'b6', speaker: 'p2', start: 31, content: [{ type: 'text', text: 'so the tide is a rumour' }] },
    ])
  })

  test('is read the same with a byte order mark, CRLF and a newline at the end', () => {
    expect(contentOf(`\uFEFF${harbourDispatch.replaceAll('\n', '\r\n')}\r\n`)).toEqual(content)
  })

  test('needs no more than a header, a title and a transcript', () => {
    const bare = contentOf('◆ Dispatch 001 · 2026-01-31\nBare\nTranscript\n00:00:05 idaYes.')
    expect(bare).toMatchObject({ number: 1, quote: null, summary: '', topics: [], sources: [] })
    expect(bare.body).toHaveLength(1)
  })

  test('of a draft may lack its number and its date', () => {
    expect(contentOf('◆ Dispatch\nBare\nTranscript')).toMatchObject({ number: null, date: null, body: [] })
    expect(contentOf('◆ Dispatch 007\nBare\nTranscript')).toMatchObject({ number: 7, date: null })
    expect(contentOf('◆ Dispatch · 2026-01-31\nBare\nTranscript')).toMatchObject({ number: null, date: '2026-01-31' })
  })

  test('has a chapter after the last turn at its end', () => {
    const { body } = contentOf('◆ Dispatch 001\nBare\nChapters\n- 00:09:00 Coda\nTranscript\n00:00:05 idaYes.')
    expect(body.map((block) => block.kind)).toEqual(['turn', 'chapter'])
  })

  test('can name its speakers with capitals and spaces when the caller knows them', () => {
    const text = '◆ Dispatch 001\nBare\nTranscript\n00:00:00 Ada WinterHello.\n00:00:02 AdaHm.'
    const { speakers, body } = contentOf(text, { speakers: ['Ada', 'Ada Winter'] })
    expect(speakers.map(({ name }) => name)).toEqual(['Ada Winter', 'Ada'])
    expect(body.map((block) => spokenText(block.content))).toEqual(['Hello.', 'Hm.'])
  })

  test('may hold line separators that are no newlines', () => {
    const { body } = contentOf('◆ Dispatch 001\nBare\nChapters\n- 00:00:00 A\u2028B\nTranscript\n00:00:05 idaYes.\u2029No.')
    expect(body.map((block) => spokenText(block.content))).toEqual(['A\u2028B', 'Yes.\u2029No.'])
  })

  test('gives colours in turn and begins again after six', () => {
    const turns = ['ann', 'ben', 'cat', 'dan', 'eve', 'fay', 'gus'].map((name, index) => `00:00:0${index} ${name}Hi.`)
    const { speakers } = contentOf(['◆ Dispatch 001', 'Many', 'Transcript', ...turns].join('\n'))
    expect(speakers.map(({ color }) => color)).toEqual([1, 2, 3, 4, 5, 6, 1])
  })
})

describe('an essay', () => {
  const content = contentOf(harbourEssay)

  test('has its title and byline, and no number or date', () => {
    expect(content).toMatchObject({
      kind: 'essay',
      title: 'What a Tide Table Promises',
      byline: { role: 'Contributing editor', handle: '@onabrill' },
      number: null,
      date: null,
    })
  })

  test('has headings of two levels, paragraphs, bullets and quotes', () => {
    expect(
      content.body.map((block) => `${block.kind}${block.kind === 'heading' ? block.level : ''}: ${spokenText(block.content)}`),
    ).toEqual([
      'heading2: The Table Is Older Than the Port: A Short History of Being On Time',
      'paragraph: Every harbour prints one. Few read it to the end.',
      'paragraph: Three things to look at, before anyone is blamed:',
      'heading3: The Moon',
      'paragraph: It is early. A line in the oldest table says:',
      'quote: the water “waits” for nobody',
      'paragraph: That is all it says.',
      'heading3: The Clerk',
      'paragraph: Here is what a clerk writes down:',
      'bullet: The hour, in ink.',
      'bullet: A name, when\nsomeone remembers it',
      'paragraph: And what is left out?',
      'heading2: What Remains When Both of Them Have Gone Home for the Night',
      'paragraph: A table, and a light.',
    ])
  })

  test('has the sources of its last line, with notes as descriptions', () => {
    expect(content.sources.map(({ id, title, description, url }) => [id, title, description, url])).toEqual([
      ['s1', 'Harbour Gazette', '', ''],
      ['s2', 'Tide Office', 'annual report, vol. 2', ''],
      ['s3', 'The Clerk', 'a play', ''],
    ])
  })

  test('may be called a dispatch in its title', () => {
    expect(contentOf('Dispatch 9 and what came after\nby Clerk @c').kind).toBe('essay')
  })

  test('keeps a paragraph that quotes twice a paragraph', () => {
    const { body } = contentOf('A title\nby Clerk @c\n“High” is not “low”')
    expect(body.map(({ kind }) => kind)).toEqual(['paragraph'])
  })
})

describe('I2: a text that does not follow its format', () => {
  const without = (line: string) =>
    harbourDispatch
      .split('\n')
      .filter((other) => other !== line)
      .join('\n')
  const replaced = (from: string, to: string) => {
    expect(harbourDispatch).toContain(from)
    return harbourDispatch.replace(from, to)
  }
  const before = (line: string, added: string) => replaced(line, `${added}\n${line}`)

  test.each<[string, string, number, RegExp, RegExp]>([
    ['nothing at all', '', 1, /^the end of the file$/, /header of a dispatch.*title of an essay/],
    ['an empty first line', '\nTitle', 1, /^an empty line$/, /header of a dispatch/],
    ['neither kind', 'A title\nand then words', 2, /"and then words"/, /byline.*◆ Dispatch 001/],
    ['a title alone', 'A title', 2, /end of the file/, /byline/],
    ['a header without its mark', replaced('◆ ', ''), 1, /"Dispatch 012/, /◆ Dispatch 001/],
    ['a number without padding', replaced('012', '12'), 1, /"◆ Dispatch 12 /, /written as 012/],
    ['a number with too much padding', replaced('012', '0012'), 1, /0012/, /written as 012/],
    ['the number 0', replaced('012', '000'), 1, /000/, /001 to 999999/],
    ['a day that is not in the calendar', replaced('2026-02-03', '2026-02-30'), 1, /2026-02-30/, /calendar/],
    ['a date of another form', replaced('2026-02-03', '3.2.2026'), 1, /3\.2\.2026/, /YYYY-MM-DD/],
    ['no title', replaced('The Harbour That Keeps Time', ''), 2, /an empty line/, /the title/],
    ['an empty line before the topics', before('- Tide tables', ''), 7, /an empty line/, /no empty line/],
    ['an empty topic', replaced('- Tide tables', '- '), 7, /"- "/, /topic/],
    ['a line between topics and chapters', before('Chapters', 'Well'), 9, /"Well"/, /another topic.*"Chapters"/],
    ['a chapter without a time', replaced('- 00:00:20 The', '- The'), 11, /"- The second clock"/, /HH:MM:SS title/],
    ['a chapter without a title', replaced('- 00:00:00 Cold open', '- 00:00:00 '), 10, /00:00:00/, /chapter/],
    [
      'a list of no chapters',
      without('- 00:00:00 Cold open').replace('- 00:00:20 The second clock\n', ''),
      10,
      /"Sources"/,
      /chapter/,
    ],
    ['chapters that fall', replaced('- 00:00:00 Cold', '- 00:00:30 Cold'), 11, /00:00:20/, /no earlier/],
    ['no count of sources', replaced('2 cited-', '2 sources'), 13, /"2 sources"/, /"3 cited-"/],
    ['a count that is too high', replaced('2 cited-', '3 cited-'), 13, /"3 cited-"/, /"2 cited-"/],
    ['a count that is too low', replaced('2 cited-', '1 cited-'), 13, /"1 cited-"/, /"2 cited-"/],
    ['a source out of number', replaced('\n2\nThe', '\n3\nThe'), 29, /"3"/, /\("2"\)/],
    ['a source without its claim', without('Ships wait four hours a day.'), 17, /→Details/, /claim/],
    ['a source without its link', without('gazette.example/port/log?page=2 →Details'), 18, /Cited text/, /→Details/],
    ['a cited text that is missing', without('Waiting: 4 h 10 min.'), 20, /"- Context"/, /cited text/],
    ['a context that is missing', without('- The only figure that both sides accept.'), 22, /"- Key points"/, /context/],
    ['a context without its bullet', replaced('- The only', 'The only'), 22, /"The only/, /"- "/],
    [
      'key points that are missing',
      replaced('- Four hours on average.\n- Nobody counts nights.\n', ''),
      24,
      /"- Provenance"/,
      /key point/,
    ],
    ['kinds that disagree', replaced('- Article · Primary', '- Thread · Primary'), 27, /Thread/, /"Article"/],
    ['a tier that is none', replaced('Primary source', 'Secondary source'), 27, /Secondary/, /Supporting/],
    ['sources that run together', without('-'), 28, /"2"/, /source 1 in their order/],
    [
      'details out of order',
      replaced('- Provenance\n- Video', '- Provenance\n- Video · Supporting source\n- Context\n- x\n- Video'),
      36,
      /"- Context"/,
      /in their order/,
    ],
    [
      'a kind that only the provenance gives',
      replaced('Video @tidewatch', ''),
      35,
      /Video · Supporting/,
      /second line gives \(""\)/,
    ],
    ['no transcript', without('Transcript'), 36, /"00:00:00 ottilie/, /"-" or "Transcript"/],
    [
      'a text cut off in the middle',
      harbourDispatch.slice(0, harbourDispatch.indexOf('- Key points') - 1),
      23,
      /end of the file/,
      /"Transcript"/,
    ],
    ['a turn without a time', replaced('00:00:09 bram', 'bram'), 38, /"bram/, /a turn \("HH:MM:SS"/],
    ['a time of 75 seconds', replaced('00:00:09 bram', '00:00:75 bram'), 38, /00:00:75/, /a turn/],
    ['turns that fall', replaced('00:00:09 bram', '00:00:29 bram'), 39, /00:00:20/, /no earlier/],
    ['a speaker nobody can tell', replaced('00:00:09 bram[', '00:00:09 BRAM['), 38, /BRAM/, /name the speakers/],
    ['a turn without words', replaced('bramso the tide is a rumour', 'bram'), 40, /"00:00:31 bram"/, /what bram says/],
    ['a second empty line at the end', `${harbourDispatch}\n\n`, 41, /an empty line/, /a turn/],
    [
      'a title that is too long',
      replaced('The Harbour That Keeps Time', 'x'.repeat(501)),
      2,
      /^"x{79}…"$/,
      /^at most 500 characters$/,
    ],
    ['a key point that is too long', replaced('Nobody counts nights.', 'x'.repeat(2001)), 25, /^"- x/, /at most 2000/],
    ['a cited text that is too long', replaced('Waiting: 4 h 10 min.', 'x'.repeat(5001)), 20, /^"x/, /at most 5000/],
    ['a description that is too long', replaced('by hand.', 'x'.repeat(1001)), 16, /Article Harbour/, /at most 1000/],
    ['a name that is too long', replaced('bramso', `${'b'.repeat(81)}So`), 40, /bbb/, /at most 80/],
    ['an essay with an empty line', harbourEssay.replace('The Clerk', '\nThe Clerk'), 10, /an empty line/, /no empty line/],
    ['an essay with an empty bullet', harbourEssay.replace('- The hour, in ink.', '- '), 12, /"- "/, /bullet/],
    ['an essay with a source too long', harbourEssay.replace('Tide Office', 'x'.repeat(501)), 18, /Sources: /, /at most 500/],
  ])('is refused: %s', (_, text, line, found, expected) => {
    const result = importText(text)
    if (result.ok) throw new Error('expected a fault')
    expect(result.fault).toEqual({ line, found: expect.stringMatching(found), expected: expect.stringMatching(expected) })
  })

  test('says its fault in one sentence', () => {
    const result = importText(replaced('2 cited-', '3 cited-'))
    expect(!result.ok && formatFault(result.fault)).toBe(
      'line 13: found "3 cited-", expected "2 cited-", since so many sources follow',
    )
  })
})

describe.runIf(process.env.STET_SEEDS)('the seeds', () => {
  const seed = (name: string) => readFileSync(`${process.env.STET_SEEDS}/${name}`, 'utf8')

  test('the dispatch has 8 sources, 39 turns, one chapter, one cue and two speakers', () => {
    const content = contentOf(seed('dispatch-008.txt'))
    expect(content.sources).toHaveLength(8)
    expect(content.sources.filter((source) => source.urlIncomplete).map(({ id }) => id)).toEqual(['s8'])
    expect(
      content.sources.every(({ title, kind, tier, publisher, description, claim, citedText, context, keyPoints }) =>
        [title, kind, tier, publisher, description, claim, citedText, context, keyPoints.length].every(Boolean),
      ),
    ).toBe(true)
    expect(content.body.filter((block) => block.kind === 'turn')).toHaveLength(39)
    expect(content.body.filter((block) => block.kind === 'chapter')).toHaveLength(1)
    expect(content.body.flatMap((block) => block.content).filter((inline) => inline.type === 'cue')).toEqual([
      { type: 'cue', cue: 'tsk' },
    ])
    expect(content.speakers).toHaveLength(2)
    expect(content.topics).toHaveLength(1)
  })

  test('the essay has five headings of level 2, three of level 3, and 4 sources', () => {
    const content = contentOf(seed('roundup-essay.txt'))
    const levels = content.body.flatMap((block) => (block.kind === 'heading' ? [block.level] : []))
    expect(levels).toEqual([2, 2, 3, 3, 3, 2, 2, 2])
    expect(content.sources).toHaveLength(4)
  })
})
