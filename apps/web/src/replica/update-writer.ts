import type { Heard } from '@stet/schema/contract/sync'
import * as Y from 'yjs'
import { createFeed, type Feed } from './feed.ts'
import type { LocalStore, StoreFault } from './local-store.ts'

/**
 * Brings updates to the local store in batches: what arrives within 200 ms, or while a write is in flight, goes
 * together. A failed write keeps its batch in memory and is tried again.
 */
export type Storing =
  | { readonly state: 'kept' }
  | { readonly state: 'writing' }
  | { readonly state: 'failing'; readonly fault: StoreFault }

/** `through`: the ordinal of the newest own change so far (see `sent-ledger.ts`). */
type Waiting = { readonly update: Uint8Array; readonly own: boolean; readonly through: number }

export type UpdateWriter = {
  readonly storing: Feed<Storing>
  readonly write: (waiting: Waiting) => void
  /** Resolves when nothing waits any more, or the store refused. */
  readonly flush: () => Promise<void>
  readonly stop: () => void
}

type Options = {
  readonly store: LocalStore
  readonly dispatch: string
  /** Ordinal up to which the server has committed. */
  readonly committed: () => number
  /** How much of the server's log was told to this page, all of it handed to `write`. */
  readonly heard: () => Heard | null
  readonly onKept: (row: number, through: number) => void
}

const BATCH_MS = 200
const RETRY_MS = 3_000
/** Yjs's merge costs more than its share beyond about a hundred updates. */
const MERGE_AT_MOST = 100

export const createUpdateWriter = ({ store, dispatch, committed, heard, onKept }: Options): UpdateWriter => {
  const storing = createFeed<Storing>({ state: 'kept' })
  let waiting: Waiting[] = []
  let timer: ReturnType<typeof setTimeout> | null = null
  let inFlight: Promise<void> | null = null

  const schedule = (delay: number) => {
    timer ??= setTimeout(() => {
      timer = null
      void flush()
    }, delay)
  }

  const writeBatch = async () => {
    const batch = waiting
    waiting = []
    const groups = chunked(batch, MERGE_AT_MOST).map((group) => ({
      update: group.length === 1 && group[0] ? group[0].update : Y.mergeUpdates(group.map(({ update }) => update)),
      unsent: group.filter(({ own, through }) => own && through > committed()).length,
      through: group.at(-1)?.through ?? 0,
    }))
    const written = await store.append(dispatch, groups, heard())
    if (written.ok) {
      for (const [index, row] of written.value.entries())
        if ((groups[index]?.unsent ?? 0) > 0) onKept(row, groups[index]?.through ?? 0)
      if (waiting.length === 0) storing.set({ state: 'kept' })
      else schedule(0)
    } else {
      waiting = [...batch, ...waiting]
      storing.set({ state: 'failing', fault: written.fault })
      schedule(RETRY_MS)
    }
  }

  const flush = async (): Promise<void> => {
    if (inFlight !== null) await inFlight
    if (waiting.length === 0) return
    inFlight ??= writeBatch().finally(() => {
      inFlight = null
    })
    await inFlight
  }

  return {
    storing,
    write: (update) => {
      waiting.push(update)
      if (storing.get().state !== 'failing') storing.set({ state: 'writing' })
      schedule(BATCH_MS)
    },
    flush,
    stop: () => {
      if (timer !== null) clearTimeout(timer)
    },
  }
}

const chunked = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))
