import { openDispatch } from '@stet/schema/layout/open-dispatch'
import { writeContent } from '@stet/schema/layout/write-content'
import { emptyContent } from '@stet/schema/snapshot'
import type { DecorationSet } from 'prosemirror-view'
import { expect, it } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { caretsPlugin } from './carets.ts'
import { type Desk, meet, openDesk } from './headless-desk.ts'

const turn = (id: string, text: string) => ({
  kind: 'turn' as const,
  id,
  speaker: null,
  start: null,
  content: [{ type: 'text' as const, text }],
})

/** Ada's desk, on which the caret of bo shows after "thr". */
const watching = (): { ada: Desk; place: () => string } => {
  const script = openDispatch(new Y.Doc())
  writeContent(script.doc, { ...emptyContent('dispatch'), body: [turn('t1', 'one two'), turn('t2', 'three')] })
  const awareness = new Awareness(script.doc)
  const ada = openDesk(1, script, (binding) => [caretsPlugin(binding, awareness)])
  const bo = openDesk(2)
  meet(ada, bo)
  bo.caret(1, 3)
  awareness.states.set(2, { person: { name: 'bo', color: 2 }, caret: bo.binding.selection() })
  const place = () => {
    const shown = ada.state().plugins[0]?.getState(ada.state()) as DecorationSet | undefined
    const $at = ada.state().doc.resolve(shown?.find()[0]?.from ?? 0)
    return `${$at.parent.textContent.slice(0, $at.parentOffset)}|${$at.parent.textContent.slice($at.parentOffset)}`
  }
  return { ada, place }
}

it('the caret of another stays with its letters while one types above it and before it', () => {
  const { ada, place } = watching()
  ada.caret(0, 0)
  ada.type('XX')
  expect(place()).toBe('thr|ee')
  ada.caret(1, 0)
  ada.type('YY')
  expect(place()).toBe('YYthr|ee')
})

it.each<[string, (ada: Desk) => void, string]>([
  ['splits above it', (ada) => ada.run('nextBlock'), 'thr|ee'],
  ['moves its turn', (ada) => ada.run('moveDown'), 'thr|ee'],
  ['joins its turn', (ada) => ada.run('joinAfter'), 'one twothr|ee'],
])('the caret of another stays with its letters while one %s', (what, act, expected) => {
  const { ada, place } = watching()
  ada.caret(0, what.startsWith('joins') ? 7 : 3)
  act(ada)
  expect(place()).toBe(expected)
})
