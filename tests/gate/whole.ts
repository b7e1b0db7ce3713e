import * as Y from 'yjs'

/** The bytes of a replica that has just heard all of it, so that how it was heard leaves no trace. */
export const wholeOf = (doc: Y.Doc): string => {
  const fresh = new Y.Doc()
  Y.applyUpdate(fresh, Y.encodeStateAsUpdate(doc))
  return Buffer.from(Y.encodeStateAsUpdate(fresh)).toString('base64')
}
