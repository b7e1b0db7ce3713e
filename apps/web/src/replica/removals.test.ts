import { visibleBlocks } from '@stet/schema/layout/body-view'
import { openDispatch } from '@stet/schema/layout/open-dispatch'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createFeed } from './feed.ts'
import { createRemovals } from './removals.ts'

const me = { editor: 'me' }
const mark = { at: '2026-01-02T03:04:05Z', by: 'Maya' }

const openDesk = () => {
  const dispatch = openDispatch(new Y.Doc())
  const { body } = dispatch
  const undo = new Y.UndoManager(body.text, { trackedOrigins: new Set([me]), captureTimeout: 0 })
  const ids = ['one', 'two', 'three'].map((words) => {
    const id = body.insertBlock(visibleBlocks(body.read()).at(-1)?.id ?? null, { kind: 'turn' }, me)
    body.insertText({ block: id, offset: 0 }, words, {}, me)
    return id
  })
  const pause = createFeed({})
  return { dispatch, body, undo, ids, pause, removals: createRemovals(dispatch, pause) }
}
const acted = () => Promise.resolve()

test('who removes turns is told at once, all turns of the act together, and no longer once they do something else', async () => {
  const { body, ids, removals } = openDesk()
  body.remove(ids[0] ?? '', mark, me)
  body.remove(ids[1] ?? '', mark, me)
  await acted()
  expect(removals.list.get()).toHaveLength(2)
  expect(removals.lastAct.get()).toMatchObject({ did: 'removed', blocks: [{ words: 'one' }, { words: 'two' }] })
  body.insertText({ block: ids[2] ?? '', offset: 0 }, 'x', {}, me)
  await acted()
  expect(removals.lastAct.get()).toBeNull()
  expect(removals.list.get()).toHaveLength(2)
})

test('putting back is an act to tell of; undoing one is not', async () => {
  const { body, ids, removals, undo } = openDesk()
  body.remove(ids[0] ?? '', mark, me)
  await acted()
  undo.undo()
  await acted()
  expect(removals.lastAct.get()).toBeNull()
  expect(removals.list.get()).toEqual([])
  body.remove(ids[0] ?? '', mark, me)
  await acted()
  body.restore(ids[0] ?? '', me)
  await acted()
  expect(removals.lastAct.get()).toMatchObject({ did: 'put back', blocks: [{ words: 'one' }] })
})

test('a turn that was cut and is pasted elsewhere has moved, and nothing is told of it', async () => {
  const { body, ids, removals } = openDesk()
  body.cut(ids[0] ?? '', mark, me)
  await acted()
  body.move(ids[0] ?? '', null, me)
  await acted()
  expect(removals.list.get()).toEqual([])
  expect(removals.lastAct.get()).toBeNull()
})

test('what a colleague does is listed, and is no act of this person', async () => {
  const { dispatch, body, ids, removals } = openDesk()
  const bo = openDispatch(new Y.Doc())
  Y.applyUpdate(bo.doc, Y.encodeStateAsUpdate(dispatch.doc))
  body.remove(ids[0] ?? '', mark, me)
  bo.body.remove(ids[1] ?? '', { ...mark, by: 'Bo' }, 'bo')
  await acted()
  Y.applyUpdate(dispatch.doc, Y.encodeStateAsUpdate(bo.doc))
  await acted()
  expect(removals.list.get().map(({ by }) => by)).toEqual(['Maya', 'Bo'])
  expect(removals.lastAct.get()).toMatchObject({ did: 'removed', blocks: [{ by: 'Maya' }] })
})

test('words that change after a removal are read when the writing pauses', () => {
  const { dispatch, body, ids, removals, pause } = openDesk()
  const bo = openDispatch(new Y.Doc())
  Y.applyUpdate(bo.doc, Y.encodeStateAsUpdate(dispatch.doc))
  body.remove(ids[0] ?? '', mark, me)
  bo.body.insertText({ block: ids[0] ?? '', offset: 3 }, ' more', {}, 'bo')
  Y.applyUpdate(dispatch.doc, Y.encodeStateAsUpdate(bo.doc))
  pause.set({})
  expect(removals.list.get()).toMatchObject([{ words: 'one more', isChanged: true }])
})
