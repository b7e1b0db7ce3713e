import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alignTimes, type SpokenTurn } from './align-times.ts'
import { matchWords } from './match-words.ts'
import type { Passage } from './passages.ts'
import { passagesOfFile } from './passages-of-file.ts'

const SECONDS_A_WORD = 0.4
const VOCABULARY = Array.from({ length: 400 }, (_, nth) => `${'bdfgklmnprst'[nth % 12]}${'aeiou'[nth % 5]}${nth.toString(36)}`)

/** Turns as they were spoken, each with its start. */
const spoken = fc
  .array(fc.array(fc.constantFrom(...VOCABULARY), { minLength: 6, maxLength: 60 }), { minLength: 3, maxLength: 25 })
  .map((turns) => {
    let said = 0
    return turns.map((words, nth) => {
      const start = said * SECONDS_A_WORD
      said += words.length
      return { id: `t${nth}`, words, start }
    })
  })
type Spoken = { id: string; words: string[]; start: number }[]

/** Of words that come again, nobody can tell which of the two places was meant once turns change theirs. */
const saysNothingTwice = (turns: Spoken): boolean => {
  const words = turns.flatMap((turn) => turn.words)
  const runs = words.slice(2).map((_, nth) => words.slice(nth, nth + 3).join(' '))
  return new Set(runs).size === runs.length
}

/** A transcript that knows nothing of turns: cards of so many words. */
const cardsOf = (turns: Spoken, size: number): Passage[] => {
  const words = turns.flatMap((turn) => turn.words)
  return Array.from({ length: Math.ceil(words.length / size) }, (_, nth) => ({
    line: nth + 1,
    start: nth * size * SECONDS_A_WORD,
    end: Math.min((nth + 1) * size, words.length) * SECONDS_A_WORD,
    voice: null,
    text: words.slice(nth * size, (nth + 1) * size).join(' '),
  }))
}
const turnsOf = (turns: Spoken): SpokenTurn[] => turns.map(({ id, words }) => ({ id, text: `${words.join(' ')}.` }))

test('I6: starts come back from cards that know nothing of turns', () => {
  fc.assert(
    fc.property(spoken, fc.integer({ min: 3, max: 14 }), (turns, size) => {
      const { starts, unmatched } = alignTimes(turnsOf(turns), cardsOf(turns, size))
      expect(unmatched).toEqual([])
      // Words are timed by their letters, so they are off by part of a card.
      for (const { id, start } of turns) expect(Math.abs((starts.get(id) ?? -9) - start)).toBeLessThan(2.2)
    }),
    { numRuns: 100 },
  )
})

test('I6: whatever was edited meanwhile, a start that is given is about right, starts never fall, and each turn is told of', () => {
  const edit = fc.record({
    turn: fc.nat(100),
    word: fc.nat(100),
    act: fc.constantFrom('erase', 'replace', 'insert', 'drop', 'swap'),
  })
  fc.assert(
    fc.property(spoken.filter(saysNothingTwice), fc.array(edit, { maxLength: 30 }), (turns, edits) => {
      const edited = structuredClone(turns)
      for (const { turn, word, act } of edits) {
        const at = turn % edited.length
        const words = edited[at]?.words ?? []
        if (act === 'erase') words.splice(word % (words.length + 1), 1)
        else if (act === 'replace') words.splice(word % (words.length + 1), 1, 'another')
        else if (act === 'insert') words.splice(word % (words.length + 1), 0, 'and', 'more')
        else if (act === 'drop' && edited.length > 1) edited.splice(at, 1)
        else if (act === 'swap') edited.splice((at + 1) % edited.length, 0, ...edited.splice(at, 1))
      }
      const { starts, unmatched } = alignTimes(turnsOf(edited), cardsOf(turns, 8))
      const inOrder = edited.flatMap(({ id }) => starts.get(id) ?? [])
      expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b))
      for (const { id, start, words } of edited) {
        expect(starts.has(id) || unmatched.includes(id) || words.length === 0, id).toBe(true)
        if (starts.has(id)) expect(Math.abs((starts.get(id) ?? 0) - start), id).toBeLessThan(5)
      }
    }),
    { numRuns: 200 },
  )
})

