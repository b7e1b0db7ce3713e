import { removedBlocks } from '@stet/schema/layout/removed-blocks'
import { expect, it } from 'vitest'
import { meet, openDesk, twoHosts } from './headless-desk.ts'
import { leaveRemoved, putBack } from './removed-acts.ts'

const listed = (desk: ReturnType<typeof openDesk>) => removedBlocks(desk.binding.body.read())

it('B5: a removed turn put back returns to its place with the caret in it, and undo takes that back', () => {
  const desk = twoHosts()
  const before = desk.lines()
  desk.caret(0, 3)
  desk.run('removeBlock')
  const [removed] = listed(desk)
  expect(removed).toMatchObject({ words: 'one two', by: 'test', isChanged: false })
  putBack(desk.context(), removed?.id ?? '')
  expect(desk.lines()).toEqual(before)
  expect(desk.state().selection.$head.parent.textContent).toBe('one two')
  expect(listed(desk)).toEqual([])
  desk.run('undo')
  expect(listed(desk)).toHaveLength(1)
})

it('B5: left removed by one, nobody is asked any more; undo asks again', () => {
  const [ada, bo] = [twoHosts(), openDesk(2)]
  meet(ada, bo)
  bo.caret(0, 7)
  bo.type(' and more')
  ada.caret(0, 3)
  ada.run('removeBlock')
  meet(ada, bo)
  const [flagged] = listed(bo)
  expect(flagged).toMatchObject({ words: 'one two and more', isChanged: true })
  leaveRemoved(bo.context(), flagged?.id ?? '')
  meet(ada, bo)
  expect(listed(ada)).toMatchObject([{ isChanged: false }])
  expect(ada.lines()).toEqual(bo.lines())
  bo.run('undo')
  meet(ada, bo)
  expect(listed(ada)).toMatchObject([{ isChanged: true }])
})

it('E4: a read-only editor puts nothing back', () => {
  const desk = twoHosts()
  desk.caret(0, 3)
  desk.run('removeBlock')
  desk.readOnly.is = true
  putBack(desk.context(), listed(desk)[0]?.id ?? '')
  leaveRemoved(desk.context(), listed(desk)[0]?.id ?? '')
  expect(listed(desk)).toHaveLength(1)
})
