import { expect, test } from 'vitest'
import { besideWords, blockName, fieldText } from './change-words.ts'
import type { Block } from './snapshot.ts'

test('H4: what happened to a turn beside its words is told', () => {
  const turn: Block = { kind: 'turn', id: 't', speaker: 'p', start: null, content: [{ type: 'text', text: 'one' }] }
  const speakerOf = (id: string | null) => (id === 'p' ? 'Pell' : '')
  const between = (after: Block, moved = false) => besideWords({ before: turn, after, moved }, speakerOf)
  expect(blockName(turn, speakerOf)).toBe('Pell’s turn')
  expect(between({ ...turn, speaker: null, start: 65 }, true)).toEqual(['moved', 'given to nobody', 'starts at 1:05'])
  expect(between({ kind: 'chapter', id: 't', start: null, content: turn.content })).toEqual(['made a chapter'])
  expect(between({ ...turn, content: [{ type: 'text', text: 'one', marks: { em: true } }] })).toEqual([
    'marks or citations changed',
  ])
  expect(between({ ...turn, content: [{ type: 'text', text: 'two' }] })).toEqual([])
})

test('H4: a field of several parts reads as text', () => {
  expect(fieldText('topics', ['a', 'b'])).toBe('a\nb')
  expect(fieldText('speakers', [{ id: 'p', name: 'Pell', color: 1 }])).toBe('Pell')
  expect(fieldText('quote', { text: 'One.', name: 'Pell', role: '' })).toBe('One., Pell')
  expect(fieldText('targetSeconds', 90)).toBe('1:30')
  const audio = { kind: 'file', sha256: 'a'.repeat(64), type: 'audio/mpeg', bytes: 9, seconds: 90, name: 'talk.mp3' }
  expect(fieldText('audio', audio)).toBe('talk.mp3, 1:30')
  expect(fieldText('byline', null)).toBe('')
})