test('I6: where one word in twelve was changed, nearly all turns are found', () => {
  fc.assert(
    fc.property(spoken, (turns) => {
      const edited = turns.map((turn) => ({
        ...turn,
        words: turn.words.map((word, nth) => (nth % 12 === 4 ? 'changed' : word)),
      }))
      const { starts, unmatched } = alignTimes(turnsOf(edited), cardsOf(turns, 8))
      expect(starts.size).toBeGreaterThanOrEqual(turns.length * 0.8)
      expect(starts.size + unmatched.length).toBe(turns.length)
    }),
    { numRuns: 50 },
  )
})

test('I6: a transcript of something else gives no start', () => {
  fc.assert(
    fc.property(spoken, (turns) => {
      const other = turns.map((turn) => ({ ...turn, words: turn.words.map((word) => `${word}x`) }))
      expect(alignTimes(turnsOf(turns), cardsOf(other, 8)).starts.size).toBe(0)
    }),
    { numRuns: 30 },
  )
})

test('I6: matches rise, and only equal words match', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 400 })
  fc.assert(
    fc.property(words, words, (a, b) => {
      const matched = [...matchWords(a, b)].flatMap((at, nth) => (at === -1 ? [] : [[nth, at] as const]))
      for (const [nth, at] of matched) expect(a[nth]).toBe(b[at])
      const places = matched.map(([, at]) => at)
      expect(places).toEqual([...new Set(places)].toSorted((x, y) => x - y))
    }),
    { numRuns: 100 },
  )
})

test('I6: words are the same whatever their case, signs and accents, and cues are no words', () => {
  const passages = [{ line: 1, start: 7, end: 9, voice: null, text: 'LE CAFÉ, [sips] isn’t open…' }]
  expect(alignTimes([{ id: 't', text: 'Le cafe isn’t — open' }], passages)).toEqual({
    starts: new Map([['t', 7]]),
    unmatched: [],
  })
})

test('I6: a turn whose beginning was rewritten begins before its first sure word, but after what was said before it', () => {
  const card = (start: number, end: number, text: string) => ({ line: 1, start, end, voice: null, text })
  const rewritten = { id: 'b', text: 'New words stand here four five six seven' }
  const alone = alignTimes([rewritten], [card(14, 18, 'four five six seven')])
  expect(alone.starts).toEqual(new Map([['b', 10]]))
  const after = alignTimes([{ id: 'a', text: 'One two three' }, rewritten], [card(11, 18, 'one two three four five six seven')])
  expect(after.starts).toEqual(
    new Map([
      ['a', 11],
      ['b', 13],
    ]),
  )
})

test('I6: of captions that overlap each is believed from its start', () => {
  const card = (start: number, end: number, text: string) => ({ line: 1, start, end, voice: null, text })
  const turns = [
    { id: 'a', text: 'It rang at four in the morning' },
    { id: 'b', text: 'No it was half past three' },
  ]
  const { starts } = alignTimes(turns, [
    card(10, 30, 'It rang at four in the morning'),
    card(12, 15, 'No it was half past three'),
  ])
  expect([...starts.values()]).toEqual([10, 12])
})

test('I6: WebVTT, SubRip and JSON transcripts tell when what is said; another file says what it lacks', () => {
  const said = 'the ferry left at six'
  for (const [name, text] of [
    ['a.vtt', `WEBVTT\n\n00:00:07.000 --> 00:00:09.000\n<v Ines>${said}\n`],
    ['a.srt', `1\n00:00:07,000 --> 00:00:09,000\nInes: ${said}\n`],
    ['a.json', JSON.stringify({ version: '1.0.0', segments: [{ speaker: 'Ines', startTime: 7, endTime: 9, body: said }] })],
  ] as const) {
    const read = passagesOfFile(name, text)
    expect(read.ok && read.passages, name).toMatchObject([{ start: 7, end: 9, text: said }])
  }
  expect(passagesOfFile('a.txt', 'Only words.')).toMatchObject({ ok: false, fault: { line: 1 } })
  expect(passagesOfFile('a.json', '{"title": 1}')).toMatchObject({ ok: false })
  expect(passagesOfFile('a.vtt', 'WEBVTT\n\nno times\n')).toMatchObject({ ok: false, fault: { line: 4 } })
})
