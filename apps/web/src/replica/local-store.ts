import type { Heard } from '@stet/schema/contract/sync'
import { checksum } from './checksum.ts'
import type { DeskDatabase, UnsentRow, UpdateRow } from './database.ts'
import { dispatchOfCopy } from './lineages.ts'

/**
 * The dispatches kept on this device. Every write is one strict transaction: when it answers, the bytes are on the
 * disk. A fault is an answer, never an exception in someone's typing.
 */
export type LocalStore = ReturnType<typeof createLocalStore>

export type StoreFault = 'full' | 'unavailable'
export type Written<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: StoreFault }

/** An update to keep, and how many changes of this person in it the server has yet to commit. */
export type Kept = { readonly update: Uint8Array; readonly unsent: number }

export type Loaded = {
  readonly updates: readonly Uint8Array[]
  /** Rows whose bytes are not what was written. They are left out, and stay where they are. */
  readonly damaged: number
  readonly unsent: readonly { readonly row: number; readonly changes: number }[]
  /** How much of the server's log is in it; null where that is not known, or rows were left out. */
  readonly heard: Heard | null
}

/** Above so many rows a load is worth compacting. */
export const ROWS_BEFORE_COMPACTION = 200

export const createLocalStore = (db: DeskDatabase | null) => ({
  load: async (dispatch: string): Promise<Loaded> => {
    const [rows, unsent, heard] = await readRows(db, dispatch)
    const sound = rows.filter(isSound)
    return {
      updates: sound.map(({ update }) => update),
      damaged: rows.length - sound.length,
      unsent: unsent.map(({ row, changes }) => ({ row, changes })),
      heard: heard === undefined || sound.length < rows.length ? null : { epoch: heard.epoch, seq: heard.seq },
    }
  },

  /** Appends in order and answers the rows' keys. `heard`: so much of the server's log is in the rows with these. */
  append: (dispatch: string, kept: readonly Kept[], heard: Heard | null = null): Promise<Written<number[]>> =>
    writing(async () => {
      const tx = connected(db).transaction(['updates', 'unsent', 'heard'], 'readwrite', { durability: 'strict' })
      const note = heard === null ? null : tx.objectStore('heard').put({ copy: dispatch, ...heard })
      const add = async ({ update, unsent }: Kept): Promise<number> => {
        const row = await tx.objectStore('updates').add({ dispatch, update, checksum: checksum(update) })
        if (unsent > 0) await tx.objectStore('unsent').add({ row, dispatch, changes: unsent })
        return row
      }
      const rows = Promise.all(kept.map(add))
      // Both are awaited together: an abort rejects the requests and the transaction alike, and neither may go unheard.
      return (await Promise.all([rows, note, tx.done]))[0]
    }),

  /** The server has committed all that these rows hold. */
  markSent: (rows: readonly number[]): Promise<Written<void>> =>
    writing(async () => {
      const tx = connected(db).transaction('unsent', 'readwrite')
      await Promise.all([...rows.map((row) => tx.store.delete(row)), tx.done])
    }),

  /** Own changes not sent, by dispatch. */
  unsentByDispatch: async (): Promise<ReadonlyMap<string, number>> => {
    const counts = new Map<string, number>()
    for (const { dispatch: copy, changes } of (await db?.getAll('unsent')) ?? []) {
      const dispatch = dispatchOfCopy(copy)
      counts.set(dispatch, (counts.get(dispatch) ?? 0) + changes)
    }
    return counts
  },

  /**
   * Puts one row in the place of many. Only rows that were read soundly go, so what another tab appends meanwhile and
   * what is damaged stay; one tab at a time does it.
   */
  compact: (dispatch: string, merge: (updates: readonly Uint8Array[]) => Uint8Array): Promise<Written<number>> =>
    writing(() =>
      aloneOnThisDevice(`stet compact ${dispatch}`, async () => {
        const reading = connected(db).transaction('updates')
        const read: { row: number; update: Uint8Array }[] = []
        for await (const cursor of reading.store.index('dispatch').iterate(dispatch))
          if (isSound(cursor.value)) read.push({ row: cursor.primaryKey, update: cursor.value.update })
        if (read.length < 2) return 0
        const update = merge(read.map((row) => row.update))
        const tx = connected(db).transaction('updates', 'readwrite', { durability: 'strict' })
        await Promise.all([
          tx.store.add({ dispatch, update, checksum: checksum(update) }),
          ...read.map(({ row }) => tx.store.delete(row)),
          tx.done,
        ])
        return read.length
      }),
    ),
})

/** A store that cannot be read is an empty one: the server may still have everything, and nothing here is overwritten. */
const readRows = async (db: DeskDatabase | null, dispatch: string): Promise<[UpdateRow[], UnsentRow[], Heard | undefined]> => {
  try {
    const tx = connected(db).transaction(['updates', 'unsent', 'heard'])
    return await Promise.all([
      tx.objectStore('updates').index('dispatch').getAll(dispatch),
      tx.objectStore('unsent').index('dispatch').getAll(dispatch),
      tx.objectStore('heard').get(dispatch),
    ])
  } catch {
    return [[], [], undefined]
  }
}

const isSound = ({ update, checksum: written }: UpdateRow): boolean =>
  update instanceof Uint8Array && checksum(update) === written

const connected = (db: DeskDatabase | null): DeskDatabase => {
  if (db === null) throw new DOMException('this browser keeps nothing', 'InvalidStateError')
  return db
}

const writing = async <T>(write: () => Promise<T>): Promise<Written<T>> => {
  try {
    return { ok: true, value: await write() }
  } catch (error) {
    return { ok: false, fault: error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'unavailable' }
  }
}

/** Does nothing when another tab is at it. Where there are no Web Locks there is no second tab to fear for. */
const aloneOnThisDevice = async (name: string, work: () => Promise<number>): Promise<number> => {
  const locks = globalThis.navigator?.locks
  if (locks === undefined) return work()
  return locks.request(name, { ifAvailable: true }, (lock) => (lock === null ? 0 : work()))
}
