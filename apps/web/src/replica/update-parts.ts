import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

type Struct = Y.Item | Y.GC | Y.Skip
type Deletion = { readonly client: number; readonly clock: number; readonly length: number }

/** A range in Yjs's V1 format: two numbers of at most five bytes each; a client's head is another ten. */
const DELETION_BYTES = 20

/**
 * Takes an update apart into ones of about `bytes` each, to be applied in this order: what a part rests on is in one before it, in
 * itself, or with whoever takes the whole. Deletions come last. A single struct is never cut, so one that is larger makes a larger part.
 */
export const partsOf = (update: Uint8Array, bytes: number): Uint8Array[] => {
  const { structs, ds } = Y.decodeUpdate(update)
  const sections = sectionsOf(inCausalOrder(structs as Struct[]), bytes)
  const deletions = inPieces(deletionsOf(ds), Math.ceil(bytes / DELETION_BYTES))
  const last = sections.at(-1) ?? NO_SECTIONS
  return [
    ...sections.slice(0, -1).map((each) => joined(each, NO_DELETIONS)),
    joined(last, deletions[0] ?? NO_DELETIONS),
    ...deletions.slice(1).map((each) => joined(NO_SECTIONS, each)),
  ]
}

/** What a struct points at comes before it. The structs of each client stay in their order. */
const inCausalOrder = (structs: readonly Struct[]): Struct[] => {
  const queues = [...Map.groupBy(structs, ({ id }) => id.client).entries()].map(([client, all]) => ({ client, all, next: 0 }))
  /** For each client of the update the clock up to which all is there. */
  const reached = new Map(queues.map(({ client, all }) => [client, all[0]?.id.clock ?? 0]))
  const isThere = (id: Y.ID | null) => id === null || id.clock < (reached.get(id.client) ?? Number.POSITIVE_INFINITY)
  const ordered: Struct[] = []
  for (let before = -1; before < ordered.length; ) {
    before = ordered.length
    for (const queue of queues)
      for (let struct = queue.all[queue.next]; struct !== undefined; struct = queue.all[queue.next]) {
        if (!pointsAt(struct).every(isThere)) break
        ordered.push(struct)
        reached.set(queue.client, struct.id.clock + struct.length)
        queue.next += 1
      }
  }
  // Of those that wait for each other none can come first: whoever takes them will say so.
  return [...ordered, ...queues.flatMap(({ all, next }) => all.slice(next))]
}

const pointsAt = (struct: Struct): (Y.ID | null)[] => {
  if (!(struct instanceof Y.Item)) return []
  const { origin, rightOrigin, parent } = struct
  return [origin, rightOrigin, parent instanceof Y.ID ? parent : null]
}

/** The first half of an update, without its end. */
const sectionsOf = (structs: readonly Struct[], bytes: number): Uint8Array[] => {
  const parts: Uint8Array[] = []
  let part = new Map<number, { readonly clock: number; count: number; readonly encoder: Y.UpdateEncoderV1 }>()
  let size = 0
  const end = () => {
    if (part.size > 0) parts.push(encodeSections(part))
    part = new Map()
    size = 0
  }
  for (const struct of structs) {
    const { client, clock } = struct.id
    const section = part.get(client) ?? { clock, count: 0, encoder: new Y.UpdateEncoderV1() }
    part.set(client, section)
    const before = encoding.length(section.encoder.restEncoder)
    struct.write(section.encoder, 0)
    section.count += 1
    size += encoding.length(section.encoder.restEncoder) - before
    if (size >= bytes) end()
  }
  end()
  return parts
}

type Sections = ReadonlyMap<number, { readonly clock: number; readonly count: number; readonly encoder: Y.UpdateEncoderV1 }>

const encodeSections = (sections: Sections): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, sections.size)
    // As Yjs has them, which makes applying them cheaper.
    for (const [client, { clock, count, encoder: structs }] of [...sections].sort(([a], [b]) => b - a)) {
      encoding.writeVarUint(encoder, count)
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      encoding.writeUint8Array(encoder, structs.toUint8Array())
    }
  })

const deletionsOf = ({ clients }: ReturnType<typeof Y.createDeleteSet>): Deletion[] =>
  [...clients].flatMap(([client, ranges]) => ranges.map(({ clock, len }) => ({ client, clock, length: len })))

const inPieces = (deletions: readonly Deletion[], most: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(deletions.length / most) }, (_, nth) =>
    encodeDeletions(deletions.slice(nth * most, (nth + 1) * most)),
  )

const encodeDeletions = (deletions: readonly Deletion[]): Uint8Array =>
  encoding.encode((encoder) => {
    const byClient = Map.groupBy(deletions, ({ client }) => client)
    encoding.writeVarUint(encoder, byClient.size)
    for (const [client, ranges] of byClient) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, ranges.length)
      for (const { clock, length } of ranges) {
        encoding.writeVarUint(encoder, clock)
        encoding.writeVarUint(encoder, length)
      }
    }
  })

const NO_SECTIONS = Uint8Array.of(0)
const NO_DELETIONS = Uint8Array.of(0)

const joined = (sections: Uint8Array, deletions: Uint8Array): Uint8Array => {
  const update = new Uint8Array(sections.length + deletions.length)
  update.set(sections)
  update.set(deletions, sections.length)
  return update
}
