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
  desk.run('makeChapter')
  desk.run('joinBefore')
  expect(desk.lines()).toEqual(['ada: one two', 'chapter: Part', 'bo: three'])
  desk.run('removeBlock')
  expect(desk.lines()).toEqual(['ada: one two', 'bo: three'])
})

/** Presses a key with the caret at a place; answers the blocks, with where the caret stands then. */
const pressed = (desk: Desk, key: string, block: number, offset: number) => {
  desk.caret(block, offset)
  const heard = press(key, desk.context())
  const { $head } = desk.state().selection
  return { heard, lines: desk.lines(), caret: [$head.index(0), $head.parentOffset] }
}

it('W8: no key joins a title with the words under it or before it: the caret goes over', () => {
  const desk = twoHosts()
  desk.run('insertChapter')
  desk.type('Part')
  const lines = ['ada: one two', 'chapter: Part', 'bo: three']
  expect(desk.lines()).toEqual(lines)
  const steps = desk.binding.undoManager.undoStack.length
  expect(pressed(desk, 'Backspace', 2, 0)).toEqual({ heard: true, lines, caret: [1, 4] })
  expect(pressed(desk, 'Delete', 1, 4)).toEqual({ heard: true, lines, caret: [2, 0] })
  expect(pressed(desk, 'Mod-Backspace', 1, 0)).toEqual({ heard: true, lines, caret: [0, 7] })
  expect(pressed(desk, 'Delete', 0, 7)).toEqual({ heard: true, lines, caret: [1, 0] })
  expect(desk.binding.undoManager.undoStack.length).toBe(steps)
  expect([offers(commands.joinBefore, desk.context()), offers(commands.joinAfter, desk.context())]).toEqual([false, false])
})

it('W8: an empty turn under a title goes away, and so does an empty title', () => {
  const desk = twoHosts()
  desk.run('insertChapter')
  desk.type('Part')
  desk.run('nextBlock')
  expect(offers(commands.joinBefore, desk.context())).toBe(true)
  const lines = ['ada: one two', 'chapter: Part', 'bo: three']
  expect(pressed(desk, 'Backspace', 2, 0)).toEqual({ heard: true, lines, caret: [1, 4] })
  desk.caret(1, 0, 1, 4)
  desk.apply(desk.state().tr.deleteSelection())
  const untitled = ['ada: one two', 'bo: three']
  expect(pressed(desk, 'Backspace', 2, 0)).toEqual({ heard: true, lines: untitled, caret: [1, 0] })
  desk.run('undo')
  expect(pressed(desk, 'Delete', 0, 7)).toEqual({ heard: true, lines: untitled, caret: [0, 7] })
})

it('W9: a heading keeps apart from the paragraph under it, and is joined with another heading', () => {
  const desk = openDesk(1)
  desk.script.setMeta({ kind: 'essay' }, null)
  desk.type('Tides')
  desk.run('makeHeading')
  desk.run('nextBlock')
  desk.type('one')
  const lines = ['heading: Tides', 'paragraph: one']
  expect(pressed(desk, 'Backspace', 1, 0)).toEqual({ heard: true, lines, caret: [0, 5] })
  expect(pressed(desk, 'Delete', 0, 5)).toEqual({ heard: true, lines, caret: [1, 0] })
  desk.run('makeHeading')
  expect(pressed(desk, 'Delete', 0, 5)).toEqual({ heard: true, lines: ['heading: Tidesone'], caret: [0, 5] })
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
