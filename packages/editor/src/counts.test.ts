import { expect, it } from 'vitest'
import { createCounter } from './counts.ts'
import { openDesk, twoHosts } from './headless-desk.ts'
import { scriptSchema } from './script-schema.ts'

const count = createCounter()

it('words and turns are those of the script, and of the selection when there is one', () => {
  const desk = twoHosts()
  desk.caret(0, 0)
  expect(count(desk.state())).toEqual({ whole: { words: 3, turns: 2 }, selected: null })
  desk.caret(0, 4, 1, 5)
  expect(count(desk.state()).selected).toEqual({ words: 2, turns: 2 })
  desk.caret(0, 1, 0, 3)
  expect(count(desk.state()).selected).toEqual({ words: 1, turns: 1 })
})

it('cues and signs alone are no words, an empty turn is none, and a chapter is no turn', () => {
  const desk = twoHosts()
  desk.caret(1, 5)
  desk.type(' – ')
  desk.apply(desk.state().tr.replaceSelectionWith(scriptSchema.node('cue', { cue: 'clears throat' }), false))
  desk.run('nextBlock')
  desk.run('insertChapter')
  desk.type('Part 2')
  desk.run('nextBlock')
  expect(count(desk.state()).whole).toEqual({ words: 5, turns: 2 })
})

it('where no spaces part the words, the dictionary does', () => {
  const desk = openDesk(1)
  desk.type('東京湾の潮')
  const { words } = count(desk.state()).whole
  expect(words).toBeGreaterThan(1)
  expect(words).toBeLessThan(5)
})
