import { spokenText } from '@stet/schema/snapshot'
import { describe, expect, test } from 'vitest'
import { harbourDispatch } from './harbour.fixture.ts'
import { importFile } from './import-file.ts'
import { formatFault } from './import-outcome.ts'

const turnsOf = (name: string, text: string, speakers?: string[]) => {
  const read = importFile(name, text, speakers === undefined ? {} : { speakers })
  if (!read.ok) throw new Error(formatFault(read.fault))
  if (read.holds !== 'dispatch') throw new Error('sources')
  const { speakers: voices, body, title } = read.content
  return {
    title,
    turns: body.map((block) => [
      block.kind === 'turn' ? (voices.find(({ id }) => id === block.speaker)?.name ?? null) : block.kind,
      block.kind === 'turn' ? block.start : null,
      spokenText(block.content),
    ]),
  }
}
const sourcesOf = (name: string, text: string) => {
  const read = importFile(name, text)
  if (!read.ok) throw new Error(formatFault(read.fault))
  if (read.holds !== 'sources') throw new Error('a dispatch')
  return read.sources
}
const faultOf = (name: string, text: string) => {
  const read = importFile(name, text)
  return read.ok ? 'no fault' : formatFault(read.fault)
}

describe('WebVTT of others', () => {
  test('I3: cards of one voice are one turn, tags and comments are not read, and a card may hold two voices', () => {
    const vtt = `\uFEFFWEBVTT - A talk\r
Kind: captions\r
\r
NOTE made by hand\r
\r
STYLE\r
::cue { color: red }\r
\r
1\r
00:01.500 --> 00:04.000 align:start\r
<v.loud Ines Vale>It <i>went</i> out\r
at nine</v>\r
\r
00:04.000 --> 00:06.000\r
<v Ines Vale>&amp; nobody <00:00:05.000>wrote.\r
\r
01:00:06.000 --> 01:00:08.000\r
<v Tom>[sighs] Why?\r
<v Ines Vale>A &lt;switch&gt;&nbsp;&#8230;`
    expect(turnsOf('talk.vtt', vtt)).toEqual({
      title: 'talk',
      turns: [
        ['Ines Vale', 1, 'It went out at nine & nobody wrote.'],
        ['Tom', 3606, ' Why?'],
        ['Ines Vale', 3606, 'A <switch> …'],
      ],
    })
  })

  test('I3: where nobody is named, pauses and long sentences part turns', () => {
    const card = (from: string, to: string, text: string) => `00:${from}.000 --> 00:${to}.000\n${text}\n`
    const cards = [
      card('00:00', '00:20', 'One goes on'),
      card('00:20', '00:40', 'and on.'),
      card('00:40', '00:50', 'Two.'),
      card('00:53', '00:54', 'Three.'),
    ]
    expect(turnsOf('a.vtt', ['WEBVTT\n', ...cards].join('\n')).turns).toEqual([
      [null, 0, 'One goes on and on.'],
      [null, 40, 'Two.'],
      [null, 53, 'Three.'],
    ])
  })

  test('I3: names written before a colon are names', () => {
    const vtt =
      'WEBVTT\n\n00:00.000 --> 00:01.000\nAnn Lee: One.\n\n00:01.000 --> 00:02.000\nBo: Note: two.\n\n00:02.000 --> 00:03.000\nAnn Lee: Three.'
    expect(turnsOf('a.vtt', vtt).turns).toEqual([
      ['Ann Lee', 0, 'One.'],
      ['Bo', 1, 'Note: two.'],
      ['Ann Lee', 2, 'Three.'],
    ])
  })

  test.each([
    ['WEBVTT\n', 'line 2: found the end of the file, expected a card ("00:00:00.000 --> 00:00:04.000", and what is said)'],
    ['WEBVTT\n\n00:00 --> 00:01\nHi', 'line 3: found "00:00 --> 00:01", expected a timing ("00:00:00.000 --> 00:00:04.000")'],
    ['WEBVTT\n\n1\nHi', 'line 4: found "Hi", expected a timing ("00:00:00.000 --> 00:00:04.000")'],
    ['WEBVTT\n\n00:02.000 --> 00:01.000\nHi', 'line 3: found "00:02.000 --> 00:01.000", expected an end later than the start'],
    [
      'WEBVTT\n\n00:02.000 --> 00:03.000\nHi\n\n00:01.000 --> 00:03.000\nHo',
      'line 6: found "00:01.000 --> 00:03.000", expected a start no earlier than the one before it',
    ],
    [
      `WEBVTT\n\n00:02.000 --> 00:03.000\n<v ${'a'.repeat(81)}>Hi`,
      `line 4: found "<v ${'a'.repeat(76)}…", expected at most 80 characters`,
    ],
  ])('I2: %j says which line, what was found and what was expected', (vtt, fault) => {
    expect(faultOf('a.vtt', vtt)).toBe(fault)
  })
})

