import { openDispatch } from '@stet/schema/layout/open-dispatch'
import * as Y from 'yjs'

/** What writers type: made before the load begins, so that nothing of Yjs runs beside what is measured. */
export type Typing = {
  /** A dispatch with a turn for each writer, as one update. */
  readonly base: Uint8Array
  /** For each writer, an update for each letter, in order. */
  readonly letters: readonly (readonly Uint8Array[])[]
  /** The client id of the first writer; the others follow. */
  readonly firstClient: number
}

const FIRST_CLIENT = 1_000

export const prepareTyping = (writers: number, lettersEach: number): Typing => {
  const script = openDispatch(new Y.Doc())
  let last: string | null = null
  const turns = Array.from({ length: writers }, (_, writer) => {
    last = script.body.insertBlock(last, { kind: 'turn', speaker: null }, null)
    script.body.insertText({ block: last, offset: 0 }, `Here writer ${writer} begins. `, {}, null)
    return last
  })
  const base = Y.encodeStateAsUpdate(script.doc)
  const letters = turns.map((turn, writer) => {
    const doc = Object.assign(new Y.Doc(), { clientID: FIRST_CLIENT + writer })
    Y.applyUpdate(doc, base)
    const { body } = openDispatch(doc)
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    const start = body.read().visible.find(({ id }) => id === turn)?.length ?? 0
    for (let letter = 0; letter < lettersEach; letter++)
      body.insertText({ block: turn, offset: start + letter }, 'etaoin shrdlu'[letter % 13] ?? 'e', {}, null)
    return updates
  })
  return { base, letters, firstClient: FIRST_CLIENT }
}
