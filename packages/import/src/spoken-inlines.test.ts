import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spokenInlines } from './spoken-inlines.ts'

test('cues are found anywhere, and the space after one stays with the text', () => {
  expect(spokenInlines('[tsk] So [half-laugh][doesn’t answer]')).toEqual([
    { type: 'cue', cue: 'tsk' },
    { type: 'text', text: ' So ' },
    { type: 'cue', cue: 'half-laugh' },
    { type: 'cue', cue: 'doesn’t answer' },
  ])
})

test.each(['[Tsk]', '[1]', '[]', '[ ]', '[a.b]', `[${'a'.repeat(41)}]`, '[tsk', 'tsk]'])('%s is text', (words) => {
  expect(spokenInlines(words)).toEqual([{ type: 'text', text: words }])
})

test('no character is lost', () => {
  const words = fc.string({ unit: fc.constantFrom('[', ']', 'a', 'b', ' ', 'A', '-', 'ß', '\n') })
  fc.assert(
    fc.property(words, (said) => {
      const printed = spokenInlines(said).map((inline) => (inline.type === 'text' ? inline.text : `[${inline.cue}]`))
      expect(printed.join('')).toBe(said)
    }),
  )
})
