import { createHash } from 'node:crypto'
import * as Y from 'yjs'

/**
 * A hash of all that a replica holds: each unit with its id, its origins and its content, and what is deleted. How Yjs has cut
 * the units into items, which depends on what it heard together, leaves no trace.
 */
export const wholeOf = (doc: Y.Doc): string => {
  // One that has no undo keeps nothing of what is deleted.
  const fresh = new Y.Doc()
  Y.applyUpdate(fresh, Y.encodeStateAsUpdate(doc))
  const { structs, ds } = Y.decodeUpdate(Y.encodeStateAsUpdate(fresh))
  const hash = createHash('sha256')
  for (const struct of structs) {
    const { client, clock } = struct.id
    for (let nth = 0; nth < struct.length; nth++) hash.update(`${client}:${clock + nth} ${unitOf(struct, nth)}\n`)
  }
  hash.update(JSON.stringify([...ds.clients].sort(([a], [b]) => a - b)))
  return hash.digest('hex')
}

const unitOf = (struct: Y.Item | Y.GC | { readonly length: number }, nth: number): string => {
  if (!(struct instanceof Y.Item)) return 'gone'
  const { content, id, origin, rightOrigin, parent, parentSub } = struct
  if (content instanceof Y.ContentDeleted) return 'gone'
  const value =
    content instanceof Y.ContentString
      ? content.str[nth]
      : content instanceof Y.ContentType
        ? content.type.constructor.name
        : content instanceof Y.ContentFormat
          ? [content.key, content.value]
          : content.getContent()[nth]
  const before = nth === 0 ? origin : { client: id.client, clock: id.clock + nth - 1 }
  const place = before === null && rightOrigin === null ? [parent, parentSub] : [before, rightOrigin]
  return JSON.stringify([value instanceof Uint8Array ? [...value] : value, place])
}
