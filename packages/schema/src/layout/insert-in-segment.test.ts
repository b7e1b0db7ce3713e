import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { createBody } from './body-acts.ts'
import { beginningOf } from './body-points.ts'
import { insertInSegment } from './insert-in-segment.ts'

it('B4: text inserted in a segment is the same struct, byte for byte, as Yjs makes of it', () => {
  let done = 0
  fc.assert(
    fc.property(
      fc.array(fc.record({ kind: fc.constantFrom('type', 'delete', 'strong', 'plain'), at: fc.nat(60), length: fc.nat(9) }), {
        maxLength: 30,
      }),
      fc.nat(20),
      fc.nat(20),
      fc.boolean(),
      (history, nth, at, isStrong) => {
        const doc = new Y.Doc()
        doc.clientID = 1
        const body = createBody(doc.getText('body'))
        for (const content of ['one two three', 'four five', 'six']) {
          const id = body.insertBlock(null, { kind: 'turn' }, null)
          body.insertText({ block: id, offset: 0 }, content, {}, null)
        }
        for (const { kind, at, length } of history) {
          const block = body.read().visible[at % 3]
          if (!block) continue
          const [from, to] = [at % (block.length + 1), Math.min(block.length, (at % (block.length + 1)) + length)]
          if (kind === 'type') body.insertText({ block: block.id, offset: from }, 'xyz', {}, null)
          else if (kind === 'delete') body.deleteText(block.id, from, to, null)
          else body.formatText(block.id, from, to, { strong: kind === 'strong' ? true : null }, null)
        }
        const twin = new Y.Doc()
        Y.applyUpdate(twin, Y.encodeStateAsUpdate(doc))
        for (const each of [doc, twin]) each.clientID = 9

        const view = body.read()
        const segment = view.segments[nth % view.segments.length]
        if (!segment) return
        const offset = at % (segment.length + 1)
        const attributes = isStrong ? { strong: true } : {}
        const could = doc.transact((transaction) =>
          insertInSegment(transaction, body.text, segment, offset, 'new', attributes),
        )
        if (!could) return
        done++
        twin.getText('body').insert(beginningOf(view, segment) + offset, 'new', { ...attributes })
        expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(twin))
      },
    ),
    { numRuns: 500 },
  )
  expect(done).toBeGreaterThan(100)
})
