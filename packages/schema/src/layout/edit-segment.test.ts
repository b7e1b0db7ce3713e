import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { createBody } from './body-acts.ts'
import { indexAt } from './body-points.ts'
import { deleteInSegment, insertInSegment } from './edit-segment.ts'

it('B4: what is typed and erased in a segment is, byte for byte, what Yjs makes of it', () => {
  const done = { insert: 0, delete: 0 }
  fc.assert(
    fc.property(
      fc.array(fc.record({ kind: fc.constantFrom('type', 'delete', 'strong', 'plain'), at: fc.nat(60), length: fc.nat(9) }), {
        maxLength: 30,
      }),
      fc.nat(20),
      fc.nat(20),
      fc.boolean(),
      fc.nat(6),
      (history, nth, at, isStrong, erased) => {
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
        const index = indexAt(view, { segment, offset })
        const length = Math.min(erased, segment.length - offset)
        const could = doc.transact((transaction) =>
          length > 0
            ? deleteInSegment(transaction, body.text, segment, offset, length)
            : insertInSegment(transaction, body.text, { segment, offset, until: null }, 'new', attributes),
        )
        if (!could) return
        done[length > 0 ? 'delete' : 'insert']++
        if (length > 0) twin.getText('body').delete(index, length)
        else twin.getText('body').insert(index, 'new', { ...attributes })
        expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(twin))
      },
    ),
    { numRuns: 500 },
  )
  expect(Math.min(done.insert, done.delete)).toBeGreaterThan(50)
})