describe('SubRip of others', () => {
  test('I3: a name begins a turn; words before a colon are no name in the middle of a sentence', () => {
    const srt = `1
00:00:00,000 --> 00:00:02,000
<font color="red">Ann:</font> First, {\\an8}remember

2
00:00:02,000 --> 00:00:04,000
the rule: be kind.

3
00:00:04,000 --> 00:00:05,000
Bo: No.

4
00:00:05,000 --> 00:00:06,000
Ann: Yes &amp; no.
`
    expect(turnsOf('a.srt', srt).turns).toEqual([
      ['Ann', 0, 'First, remember the rule: be kind.'],
      ['Bo', 4, 'No.'],
      ['Ann', 5, 'Yes &amp; no.'],
    ])
  })

  test('I3: who the caller knows is a name, whatever it is like', () => {
    const srt = '1\n00:00:00,000 --> 00:00:02,000\nso it goes.\n\n2\n00:00:03,000 --> 00:00:04,000\nDJ 2, the one: Hello.\n'
    expect(turnsOf('a.srt', srt, ['DJ 2, the one']).turns.at(-1)).toEqual(['DJ 2, the one', 3, 'Hello.'])
  })

  test('I2: a card without its timing is a fault on its line', () => {
    expect(faultOf('a.srt', '1\n00:00:00,000 --> 00:00:02,000\nHi\n\nHo\nHum')).toBe(
      'line 6: found "Hum", expected a timing ("00:00:00,000 --> 00:00:04,000")',
    )
  })
})

describe('JSON', () => {
  test('I3: segments that are single words are put together by who speaks', () => {
    const segment = (speaker: string, startTime: number, body: string) => ({ speaker, startTime, endTime: startTime + 0.4, body })
    const segments = [
      segment('Ann', 0.2, 'It'),
      segment('Ann', 0.7, 'went.'),
      segment('Bo', 1.2, 'No.'),
      segment('Ann', 2.5, 'Yes.'),
    ]
    expect(turnsOf('talk.transcript.json', JSON.stringify({ version: '1.0.0', segments }))).toEqual({
      title: 'talk',
      turns: [
        ['Ann', 0, 'It went.'],
        ['Bo', 1, 'No.'],
        ['Ann', 2, 'Yes.'],
      ],
    })
  })

  test.each([
    [
      '{\n  "segments": [\n    { "startTime": 0, "body": 7 }\n  ]\n}',
      'line 3: found "{ "startTime": 0, "body": 7 }", expected what is said',
    ],
    ['{\n  "segments": [\n', 'line 3: found an empty line, expected JSON (close bracket expected)'],
    [
      '{"app": 1}',
      'line 1: found "{"app": 1}", expected a dispatch or an essay of ours, a transcript ("segments"), or a list of works in CSL',
    ],
    ['{\n  "layout": 9,\n  "body": []\n}', 'line 2: found ""layout": 9,", expected layout 1: this was written by a newer Stet'],
    ['[\n  { "title": "A" }\n]', 'line 2: found "{ "title": "A" }", expected the type of the work'],
  ])('I2: %j says which line, what was found and what was expected', (json, fault) => {
    expect(faultOf('a.json', json)).toBe(fault)
  })
})

