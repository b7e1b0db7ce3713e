import { openDispatch } from '@stet/schema/layout/open-dispatch'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { expectEqual, meet, openDesk } from './headless-desk.ts'

const TURNS = 200

/** A desk with a script of many screens, just opened, and a colleague who has had it for a while. */
const opened = () => {
  const script = openDispatch(new Y.Doc())
  for (let turn = 0, last: string | null = null; turn < TURNS; turn++) {
    last = script.body.insertBlock(last, { kind: 'turn', speaker: null }, null)
    script.body.insertText({ block: last, offset: 0 }, `this is turn ${turn}`, {}, null)
  }
  const colleague = openDesk(2)
  Y.applyUpdate(colleague.script.doc, Y.encodeStateAsUpdate(script.doc))
  return { desk: openDesk(1, script), colleague }
}

test('E1: a script begins with the blocks that fill a screen, and shows the rest when it is refreshed', () => {
  const { desk } = opened()
  const first = desk.lines()
  expect(first.length).toBeGreaterThan(40)
  expect(first.length).toBeLessThan(TURNS / 2)
  desk.binding.refresh()
  expectEqual(desk.binding, desk.state())
  expect(desk.lines().slice(0, first.length)).toEqual(first)
})

test('E1: what is typed before the rest shows stays where it was typed, and brings the rest', () => {
  const { desk } = opened()
  desk.type('x')
  expect(desk.lines()[0]).toBe('-: xthis is turn 0')
  expect(desk.lines()).toHaveLength(TURNS)
})

test('E1: all that is selected before the rest shows is what one saw: the rest is not deleted with it', () => {
  const { desk } = opened()
  const seen = desk.lines().length
  desk.apply(desk.state().tr.delete(1, desk.state().doc.content.size - 1))
  expect(desk.lines().slice(0, 2)).toEqual(['-: ', `-: this is turn ${seen}`])
  expect(desk.lines()).toHaveLength(TURNS - seen + 1)
})

test("E1: a colleague's change before the rest shows brings it, in sight or beyond", () => {
  for (const turn of [0, TURNS - 1]) {
    const { desk, colleague } = opened()
    colleague.caret(turn, 0)
    colleague.type('x')
    meet(desk, colleague)
    expectEqual(desk.binding, desk.state())
    expect(desk.lines()[turn]).toBe(`-: xthis is turn ${turn}`)
  }
})
