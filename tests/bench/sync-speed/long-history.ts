import { openDispatch } from '@stet/schema/layout/open-dispatch'
import * as Y from 'yjs'
import { createRandom } from '../editor-speed/random.ts'

/** A dispatch that several people have edited for long, each at places of their own: letters, and one deletion in five. */
export type LongHistory = {
  readonly base: Uint8Array
  readonly updates: readonly Uint8Array[]
  /** All of it, as one update. */
  readonly state: Uint8Array
}

/** A letter at a random place costs Yjs more, the longer the text of one person is; so longer histories are of more people. */
const EDITS_EACH = 5_000
const PEOPLE_AT_LEAST = 5

export const prepareLongHistory = (edits: number): LongHistory => {
  const people = Math.max(PEOPLE_AT_LEAST, Math.ceil(edits / EDITS_EACH))
  const first = openDispatch(new Y.Doc())
  const turns = Array.from({ length: people }, () => first.body.insertBlock(null, { kind: 'turn', speaker: null }, null))
  const base = Y.encodeStateAsUpdate(first.doc)
  const random = createRandom(7)
  const histories = turns.map((turn, person) => {
    const doc = Object.assign(new Y.Doc(), { clientID: 500 + person })
    Y.applyUpdate(doc, base)
    const text = doc.getText('body')
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    const { body } = openDispatch(doc)
    const before = body.read().segments
    // The text of a segment lies behind its marker; the others stay as they are here.
    const start = before.findIndex(({ id }) => id === turn) + 1
    let length = 0
    for (let edit = 0; edit < edits / people; edit++) {
      const at = start + random.below(length + 1)
      if (length > 20 && edit % 5 === 4 && at < start + length) {
        text.delete(at, 1)
        length -= 1
      } else {
        text.insert(at, 'e')
        length += 1
      }
    }
    return { doc, updates }
  })
  const whole = new Y.Doc()
  for (const { doc } of histories) Y.applyUpdate(whole, Y.encodeStateAsUpdate(doc))
  return {
    base,
    updates: Array.from({ length: edits / people }, (_, nth) => histories.flatMap(({ updates }) => updates[nth] ?? [])).flat(),
    state: Y.encodeStateAsUpdate(whole),
  }
}
