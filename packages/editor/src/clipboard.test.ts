import { openDispatch } from '@stet/schema/layout/open-dispatch'
import { Fragment, Slice } from 'prosemirror-model'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { blocksOfLines, clipboardPlugin, fitSlice, pasteCutBlocks } from './clipboard.ts'
import { type Desk, meet, openDesk, turn, twoHosts } from './headless-desk.ts'
import { scriptSchema } from './script-schema.ts'

const paste = (desk: Desk, slice: Slice) =>
  desk.apply(desk.state().tr.replaceSelection(fitSlice(slice, desk.script, desk.state().selection.$from)))

it('lines of plain text become turns of the speaker they are pasted at', () => {
  const desk = twoHosts()
  desk.caret(1, 2)
  paste(desk, blocksOfLines('A\n\nB\r\nC\n'))
  expect(desk.lines()).toEqual(['ada: one two', 'bo: thA', 'bo: B', 'bo: Cree'])
})

it('one line of plain text joins the text it is pasted into, spaces and all', () => {
  const desk = twoHosts()
  desk.caret(0, 3)
  paste(desk, blocksOfLines('  x  '))
  expect(desk.lines()).toEqual(['ada: one  x   two', 'bo: three'])
})

it('an essay takes turns as paragraphs and chapters as headings', () => {
  const desk = openDesk(1)
  desk.script.setMeta({ kind: 'essay' }, null)
  desk.type('x')
  const chapter = scriptSchema.node('chapter', {}, [scriptSchema.text('Part')])
  paste(desk, new Slice(Fragment.from([turn('ada', 'A'), chapter, turn('bo', '')]), 1, 1))
  expect(desk.lines()).toEqual(['paragraph: xA', 'heading: Part', 'paragraph: '])
})

it('speakers and sources of another dispatch do not come along, those of this one do', () => {
  const desk = twoHosts()
  desk.caret(0, 7)
  const cited = (source: string) => scriptSchema.text(source, [scriptSchema.mark('cite', { source })])
  paste(desk, new Slice(Fragment.from([turn('bo', ''), turn('bo', 'B'), turn('stranger', 'S'), turn(null, '')]), 1, 1))
  expect(desk.lines()).toEqual(['ada: one two', 'bo: B', 'ada: S', 'ada: ', 'bo: three'])
  paste(desk, new Slice(Fragment.from([cited('s1'), cited('elsewhere')]), 0, 0))
  expect(
    desk
      .state()
      .doc.child(3)
      .content.content.map(({ marks }) => marks.map(({ attrs }) => attrs['source'])),
  ).toEqual([['s1'], []])
})

describe('whole blocks that are cut and pasted', () => {
  /** Two hosts at one script of four turns, with clipboards. */
  const hosts = () => {
    const first = twoHosts()
    for (const word of ['four', 'five']) {
      first.run('nextBlock')
      first.type(word)
    }
    const open = (id: number): Desk => {
      const script = openDispatch(new Y.Doc())
      const signature = { origin: { clipboard: id }, mark: () => ({ at: '', by: 'test' }) }
      return openDesk(id, script, (binding) => [clipboardPlugin(script, binding, signature)])
    }
    const [ada, bo] = [open(2), open(3)]
    meet(first, ada)
    meet(first, bo)
    return { ada, bo }
  }
  const cut = (desk: Desk): Slice => {
    const slice = desk.state().selection.content()
    desk.apply(desk.state().tr.deleteSelection().setMeta('uiEvent', 'cut'))
    return slice
  }
  const paste = (desk: Desk, slice: Slice) => pasteCutBlocks(desk.binding, slice, desk.context().signature)

  it('M1: are moved, with what a colleague typed into them meanwhile', () => {
    const { ada, bo } = hosts()
    ada.caret(0, 0, 1, 5)
    const slice = cut(ada)
    expect(ada.lines()).toEqual(['ada: four', 'bo: five'])
    bo.caret(1, 5)
    bo.type('!')
    ada.caret(1, 4)
    expect(paste(ada, slice)).toBe(true)
    meet(ada, bo)
    expect(ada.lines()).toEqual(['ada: four', 'bo: five', 'ada: one two', 'bo: three!'])
    expect(bo.lines()).toEqual(ada.lines())
    ada.run('undo')
    expect(ada.lines()).toEqual(['ada: four', 'bo: five'])
    ada.run('undo')
    expect(ada.lines()).toEqual(['ada: one two', 'bo: three!', 'ada: four', 'bo: five'])
  })

  it('M1: go between the halves of the turn they are pasted inside, and into the place of an empty one', () => {
    const { ada } = hosts()
    ada.caret(0, 0, 1, 5)
    const slice = cut(ada)
    ada.caret(0, 2)
    paste(ada, slice)
    expect(ada.lines()).toEqual(['ada: fo', 'ada: one two', 'bo: three', 'ada: ur', 'bo: five'])
    ada.caret(2, 0, 2, 5)
    const turn = cut(ada)
    ada.caret(3, 4)
    ada.run('nextBlock')
    paste(ada, turn)
    expect(ada.lines()).toEqual(['ada: fo', 'ada: one two', 'ada: ur', 'bo: five', 'bo: three'])
  })

  it('M1: the words of one turn, pasted among those of another, are words', () => {
    const { ada } = hosts()
    ada.caret(1, 0, 1, 5)
    const slice = cut(ada)
    ada.caret(0, 3)
    expect(paste(ada, slice)).toBe(false)
  })

  it('M1: pasted a second time they are a copy', () => {
    const { ada } = hosts()
    ada.caret(0, 0, 1, 5)
    const slice = cut(ada)
    ada.caret(1, 4)
    expect(paste(ada, slice)).toBe(true)
    expect(paste(ada, slice)).toBe(false)
  })
})

describe('a deletion over several turns', () => {
  it('M2: leaves what is left with its own speaker', () => {
    const desk = twoHosts()
    desk.caret(0, 0, 1, 2)
    desk.apply(desk.state().tr.deleteSelection())
    expect(desk.lines()).toEqual(['bo: ree'])
  })

  it('M2: of all of them leaves the first, empty', () => {
    const desk = twoHosts()
    desk.caret(0, 0, 1, 5)
    desk.apply(desk.state().tr.deleteSelection())
    expect(desk.lines()).toEqual(['ada: '])
  })
})
