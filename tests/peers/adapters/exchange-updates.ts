import * as Y from 'yjs'

/** Both Yjs replicas get what they lack of the other. */
export const exchangeUpdates = (a: Y.Doc | undefined, b: Y.Doc | undefined): void => {
  if (!a || !b) throw new Error('there is no such replica')
  const [fromA, fromB] = [Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)), Y.encodeStateAsUpdate(b, Y.encodeStateVector(a))]
  Y.applyUpdate(a, fromB)
  Y.applyUpdate(b, fromA)
}
