import type { Heard } from '@stet/schema/contract/sync'
import type { DeskDatabase } from './database.ts'

/** How far somebody has seen a dispatch on this device, and when they did. */
export type Seen = Heard & { readonly at: string }

export type SeenStore = ReturnType<typeof createSeenStore>

export const createSeenStore = (db: DeskDatabase | null) => ({
  get: async (person: string, dispatch: string): Promise<Seen | null> => {
    const row = await db?.get('seen', keyOf(person, dispatch)).catch(() => undefined)
    return row === undefined ? null : { epoch: row.epoch, seq: row.seq, at: row.at }
  },

  /** Several tabs may note; what was seen once stays seen, unless the server's copy has gone back. */
  note: async (person: string, dispatch: string, seen: Seen): Promise<void> => {
    if (db === null) return
    const id = keyOf(person, dispatch)
    try {
      const tx = db.transaction('seen', 'readwrite')
      const known = await tx.store.get(id)
      if (known === undefined || known.epoch !== seen.epoch || known.seq <= seen.seq) await tx.store.put({ id, ...seen })
      await tx.done
    } catch {
      // What was not noted is told of once more.
    }
  },
})

const keyOf = (person: string, dispatch: string): string => `${person} ${dispatch}`
