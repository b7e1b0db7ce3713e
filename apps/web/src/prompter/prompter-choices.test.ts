import { expect, test } from 'vitest'
import { actOfKey } from './prompter-keys.ts'
import { keepSettings, ownVoice, type PrompterSettings, readSettings } from './prompter-settings.ts'
import { paceOf, secondsFor, wordsIn, wordsLeft } from './reading-time.ts'
import type { Line } from './script-lines.ts'

const line = (id: string, say: string, kind: Line['kind'] = 'turn'): Line => ({
  id,
  kind,
  speaker: null,
  pieces: [{ say }, { cue: 'sighs' }],
  segments: [{ id, splitFrom: [] }],
})

const storageOf = (text: string | null) => {
  const kept = { text }
  return {
    kept,
    getItem: () => kept.text,
    setItem: (_key: string, value: string) => {
      kept.text = value
    },
  }
}
const atFirst: PrompterSettings = { me: null, wordsPerMinute: null, textSize: null, isMirrored: false, isDarkOnLight: false }

test('what was chosen on this device is there the next time', () => {
  const storage = storageOf(null)
  expect(readSettings(storage)).toEqual(atFirst)
  const chosen = { me: 'Pell', wordsPerMinute: 150, textSize: 3, isMirrored: true, isDarkOnLight: true }
  keepSettings(storage, chosen)
  expect(readSettings(storage)).toEqual(chosen)
})

test('settings that do not read are as at the first time, each by itself', () => {
  expect(readSettings(storageOf('no json'))).toEqual(atFirst)
  expect(readSettings(storageOf('null'))).toEqual(atFirst)
  expect(readSettings(storageOf('{"me":7,"wordsPerMinute":100000,"isMirrored":true}'))).toEqual({ ...atFirst, isMirrored: true })
  const refusing = {
    getItem: (): string => {
      throw new DOMException('no storage', 'SecurityError')
    },
    setItem: (): void => {
      throw new DOMException('no storage', 'SecurityError')
    },
  }
  expect(readSettings(refusing)).toEqual(atFirst)
  expect(() => keepSettings(refusing, atFirst)).not.toThrow()
})

test('one’s own voice is the chosen one by name, before that the one named like oneself, or none', () => {
  const roster = [
    { id: 'o', name: 'Orrin' },
    { id: 'p', name: 'pell' },
    { id: 'x', name: '' },
  ]
  expect(ownVoice(null, 'Pell ', roster)?.id).toBe('p')
  expect(ownVoice('Orrin', 'Pell', roster)?.id).toBe('o')
  expect(ownVoice('', 'Pell', roster)).toBeNull()
  expect(ownVoice(null, 'Maya', roster)).toBeNull()
})

test('reading takes the words that are said: no cues, chapters or headings', () => {
  const lines = [line('c', 'The long chapter', 'chapter'), line('a', 'one two three'), line('b', 'four  five')]
  expect(wordsIn(lines)).toBe(5)
  expect(wordsLeft(lines, 'b')).toBe(2)
  expect(wordsLeft(lines, null)).toBe(5)
  expect(secondsFor(150, 150)).toBe(60)
})

test('the first speed is the one that the times of the script are told by, within reach', () => {
  const lines = [line('c', 'Chapter', 'chapter'), line('a', 'word '.repeat(100)), line('b', 'word '.repeat(50))]
  const timing = { start: 0, recorded: false, misplaced: false }
  const timeline = new Map([
    ['c', { ...timing, length: 60 }],
    ['a', { ...timing, length: 40 }],
    ['b', { ...timing, length: 20 }],
  ])
  expect(paceOf(lines, timeline)).toBe(150)
  expect(paceOf([], timeline)).toBe(160)
  expect(paceOf([line('x', 'abcd '.repeat(200))], null)).toBe(205)
  expect(paceOf([line('x', 'x'.repeat(4_000))], null)).toBe(60)
})

test('keys with a modifier are the browser’s, letters count in either case', () => {
  const key = (key: string, ctrlKey = false) => actOfKey({ key, ctrlKey, metaKey: false, altKey: false })
  expect([key('T'), key('t'), key(' '), key('PageDown'), key('q'), key('f', true)]).toEqual([
    'take now',
    'take now',
    'start or pause',
    'next turn',
    null,
    null,
  ])
})
