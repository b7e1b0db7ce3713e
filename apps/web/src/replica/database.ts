import type { DispatchListing } from '@stet/schema/contract/api'
import type { Person } from '@stet/schema/contract/people'
import type { Heard } from '@stet/schema/contract/sync'
import type { Site } from '@stet/schema/revision'
import type { Show } from '@stet/schema/show'
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/** What one browser keeps of the desk. Several tabs share it. */
export interface DeskSchema extends DBSchema {
  /** Yjs updates of a dispatch, in the order they were written. Rows are appended; compaction replaces many by one. */
  updates: { key: number; value: UpdateRow; indexes: { dispatch: string } }
  /** How many own changes of a row the server has not committed yet. Absent once it has. */
  unsent: { key: number; value: UnsentRow; indexes: { dispatch: string } }
  /** Which dispatch the server had when this device last met it. Absent before the first meeting. */
  lineages: { key: string; value: LineageRow }
  /** How much of the server's log the rows of a copy hold. Absent where nobody has noted it. */
  heard: { key: string; value: Heard & { copy: string } }
  /** How far a person has seen a dispatch on this device. */
  seen: { key: string; value: Heard & { id: string; at: string } }
  listings: { key: string; value: DispatchListing }
  /** Dispatches made here that the server has not heard of. */
  outbox: { key: string; value: { id: string; madeAt: string; lineage?: string } }
  /** `show` is absent in what an older desk has kept. */
  session: { key: string; value: { person: Person; site: Site; show?: Show } }
}

export type UpdateRow = { dispatch: string; update: Uint8Array; checksum: number }
/**
 * `copy`: the name under which the rows of this lineage stand in `updates`: the dispatch's id, or after it was made anew
 * `<id>@<lineage>`. `aside`: copies of older lineages, and the dispatches that were made of them.
 */
export type LineageRow = {
  dispatch: string
  lineage: string
  epoch: string
  copy: string
  aside: { copy: string; keptAs: string | null }[]
}
export type UnsentRow = { row: number; dispatch: string; changes: number }
export type DeskDatabase = IDBPDatabase<DeskSchema>

/** Null where the browser keeps nothing (private windows, a full disk): the desk then works on what the server has. */
export const openDatabase = async (name = 'stet'): Promise<DeskDatabase | null> => {
  try {
    return await openDB<DeskSchema>(name, 4, {
      upgrade: (db, from) => {
        if (from < 4) db.createObjectStore('seen', { keyPath: 'id' })
        if (from < 3) db.createObjectStore('heard', { keyPath: 'copy' })
        if (from < 2) db.createObjectStore('lineages', { keyPath: 'dispatch' })
        if (from >= 1) return
        db.createObjectStore('updates', { autoIncrement: true }).createIndex('dispatch', 'dispatch')
        db.createObjectStore('unsent', { keyPath: 'row' }).createIndex('dispatch', 'dispatch')
        db.createObjectStore('listings', { keyPath: 'id' })
        db.createObjectStore('outbox', { keyPath: 'id' })
        db.createObjectStore('session')
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    })
  } catch {
    return null
  }
}
