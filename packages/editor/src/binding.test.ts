import { visibleBlocks } from '@stet/schema/layout/body-view'
import { takeSnapshot } from '@stet/schema/layout/take-snapshot'
import { Fragment, Slice } from 'prosemirror-model'
import { AllSelection } from 'prosemirror-state'
import { ReplaceStep } from 'prosemirror-transform'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { citeSource } from './citing.ts'
import { type CommandName, commands } from './commands.ts'
import { meet, openDesk, paste, turn, twoHosts } from './headless-desk.ts'
import { scriptSchema } from './script-schema.ts'

describe('commands', () => {
  it('Enter at the end gives the next turn to the other host', () => {
    expect(twoHosts().lines()).toEqual(['ada: one two', 'bo: three'])
  })

  it('the first letter typed into an empty script begins the first turn, of the first speaker', () => {
    const desk = openDesk(1)
    desk.script.speakers.add({ name: 'ada', color: 1 }, null, { id: 'ada' })
    desk.type('x')
    expect(desk.lines()).toEqual(['ada: x'])
    expect(visibleBlocks(desk.binding.view()).length).toBe(1)
  })

  it('Enter inside splits and keeps the speaker, Mod-Enter gives the rest to the other', () => {
    const desk = twoHosts()
    desk.caret(0, 4)
    desk.run('nextBlock')
    expect(desk.lines()).toEqual(['ada: one ', 'ada: two', 'bo: three'])
    desk.type('a ')
    desk.caret(2, 2)
    desk.run('splitToOther')
    expect(desk.lines()).toEqual(['ada: one ', 'ada: a two', 'bo: th', 'ada: ree'])
  })

  it('Enter at the start makes room before and stays with the text', () => {
    const desk = twoHosts()
    desk.caret(1, 0)
    desk.run('nextBlock')
    desk.type('X')
    expect(desk.lines()).toEqual(['ada: one two', 'bo: ', 'bo: Xthree'])
  })

  it('Backspace at the start joins, Delete at the end too, and an empty neighbour goes first', () => {
    const desk = twoHosts()
    desk.caret(1, 0)
    desk.run('joinBefore')
    desk.type('-')
    expect(desk.lines()).toEqual(['ada: one two-three'])
    desk.run('undo')
    desk.run('undo')
    expect(desk.lines()).toEqual(['ada: one two', 'bo: three'])
    desk.caret(0, 7)
    desk.run('nextBlock')
    desk.caret(2, 0)
    desk.run('joinBefore')
    expect(desk.lines()).toEqual(['ada: one two', 'bo: three'])
    desk.caret(0, 7)
    desk.run('joinAfter')
    expect(desk.lines()).toEqual(['ada: one twothree'])
  })

  it('Alt-Up and Alt-Down move a block and keep the caret in it', () => {
    const desk = twoHosts()
    desk.caret(1, 2)
    desk.run('moveUp')
    desk.type('X')
    expect(desk.lines()).toEqual(['bo: thXree', 'ada: one two'])
    desk.run('moveDown')
    expect(desk.lines()).toEqual(['ada: one two', 'bo: thXree'])
  })

  it('Tab at the start of a turn changes the speaker, and elsewhere it is left to the page', () => {
    const desk = twoHosts()
    desk.caret(1, 0)
    expect(desk.run('nextSpeaker')).toBe(true)
    expect(desk.lines()).toEqual(['ada: one two', 'ada: three'])
    desk.caret(1, 1)
    expect(desk.run('nextSpeaker')).toBe(false)
  })

  it('a source is cited on the selection, or on the sentence, and taken off again', () => {
    const desk = twoHosts()
    desk.caret(0, 0, 0, 3)
    citeSource(desk.context(), 's1')
    desk.caret(1, 2)
    citeSource(desk.context(), 's1')
    const taken = takeSnapshot(desk.script.doc, 'abcdefghijklmnopqrstuv' as never)
    expect(taken.ok && taken.snapshot.body.map(({ content }) => content)).toEqual([
      [
        { type: 'text', text: 'one', marks: { cites: ['s1'] } },
        { type: 'text', text: ' two' },
      ],
      [{ type: 'text', text: 'three', marks: { cites: ['s1'] } }],
    ])
    citeSource(desk.context(), 's1')
    expect(desk.state().doc.lastChild?.firstChild?.marks).toEqual([])
  })

  it('a new turn below goes to the other host and takes no text along', () => {
    const desk = twoHosts()
    desk.caret(0, 3)
    desk.run('insertTurn')
    desk.type('x')
    expect(desk.lines()).toEqual(['ada: one two', 'bo: x', 'bo: three'])
  })

  it('a paragraph that becomes a turn gets a speaker', () => {
    const desk = openDesk(1)
    desk.script.setMeta({ kind: 'essay' }, null)
    desk.script.speakers.add({ name: 'ada', color: 1 }, null, { id: 'ada' })
    desk.type('x')
    desk.script.setMeta({ kind: 'dispatch' }, null)
    desk.run('makeTurn')
    expect(desk.lines()).toEqual(['ada: x'])
  })

  it('chapters and kinds', () => {
    const desk = twoHosts()
    desk.run('insertChapter')
    desk.type('Part')
    expect(desk.lines()).toEqual(['ada: one two', 'chapter: Part', 'bo: three'])
    desk.run('nextBlock')
    desk.type('new')
    expect(desk.lines()).toEqual(['ada: one two', 'chapter: Part', 'bo: new', 'bo: three'])
    desk.run('removeBlock')
    expect(desk.lines()).toEqual(['ada: one two', 'chapter: Part', 'bo: three'])
  })
})

