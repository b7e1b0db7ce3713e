import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { carried } from './bind-text.ts'
import { applySplice, type DeltaStep, positionThrough, spliceBetween } from './text-splice.ts'

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '😀', '👩‍🚀'), maxLength: 12 })
const isWhole = (value: string) => value.isWellFormed()

test('a splice turns the one text into the other, wherever the caret is', () => {
  fc.assert(
    fc.property(text, text, fc.nat(30), (before, after, caret) => {
      const splice = spliceBetween(before, after, caret)
      expect(splice === null ? before : applySplice(before, splice)).toBe(after)
    }),
  )
})

test('a splice never parts the two halves of a character', () => {
  fc.assert(
    fc.property(text, text, fc.nat(30), (before, after, caret) => {
      const splice = spliceBetween(before, after, caret)
      if (splice === null) return
      expect(isWhole(splice.insert)).toBe(true)
      expect(isWhole(before.slice(splice.index, splice.index + splice.remove))).toBe(true)
    }),
  )
})

test('typing at the caret inserts there and removes nothing, even in a run of the same letter', () => {
  fc.assert(
    fc.property(text, fc.nat(12), fc.constantFrom('a', 'b', ' ', '😀'), (before, at, letter) => {
      const index = Array.from(before).slice(0, at).join('').length
      const after = before.slice(0, index) + letter + before.slice(index)
      expect(spliceBetween(before, after, index + letter.length)).toEqual({ index, remove: 0, insert: letter })
    }),
  )
})

test('a position goes with its letter through any change', () => {
  fc.assert(
    fc.property(text, text, fc.nat(12), (before, insert, at) => {
      const doc = new Y.Doc()
      const shared = doc.getText('text')
      shared.insert(0, before)
      const position = Math.min(at, before.length)
      const anchor = Y.createRelativePositionFromTypeIndex(shared, position, -1)
      const deltas: DeltaStep[][] = []
      shared.observe((event) => void deltas.push(event.delta as DeltaStep[]))
      doc.transact(() => {
        const from = Math.min(2, before.length)
        shared.delete(from, Math.min(3, before.length - from))
        shared.insert(Math.min(1, shared.length), insert)
      })
      const expected = Y.createAbsolutePositionFromRelativePosition(anchor, doc)?.index
      expect(deltas.reduce((moved, delta) => positionThrough(delta, moved), position)).toBe(expected)
    }),
  )
})

test('what was composed is carried past what came in meanwhile', () => {
  expect(carried({ index: 5, remove: 0, insert: 'x' }, [[{ insert: 'abc' }]])).toEqual({ index: 8, remove: 0, insert: 'x' })
  expect(carried({ index: 5, remove: 2, insert: 'x' }, [[{ retain: 1 }, { delete: 2 }]])).toEqual({
    index: 3,
    remove: 2,
    insert: 'x',
  })
  expect(carried({ index: 1, remove: 3, insert: 'x' }, [[{ delete: 4 }]])).toEqual({ index: 0, remove: 0, insert: 'x' })
})
