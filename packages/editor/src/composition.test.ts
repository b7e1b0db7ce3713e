import { readBody } from '@stet/schema/layout/body-reader'
import { expect, it } from 'vitest'
import { type Desk, expectEqual, meet, openDesk, paste, turn, twoHosts } from './headless-desk.ts'
import { scriptSchema } from './script-schema.ts'

/** Ada composes in bo's turn, right after "thr"; `meanwhile` is what a colleague does to it. */
const composing = (meanwhile: (colleague: Desk) => void): { ada: Desk; colleague: Desk } => {
  const [ada, colleague] = [twoHosts(), openDesk(2)]
  meet(ada, colleague)
  ada.caret(1, 3)
  ada.composing.is = true
  ada.type('に')
  meanwhile(colleague)
  meet(ada, colleague)
  return { ada, colleague }
}

const replaceComposed = (desk: Desk, from: number, to: number, text: string) => {
  const at = (desk.state().doc.firstChild?.nodeSize ?? 0) + 1
  desk.apply(desk.state().tr.insertText(text, at + from, at + to))
}

const endComposition = ({ composing, binding, state }: Desk) => {
  composing.is = false
  binding.compositionEnded()
  expectEqual(binding, state())
}

it('a block that is composed in is not redrawn, and what is composed stays at its place', () => {
  const { ada, colleague } = composing((colleague) => {
    colleague.caret(1, 0)
    colleague.type('REMOTE ')
    colleague.caret(1, 12)
    colleague.type('!')
  })
  expect(ada.lines()).toEqual(['ada: one two', 'bo: thrにee'])
  replaceComposed(ada, 3, 4, '日本')
  expect(ada.lines()).toEqual(['ada: one two', 'bo: thr日本ee'])
  endComposition(ada)
  meet(ada, colleague)
  expect(ada.lines()).toEqual(['ada: one two', 'bo: REMOTE thr日本ee!'])
  expect(colleague.lines()).toEqual(ada.lines())
  ada.type('|')
  expect(ada.lines()[1]).toBe('bo: REMOTE thr日本|ee!')
})

it.each<[string, (colleague: Desk) => void, string[]]>([
  [
    'split before it',
    (desk) => {
      desk.caret(1, 1)
      desk.run('nextBlock')
    },
    ['ada: one two', 'bo: t', 'bo: hr日本ee'],
  ],
  [
    'split behind it',
    (desk) => {
      desk.caret(1, 4)
      desk.run('nextBlock')
    },
    ['ada: one two', 'bo: thr日本e', 'bo: e'],
  ],
  [
    'joined',
    (desk) => {
      desk.caret(1, 0)
      desk.run('joinBefore')
    },
    ['ada: one twothr日本ee'],
  ],
  [
    'emptied',
    (desk) => {
      desk.caret(1, 0, 1, 5)
      desk.run('joinBefore')
    },
    ['ada: one two', 'bo: 日本'],
  ],
])('a turn that is %s while it is composed in keeps what is composed', (_, meanwhile, lines) => {
  const { ada, colleague } = composing(meanwhile)
  replaceComposed(ada, 3, 4, '日本')
  endComposition(ada)
  meet(ada, colleague)
  expect(ada.lines()).toEqual(lines)
  expect(colleague.lines()).toEqual(lines)
})

it('what is composed in a turn that is removed meanwhile is kept with it, and flagged', () => {
  const { ada } = composing((desk) => {
    desk.caret(1, 0)
    desk.run('removeBlock')
  })
  replaceComposed(ada, 3, 4, '日本')
  endComposition(ada)
  expect(ada.lines()).toEqual(['ada: one two'])
  expect(
    readBody(ada.script.body.text).blocks.flatMap(({ flagged }) => flagged.map(({ parts }) => parts[0]?.runs[0]?.insert)),
  ).toEqual(['thr日本ee'])
})

it('changes of other blocks are shown at once', () => {
  const { ada } = composing((desk) => {
    desk.caret(0, 0)
    desk.type('NEW ')
  })
  expect(ada.lines()).toEqual(['ada: NEW one two', 'bo: thrにee'])
})

it('the first block of an empty script is not redrawn while it is composed', () => {
  const desk = openDesk(1)
  desk.composing.is = true
  desk.type('に')
  expect(desk.state().doc.firstChild?.attrs['id']).toBe('')
  desk.apply(desk.state().tr.insertText('日本', 1, 2))
  endComposition(desk)
  expect(desk.lines()).toEqual(['-: 日本'])
  expect(desk.state().doc.firstChild?.attrs['id']).not.toBe('')
})

it('what reaches beyond the block that waits is done all the same', () => {
  const { ada, colleague } = composing((desk) => {
    desk.caret(1, 3)
    desk.run('nextBlock')
  })
  paste(ada, [turn('ada', 'A'), turn('bo', 'B')])
  endComposition(ada)
  meet(ada, colleague)
  expect(ada.lines()).toEqual(['ada: one two', 'bo: thrにA', 'bo: B', 'bo: ee'])
  expect(colleague.lines()).toEqual(ada.lines())
})

it('marked text composed in several pieces keeps its order', () => {
  const { ada, colleague } = composing((desk) => {
    desk.caret(1, 0)
    desk.type('REMOTE ')
  })
  const at = (ada.state().doc.firstChild?.nodeSize ?? 0) + 1 + 3
  const pieces = [scriptSchema.text('ab', [scriptSchema.mark('strong')]), scriptSchema.text('cd')]
  ada.apply(ada.state().tr.replaceWith(at, at + 1, pieces))
  replaceComposed(ada, 5, 6, 'X')
  endComposition(ada)
  meet(ada, colleague)
  expect(ada.lines()[1]).toBe('bo: REMOTE thrabXdee')
  expect(
    ada
      .state()
      .doc.child(1)
      .content.content.map(({ text }) => text),
  ).toEqual(['REMOTE thr', 'ab', 'Xdee'])
})
