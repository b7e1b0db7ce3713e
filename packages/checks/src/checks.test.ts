import { type Block, emptyContent, type Snapshot, type Source } from '@stet/schema/snapshot'
import { describe, expect, test } from 'vitest'
import { checks, runChecks } from './checks.ts'

const source = (id: string, fields: Partial<Source> = {}): Source => ({
  id,
  title: `Source called ${id}`,
  kind: 'Article',
  tier: null,
  publisher: '',
  description: '',
  claim: '',
  url: 'https://paper.example/page',
  urlIncomplete: false,
  citedText: '',
  context: '',
  keyPoints: [],
  ...fields,
})
const turn = (id: string, start: number | null, cites?: string[]): Block => ({
  kind: 'turn',
  id,
  speaker: null,
  start,
  content: [cites === undefined ? { type: 'text', text: 'Words.' } : { type: 'text', text: 'Words.', marks: { cites } }],
})
const chapter = (id: string, start: number | null, title = 'Part'): Block => ({
  kind: 'chapter',
  id,
  start,
  content: [{ type: 'text', text: title }],
})
const snapshot = (fields: Partial<Snapshot>): Snapshot => ({
  ...emptyContent('dispatch'),
  layout: 1,
  id: 'ChecksOfADispatch00001' as Snapshot['id'],
  ...fields,
})
const found = (fields: Partial<Snapshot>) => runChecks(snapshot(fields)).map(({ check, path, message }) => [check, path, message])

test('a dispatch in order has no findings', () => {
  expect(
    found({ sources: [source('s1')], body: [chapter('c1', 0), turn('t1', 0, ['s1']), chapter('c2', 9), turn('t2', 9)] }),
  ).toEqual([])
})

test('each check has a name of its own, and its findings bear it', () => {
  expect(checks.map(({ name }) => name)).toEqual(['chapter-turns', 'uncited-source', 'incomplete-link'])
  for (const check of checks) {
    const findings = check.find(snapshot({ sources: [source('s1', { url: '' })], body: [chapter('c1', 0)] }))
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ check: check.name, level: 'warning' })
  }
})

describe('C2: a source that nobody cites', () => {
  test('is named by its place and title', () => {
    expect(found({ sources: [source('s1'), source('s2'), source('s3', { title: ' ' })], body: [turn('t1', 0, ['s1'])] })).toEqual(
      [
        [
          'uncited-source',
          ['sources', 1],
          'Source 2 ("Source called s2") is not cited: mark the words that rest on it, or remove it.',
        ],
        ['uncited-source', ['sources', 2], 'Source 3 is not cited: mark the words that rest on it, or remove it.'],
      ],
    )
  })

  test('is no matter in an essay', () => {
    expect(found({ kind: 'essay', sources: [source('s1')] })).toEqual([])
  })
})

describe('C2: a link', () => {
  const body = [turn('t1', 0, ['s1'])]
  test.each([
    ['that is absent', { url: '' }, /has no address: paste/],
    [
      'that was shortened',
      { url: 'https://paper.example/a…', urlIncomplete: true },
      /shortened address \(https:\/\/paper\.example\/a…\): open the page/,
    ],
    ['that ends in an ellipsis', { url: 'https://paper.example/a…' }, /shortened/],
    ['that is marked as shortened', { url: 'https://paper.example/a', urlIncomplete: true }, /shortened/],
    ['of a script', { url: 'javascript:alert(1)' }, /not of the web/],
    ['to mail', { url: 'mailto:desk@paper.example' }, /not of the web/],
    ['without a scheme', { url: 'paper.example/page' }, /begins with https/],
  ])('%s is found', (_, fields, message) => {
    expect(found({ sources: [source('s1', fields)], body })).toEqual([
      ['incomplete-link', ['sources', 0, 'url'], expect.stringMatching(message)],
    ])
  })

  test('may be absent in an essay, but not wrong', () => {
    const sources = [
      source('s1', { url: '' }),
      source('s2', { url: 'paper.example' }),
      source('s3', { url: 'https://a.example/…' }),
    ]
    expect(found({ kind: 'essay', sources }).map(([check, path]) => [check, path])).toEqual([
      ['incomplete-link', ['sources', 1, 'url']],
      ['incomplete-link', ['sources', 2, 'url']],
    ])
  })
})

describe('C2: a chapter', () => {
  test('that does not start with its turn is found', () => {
    expect(found({ body: [chapter('c1', 24, 'Bridge'), turn('t1', 55)] })).toEqual([
      [
        'chapter-turns',
        ['body', 0, 'start'],
        'Chapter 1 ("Bridge") is set to 0:24, but the turn after it starts at 0:55: set the chapter to 0:55, or move it to the turn at 0:24.',
      ],
    ])
  })

  test('that has no turn before the next chapter, or at the end, is found', () => {
    expect(found({ body: [chapter('c1', null), chapter('c2', 3, ''), turn('t1', 3), chapter('c3', null)] })).toEqual([
      [
        'chapter-turns',
        ['body', 0],
        'Chapter 1 ("Part") has no turn before the next chapter: move it to its first turn, or remove it.',
      ],
      [
        'chapter-turns',
        ['body', 3],
        'Chapter 3 ("Part") has no turn before the next chapter: move it to its first turn, or remove it.',
      ],
    ])
  })

  test('that starts no later than the one before it is found', () => {
    const body = [
      chapter('c1', 60),
      turn('t1', 60),
      chapter('c2', null),
      turn('t2', 70),
      chapter('c3', 60, 'Late'),
      turn('t3', 60),
    ]
    expect(found({ body })).toEqual([
      [
        'chapter-turns',
        ['body', 4, 'start'],
        'Chapter 3 ("Late") is set to 1:00, but the chapter before it starts at 1:00: chapters must start one after the other, so correct one of the two times.',
      ],
    ])
  })

  test('cannot miss a turn whose time is not recorded', () => {
    expect(found({ body: [chapter('c1', 24), turn('t1', null)] })).toEqual([])
  })
})
