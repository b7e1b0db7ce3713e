import { Fragment, Slice } from 'prosemirror-model'
import { expect, it } from 'vitest'
import { blocksOfLines, fitSlice } from './clipboard.ts'
import { type Desk, openDesk, turn, twoHosts } from './headless-desk.ts'
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