describe('selections over several blocks', () => {
  it.each(['joinBefore', 'joinAfter'] as const)('%s deletes what is selected and joins the ends', (name) => {
    const desk = twoHosts()
    desk.caret(0, 4, 1, 2)
    expect(desk.run(name)).toBe(true)
    expect(desk.lines()).toEqual(['ada: one ree'])
    desk.run('undo')
    expect(desk.lines()).toEqual(['ada: one two', 'bo: three'])
  })

  it('what replaces the whole script is a turn of the first speaker', () => {
    const desk = twoHosts()
    desk.run('selectAll')
    desk.type('x')
    expect(desk.lines()).toEqual(['ada: x'])
    const other = twoHosts()
    other.apply(other.state().tr.setSelection(new AllSelection(other.state().doc)))
    other.type('x')
    expect(other.lines()).toEqual(['ada: x'])
    other.apply(other.state().tr.setSelection(new AllSelection(other.state().doc)))
    other.apply(other.state().tr.deleteSelection())
    expect(visibleBlocks(other.binding.view())).toEqual([])
  })

  it('undo brings back the selection that was typed over', () => {
    const desk = twoHosts()
    desk.binding.undoManager.stopCapturing()
    desk.caret(0, 4, 0, 7)
    desk.type('X')
    desk.run('undo')
    const { from, to } = desk.state().selection
    expect(desk.state().doc.textBetween(from, to)).toBe('two')
  })

  it('a replacement from between two blocks into another leaves that one its rest', () => {
    const desk = twoHosts()
    const end = (desk.state().doc.firstChild?.nodeSize ?? 0) + 1 + 2
    desk.apply(desk.state().tr.step(new ReplaceStep(0, end, new Slice(Fragment.from([turn('ada', 'A'), turn('bo', 'B')]), 0, 1))))
    expect(desk.lines()).toEqual(['ada: A', 'bo: Bree'])
  })
})

it('two who begin an empty script at once have begun two turns', () => {
  const [ada, bo] = [openDesk(1), openDesk(2)]
  ada.type('a')
  bo.run('nextBlock')
  bo.type('b')
  meet(ada, bo)
  expect(ada.lines().toSorted()).toEqual(['-: a', '-: b'])
  expect(bo.lines()).toEqual(ada.lines())
})

