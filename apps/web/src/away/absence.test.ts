import type { Author, BlockChange, Diff } from '@stet/schema/contract/history'
import type { Block } from '@stet/schema/snapshot'
import { expect, test } from 'vitest'
import { isEmpty, ofOthers, stopsOf } from './absence.ts'
import { whatOthersDid } from './absence-words.ts'

const [ada, bo, cy] = [
  { id: 'ada', name: 'Ada' },
  { id: 'bo', name: 'Bo' },
  { id: 'cy', name: 'Cy' },
] as const satisfies Author[]
const turn = (id: string, text: string): Block => ({
  kind: 'turn',
  id,
  speaker: null,
  start: null,
  content: [{ type: 'text', text }],
})
const change = (id: string, authors: Author[], over: Partial<BlockChange> = {}): BlockChange => ({
  id,
  before: turn(id, 'one'),
  after: turn(id, 'two'),
  moved: false,
  follows: null,
  authors,
  ...over,
})
const diff = (over: Partial<Diff>): Diff => ({ from: 1, to: 9, fields: [], blocks: [], sources: [], ...over })

test('H8: what one did oneself is not told, and of what was done together the others are named', () => {
  const others = ofOthers(
    diff({
      blocks: [change('a', [ada]), change('b', [ada, bo])],
      fields: [{ field: 'title', before: '', after: 'x', authors: [ada] }],
    }),
    'ada',
  )
  expect(others.blocks).toMatchObject([{ id: 'b', authors: [bo] }])
  expect(others.fields).toEqual([])
  expect(isEmpty(ofOthers(diff({ blocks: [change('a', [ada])] }), 'ada'))).toBe(true)
})

test('H9: one goes through what changed in the order of the desk; what is gone has no place', () => {
  const stops = stopsOf(
    diff({
      fields: [{ field: 'title', before: '', after: 'x', authors: [bo] }],
      blocks: [change('a', [bo]), change('b', [bo], { after: null }), change('c', [bo], { before: null })],
    }),
  )
  expect(stops.map((stop) => (stop.in === 'script' ? stop.block : stop.in))).toEqual(['field', 'a', 'c'])
})

test('H8: what others did is told by who did it, counted', () => {
  const said = whatOthersDid(
    diff({
      fields: [{ field: 'title', before: '', after: 'x', authors: [bo] }],
      blocks: [
        change('a', [bo]),
        change('b', [bo]),
        change('c', [bo], { before: null }),
        change('d', [cy], { after: null }),
        change('e', [cy, bo], { moved: true, after: turn('e', 'one') }),
        change('f', [bo, cy], { moved: true, after: turn('f', 'one') }),
      ],
    }),
  )
  expect(said).toBe('Bo changed the title and 2 turns and added 1 turn; Cy removed 1 turn; Bo and Cy moved 2 turns')
})