describe('Markdown', () => {
  test.each([
    ['Hello', 'line 1: found "Hello", expected "---", and the title and kind under it'],
    ['---\ntitle: "A"\n', 'line 3: found the end of the file, expected "---" where the front matter ends'],
    [
      '---\ntitle: A\nnumber: x\n---\n',
      'line 3: found "number: x", expected number: Invalid input: expected number, received string',
    ],
    ['---\ntitle: "A\n---\n', 'line 2: found "title: "A", expected YAML: Missing closing "quote'],
    [
      '---\ntitle: A\n---\n\nWords.\n\n```\ncode\n```\n',
      'line 7: found "```", expected a heading of two or three "#", a paragraph, a list with "-", a quote, or a footnote',
    ],
  ])('I2: %j says which line, what was found and what was expected', (markdown, fault) => {
    expect(faultOf('a.md', markdown)).toBe(fault)
  })

  test('I4: a reference cites the sentence that it stands behind', () => {
    const read = importFile('a.md', '---\nkind: essay\n---\n\nOne. Two words[^1]. Three.\n\n[^1]: **A letter**\n')
    expect(read).toMatchObject({
      content: {
        body: [
          {
            kind: 'paragraph',
            content: [
              { type: 'text', text: 'One. ' },
              { type: 'text', text: 'Two words', marks: { cites: ['s1'] } },
              { type: 'text', text: '. Three.' },
            ],
          },
        ],
        sources: [{ id: 's1', title: 'A letter' }],
      },
    })
  })
})

describe('sources', () => {
  test('I5: CSL-JSON of reference managers', () => {
    const csl = [
      {
        id: 'x',
        type: 'article-journal',
        title: 'On\nswitches',
        author: [{ family: 'Vale', given: 'Ines' }, { literal: 'Coast Board' }],
        'container-title': 'Harbour Gazette',
        issued: { 'date-parts': [[2024]] },
        DOI: '10.1000/182',
        abstract: 'A study.',
      },
      { id: 'y', type: 'webpage', URL: 'https://a.example/b' },
    ]
    expect(sourcesOf('refs.json', JSON.stringify(csl))).toMatchObject([
      {
        title: 'On switches',
        kind: 'Paper',
        publisher: 'Harbour Gazette / Ines Vale, Coast Board',
        url: 'https://doi.org/10.1000/182',
        description: 'A study.',
      },
      { title: '', kind: 'Website', publisher: '', url: 'https://a.example/b' },
    ])
  })

  test('I5: BibTeX as people write it', () => {
    const bib = String.raw`% a comment with mail@a.example
@string{hg = "Harbour " # {Gazette}}
@comment{ignored}
@Article{vale2024,
  author = {Vale, In{\'e}s and Old Tom and {Coast Board and Sons}},
  title = "The {Light} that -- once -- was {\"o}ut",
  journal = hg,
  year = 2024,
  month = jan,
  url = {https://a.example/b\_c?d=1%20e},
}
@misc(web,
  title = {M{\o}rke \& lys},
  howpublished = {\url{https://b.example/}}
)`
    expect(sourcesOf('refs.bib', bib)).toMatchObject([
      {
        title: 'The Light that – once – was öut',
        kind: 'Article',
        publisher: 'Harbour Gazette / Inés Vale, Old Tom, Coast Board and Sons',
        url: 'https://a.example/b_c?d=1%20e',
      },
      { title: 'Mørke & lys', kind: '', publisher: '', url: 'https://b.example/' },
    ])
  })

  test.each([
    ['@article{a,\n  title = {A\n', 'line 2: found "  title = {A", expected "}" for this "{"'],
    ['@article{a\n  title = {A}}', 'line 2: found "  title = {A}}", expected a comma behind the key of the entry'],
    ['@article{a,\n  title {A}}', 'line 2: found "  title {A}}", expected "=" behind the name of the field'],
    ['@article{a,\n  title = {A}\n  year = 1}', 'line 3: found "  year = 1}", expected a comma, or "}" at the end of the entry'],
  ])('I2: %j says which line, what was found and what was expected', (bib, fault) => {
    expect(faultOf('a.bib', bib)).toBe(fault)
  })

  test('I5: a list of addresses, with bullets or without', () => {
    const urls = sourcesOf('links.txt', 'https://a.example/b\n\n- http://c.example\n2. <https://d.example/?e=f>\n').map(
      ({ url }) => url,
    )
    expect(urls).toEqual(['https://a.example/b', 'http://c.example', 'https://d.example/?e=f'])
  })
})

test('what a file holds is told by what stands in it, whatever its name', () => {
  expect(turnsOf('notes.md', harbourDispatch).title).toBe('The Harbour That Keeps Time')
  expect(turnsOf('notes.txt', 'WEBVTT\n\n00:00.000 --> 00:01.000\nHi').title).toBe('notes')
  expect(faultOf('notes.txt', 'https://a.example\nand words')).toContain('expected the byline of an essay')
  expect(faultOf('a.bib', 'no entry')).toBe('line 1: found "no entry", expected an entry ("@article{key, title = {...}}")')
})
