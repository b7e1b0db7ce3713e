import { expect, it } from 'vitest'
import { type CommandName, commands, offers, press } from './commands.ts'
import { type Desk, openDesk, twoHosts } from './headless-desk.ts'

/** Three voices; each turn given as `who: words`. */
const threeHosts = (...turns: readonly string[]): Desk => {
  const desk = openDesk(1)
  for (const [index, id] of ['ada', 'bo', 'cy'].entries()) desk.script.speakers.add({ name: id, color: index + 1 }, null, { id })
  let last: string | null = null
  for (const turn of turns) {
    const [speaker = '', text = ''] = turn.split(': ')
    last = desk.binding.body.insertBlock(last, { kind: 'turn', speaker }, null)
    desk.binding.body.insertText({ block: last, offset: 0 }, text, {}, null)
  }
  return desk
}

const afterEnter = (...turns: readonly string[]): string | undefined => {
  const desk = threeHosts(...turns)
  desk.caret(turns.length - 1, desk.state().doc.lastChild?.content.size ?? 0)
  desk.run('nextBlock')
  return desk.lines().at(-1)
}

it('W8: the next turn goes back to the other of the two who are talking, whoever else is on the roster', () => {
  expect(afterEnter('ada: x', 'cy: y')).toBe('ada: ')
  expect(afterEnter('bo: x', 'ada: y', 'cy: z', 'ada: w')).toBe('cy: ')
})

it('W8: when nobody else has spoken it goes to the next of the roster', () => {
  expect(afterEnter('cy: x')).toBe('ada: ')
  expect(afterEnter('bo: x', 'bo: y')).toBe('cy: ')
})

it('W8: a voice that has left the roster is not asked again', () => {
  const desk = threeHosts('ada: x', 'bo: y')
  desk.script.speakers.remove('ada', null)
  desk.caret(1, 1)
  desk.run('nextBlock')
  expect(desk.lines().at(-1)).toBe('cy: ')
})

it('W8: Mod-Enter gives the rest to the other, and a turn under a chapter to who did not speak last', () => {
  const desk = threeHosts('cy: x', 'ada: one two')
  desk.caret(1, 4)
  desk.run('splitToOther')
  expect(desk.lines()).toEqual(['cy: x', 'ada: one ', 'cy: two'])
  desk.run('insertChapter')
  desk.type('Part')
  desk.run('nextBlock')
  expect(desk.lines().slice(2)).toEqual(['chapter: Part', 'cy: ', 'cy: two'])
})

it('W8: chapters move, join and are removed as turns are, and an empty turn becomes one', () => {
  const desk = twoHosts()
  desk.run('nextBlock')
  desk.run('insertChapter')
  desk.type('Part')
  expect(desk.lines()).toEqual(['ada: one two', 'bo: three', 'chapter: Part'])
  desk.run('moveUp')
  expect(desk.lines()[1]).toBe('chapter: Part')
  desk.caret(1, 2)
  desk.run('nextBlock')
  expect(desk.lines().slice(1)).toEqual(['chapter: Pa', 'bo: rt', 'bo: three'])
  desk.run('joinBefore')
  desk.run('removeBlock')
  expect(desk.lines()).toEqual(['ada: one two', 'bo: three'])
})

it('a key means its command only where it says so; from the palette a command means the block of the caret', () => {
  const desk = twoHosts()
  desk.caret(1, 3)
  expect([press('Backspace', desk.context()), press('Tab', desk.context())]).toEqual([false, false])
  expect(commands.nextSpeaker.run(desk.context())).toBe(true)
  expect(desk.lines()[1]).toBe('ada: three')
  expect(commands.joinBefore.run(desk.context())).toBe(true)
  expect(desk.lines()).toEqual(['ada: one twothree'])
})

it('W9: Backspace at the start of a heading, bullet or quote makes it a paragraph, and then joins', () => {
  const desk = openDesk(1)
  desk.script.setMeta({ kind: 'essay' }, null)
  desk.type('one')
  desk.run('nextBlock')
  desk.type('two')
  desk.run('makeHeading')
  desk.caret(1, 0)
  expect(press('Backspace', desk.context())).toBe(true)
  expect(desk.lines()).toEqual(['paragraph: one', 'paragraph: two'])
  press('Backspace', desk.context())
  expect(desk.lines()).toEqual(['paragraph: onetwo'])
})

it('W6: only what applies is offered, and only those keys are heard', () => {
  const offered = (desk: Desk) =>
    (Object.keys(commands) as CommandName[]).filter((name) => offers(commands[name], desk.context()))
  const desk = twoHosts()
  expect(offered(desk)).toEqual(expect.arrayContaining(['nextSpeaker', 'moveUp', 'makeChapter', 'undo']))
  for (const name of ['moveDown', 'joinAfter', 'makeTurn', 'makeHeading', 'makeBullet', 'redo'])
    expect(offered(desk)).not.toContain(name)
  expect(press('Mod-Alt-2', desk.context())).toBe(false)
  desk.script.setMeta({ kind: 'essay' }, null)
  expect(offered(desk)).toEqual(expect.arrayContaining(['makeHeading', 'makeBullet']))
  expect(offered(desk)).not.toContain('insertChapter')
})