describe('what the browser does on its own', () => {
  it('a deletion over several blocks joins the ends, and typing over it too', () => {
    const desk = twoHosts()
    desk.run('nextBlock')
    desk.type('four')
    desk.caret(0, 4, 2, 2)
    desk.type('X')
    expect(desk.lines()).toEqual(['ada: one Xur'])
    desk.run('undo')
    expect(desk.lines()).toEqual(['ada: one two', 'bo: three', 'ada: four'])
  })

  it('several turns pasted inside one split it and keep their speakers', () => {
    const desk = twoHosts()
    desk.caret(0, 3)
    paste(desk, [turn('ada', 'A'), turn('bo', 'B'), turn('ada', 'C')])
    expect(desk.lines()).toEqual(['ada: oneA', 'bo: B', 'ada: C two', 'bo: three'])
  })

  it('marks and cues come along', () => {
    const desk = twoHosts()
    desk.caret(1, 5)
    paste(desk, [
      scriptSchema.node('turn', {}, [
        scriptSchema.text('!', [scriptSchema.mark('strong')]),
        scriptSchema.node('cue', { cue: 'tsk' }),
      ]),
    ])
    expect(desk.lines()[1]).toBe('bo: three![tsk]')
  })

  it('a change that means nothing to the body is brought back to what the body says', () => {
    const desk = twoHosts()
    desk.apply(desk.state().tr.setNodeMarkup(0, scriptSchema.nodes['heading']))
    expect(desk.lines()).toEqual(['ada: one two', 'bo: three'])
  })
})

it("E3: undo takes back one's own acts and leaves a colleague's", () => {
  const [ada, bo] = [twoHosts(), openDesk(2)]
  meet(ada, bo)
  ada.binding.undoManager.clear()
  ada.caret(0, 7)
  ada.type(' mine')
  bo.caret(1, 0)
  bo.type('theirs ')
  meet(ada, bo)
  ada.run('undo')
  meet(ada, bo)
  expect(ada.lines()).toEqual(['ada: one two', 'bo: theirs three'])
  expect(bo.lines()).toEqual(ada.lines())
})

it("one's caret stays with its letters when others write above, split and move", () => {
  const [ada, bo] = [twoHosts(), openDesk(2)]
  meet(ada, bo)
  ada.caret(1, 3)
  bo.caret(0, 3)
  bo.type(' more')
  bo.run('nextBlock')
  bo.run('moveDown')
  meet(ada, bo)
  ada.type('|')
  expect(ada.lines().find((line) => line.includes('|'))).toBe('bo: thr|ee')
})

describe('E4: read-only', () => {
  it.each(['viewer', 'newer layout'])('a %s emits nothing', (why) => {
    const desk = twoHosts()
    if (why === 'viewer') desk.readOnly.is = true
    else desk.script.meta.set('layout', 99)
    const before = Y.encodeStateAsUpdate(desk.script.doc)
    for (const name of Object.keys(commands) as CommandName[]) commands[name].run(desk.context())
    desk.binding.apply(desk.state().tr.insertText('x', 1))
    desk.binding.apply(desk.state().tr.delete(0, desk.state().doc.content.size))
    expect(Y.encodeStateAsUpdate(desk.script.doc)).toEqual(before)
  })

  it('marks that this program does not know are kept and shown as plain text', () => {
    const desk = twoHosts()
    desk.binding.body.formatText(visibleBlocks(desk.binding.view())[0]?.id ?? '', 0, 3, { sparkle: true }, null)
    desk.caret(0, 7)
    desk.type('!')
    expect(desk.script.body.text.toDelta().some(({ attributes = {} }: { attributes?: object }) => 'sparkle' in attributes)).toBe(
      true,
    )
  })
})
