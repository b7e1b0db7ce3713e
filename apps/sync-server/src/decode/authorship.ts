import * as Y from 'yjs'

/** By whom, of those who wrote since a moment, as numbers in the order in which they first did. */
export type Authors = ReadonlySet<number>

/** What became of an item since the moment: it was inserted and stands, or it stood and was deleted. What came and went is neither. */
export type Fate = { readonly isDeleted: boolean; readonly authors: Authors }

export type Authorship = {
  /** Notes whose the transaction is that `write` makes. */
  readonly by: (author: number, write: () => void) => void
  /** Every item with a fate. */
  readonly fates: () => Map<Y.Item, Fate>
  /** Whether it stood at the moment where the watch began. */
  readonly stoodThen: (item: Y.Item) => boolean
}

type Stretch = { readonly from: number; readonly to: number; readonly author: number }

/** Watches a replica, which must not collect what is deleted, from now on. */
export const watchAuthorship = (doc: Y.Doc): Authorship => {
  const clocksThen = Y.decodeStateVector(Y.encodeStateVector(doc))
  const inserted = new Map<number, Stretch[]>()
  const deleted = new Map<number, Stretch[]>()
  let isSorted = true

  const note = (stretches: Map<number, Stretch[]>, client: number, stretch: Stretch) => {
    const known = stretches.get(client)
    const last = known?.at(-1)
    if (known === undefined) stretches.set(client, [stretch])
    else if (last?.to === stretch.from && last.author === stretch.author) known[known.length - 1] = { ...last, to: stretch.to }
    else known.push(stretch)
  }
  const deletedOf = (client: number): readonly Stretch[] => {
    if (!isSorted) for (const stretches of deleted.values()) stretches.sort((a, b) => a.from - b.from)
    isSorted = true
    return deleted.get(client) ?? []
  }
  const fateOf = (item: Y.Item): Fate | null => {
    const { client, clock } = item.id
    const end = clock + item.length
    const then = clocksThen.get(client) ?? 0
    const [stretches, from, to] = item.deleted
      ? [deletedOf(client), clock, Math.min(end, then)]
      : [inserted.get(client) ?? [], Math.max(clock, then), end]
    const authors = from < to ? authorsWithin(stretches, from, to) : NOBODY
    return authors.size === 0 ? null : { isDeleted: item.deleted, authors }
  }

  return {
    by: (author, write) => {
      const { beforeState, afterState, deleteSet } = doc.transact((transaction) => {
        write()
        return transaction
      })
      for (const [client, to] of afterState) {
        const from = beforeState.get(client) ?? 0
        if (to > from) note(inserted, client, { from, to, author })
      }
      for (const [client, ranges] of deleteSet.clients)
        for (const { clock, len } of ranges) note(deleted, client, { from: clock, to: clock + len, author })
      isSorted = false
    },

    fates: () => {
      const fates = new Map<Y.Item, Fate>()
      const noteWithin = (client: number, from: number, to: number) => {
        const structs = doc.store.clients.get(client) ?? []
        for (
          let nth = Y.findIndexSS(structs, from), struct = structs[nth];
          struct && struct.id.clock < to;
          struct = structs[++nth]
        ) {
          const fate = struct instanceof Y.Item && !fates.has(struct) ? fateOf(struct) : null
          if (fate !== null) fates.set(struct as Y.Item, fate)
        }
      }
      for (const [client, stretches] of inserted) noteWithin(client, stretches[0]?.from ?? 0, stretches.at(-1)?.to ?? 0)
      for (const client of deleted.keys())
        for (const { from, to } of deletedOf(client)) if (from < (clocksThen.get(client) ?? 0)) noteWithin(client, from, to)
      return fates
    },

    stoodThen: (item) => {
      const { client, clock } = item.id
      if (clock >= (clocksThen.get(client) ?? 0)) return false
      return !item.deleted || authorsWithin(deletedOf(client), clock, clock + item.length).size > 0
    },
  }
}

const NOBODY: Authors = new Set()

/** Stretches rise and never overlap. */
const authorsWithin = (stretches: readonly Stretch[], from: number, to: number): Authors => {
  let low = 0
  let high = stretches.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stretches[middle] as Stretch).to > from) high = middle
    else low = middle + 1
  }
  const authors = new Set<number>()
  for (let nth = low, stretch = stretches[nth]; stretch && stretch.from < to; stretch = stretches[++nth])
    authors.add(stretch.author)
  return authors
}
