import type { DispatchListing } from '@stet/schema/contract/api'
import type { DeskDatabase, LineageRow } from './database.ts'

/**
 * Which dispatch this device has a copy of, so that it never merges two that only share an id. The rule (docs/spec.md, V12):
 * the same lineage merges, also after a restored backup, and what the server lacks it is given back. Another lineage is
 * another dispatch: the copy here is put aside and kept as a dispatch of its own.
 */
export type Lineages = ReturnType<typeof createLineages>

export const createLineages = (db: DeskDatabase | null) => ({
  get: async (dispatch: string): Promise<LineageRow | undefined> => db?.get('lineages', dispatch).catch(() => undefined),

  /** The server has met this copy, and has in this epoch all that stood in it. */
  note: async (dispatch: string, lineage: string, epoch: string): Promise<void> => {
    await change(db, dispatch, (row) =>
      row === undefined
        ? { dispatch, lineage, epoch, copy: dispatch, aside: [] }
        : row.lineage === lineage
          ? { ...row, epoch }
          : row,
    )
  },

  /**
   * Turns to another lineage. Several tabs may do this at once: all are told the same dispatch as which the copy is kept,
   * and `first` is true for one of them. `keptAs` is what it would be kept as; null: it is not kept.
   */
  putAside: async (
    dispatch: string,
    { copy, lineage, keptAs }: { copy: string; lineage: string; keptAs: string | null },
  ): Promise<{ readonly keptAs: string | null; readonly first: boolean }> => {
    let answer = { keptAs, first: true }
    await change(db, dispatch, (row) => {
      const known = row?.aside.find((each) => each.copy === copy)
      if (row !== undefined && known !== undefined) {
        answer = { keptAs: known.keptAs, first: false }
        return row
      }
      const aside = [...(row?.aside ?? []), { copy, keptAs }]
      return { dispatch, lineage, epoch: '', copy: `${dispatch}@${lineage}`, aside }
    })
    return answer
  },

  /**
   * What this device holds that the server may have gone behind: `behind` are dispatches of another epoch, `lost` are
   * those that a server of the same show no longer has. A server whose list shares no lineage with what this device was
   * told before (`known`) is another one, and is given nothing.
   */
  toGiveBack: async (
    listed: readonly DispatchListing[],
    known: ReadonlyMap<string, DispatchListing>,
  ): Promise<{ behind: string[]; lost: LineageRow[] }> => {
    const rows = (await db?.getAll('lineages').catch(() => [])) ?? []
    const listingById = new Map<string, DispatchListing>(listed.map((listing) => [listing.id, listing]))
    const behind: string[] = []
    const lost: LineageRow[] = []
    const isSameShow = listed.some(({ id, lineage }) => lineage !== undefined && known.get(id)?.lineage === lineage)
    for (const row of rows) {
      const listing = listingById.get(row.dispatch)
      if (listing === undefined) lost.push(row)
      else if (listing.lineage === row.lineage && listing.epoch !== undefined && listing.epoch !== row.epoch)
        behind.push(row.dispatch)
    }
    return { behind, lost: isSameShow ? lost : [] }
  },
})

/** The dispatch that a copy is of. */
export const dispatchOfCopy = (copy: string): string => copy.split('@', 1)[0] ?? copy

const change = async (
  db: DeskDatabase | null,
  dispatch: string,
  next: (row: LineageRow | undefined) => LineageRow,
): Promise<void> => {
  if (db === null) return void next(undefined)
  const tx = db.transaction('lineages', 'readwrite', { durability: 'strict' })
  await Promise.all([tx.store.get(dispatch).then((row) => tx.store.put(next(row))), tx.done])
}
