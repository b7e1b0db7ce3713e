import type { DispatchListing } from '@stet/schema/contract/api'
import type { ApiClient } from '@stet/schema/contract/client'
import type { DispatchId } from '@stet/schema/ids'
import type { RecordedSpeech } from '@stet/schema/pace'
import type { Snapshot } from '@stet/schema/snapshot'
import type { DeskDatabase } from './database.ts'
import { createFeed, type Feed } from './feed.ts'
import type { Lineages } from './lineages.ts'
import type { LocalStore } from './local-store.ts'
import type { Outbox } from './outbox.ts'

/** The list of dispatches as this device knows it: what the server said last, and what was made or changed here since. */
export type Shelved = DispatchListing & { readonly notSent: boolean }

export type LibraryStore = {
  readonly shelf: Feed<readonly Shelved[]>
  /** Null until the server was asked. */
  readonly reached: Feed<boolean | null>
  readonly refresh: () => Promise<void>
  /** Dispatches whose copy at the server has gone back since this device met it: they are to be opened and given back. */
  readonly toGiveBack: () => readonly string[]
  /** What an open dispatch says of itself, for the list while there is no network. */
  readonly note: (snapshot: Snapshot, speech: readonly RecordedSpeech[], at: string) => Promise<void>
}

type Options = { db: DeskDatabase | null; api: ApiClient; store: LocalStore; outbox: Outbox; lineages: Lineages }

export const openLibraryStore = async ({ db, api, store, outbox, lineages }: Options): Promise<LibraryStore> => {
  const listingsById = new Map<string, DispatchListing>()
  for (const listing of (await db?.getAll('listings').catch(() => [])) ?? []) listingsById.set(listing.id, listing)
  const shelf = createFeed<readonly Shelved[]>([])
  const reached = createFeed<boolean | null>(null)

  let behind: readonly string[] = []

  const rebuild = async () => {
    const [unsent, unregistered] = await Promise.all([store.unsentByDispatch(), outbox.ids()])
    const next = [...listingsById.values()]
      .map((listing) => ({
        ...listing,
        notSent: unsent.has(listing.id) || unregistered.has(listing.id) || behind.includes(listing.id),
      }))
      .sort(newestFirst)
    if (JSON.stringify(next) !== JSON.stringify(shelf.get())) shelf.set(next)
  }

  const keep = async (listings: readonly DispatchListing[], dropped: readonly string[]) => {
    for (const id of dropped) listingsById.delete(id)
    for (const listing of listings) listingsById.set(listing.id, listing)
    if (db === null) return
    const tx = db.transaction('listings', 'readwrite')
    await Promise.all([...dropped.map((id) => tx.store.delete(id)), ...listings.map((listing) => tx.store.put(listing)), tx.done])
  }

  await rebuild()
  return {
    shelf,
    reached,

    refresh: async () => {
      const answer = await api('listDispatches')
      reached.set(answer.ok)
      if (answer.ok) {
        const back = await lineages.toGiveBack(answer.value.dispatches, listingsById)
        behind = back.behind
        for (const { dispatch, lineage } of back.lost) await outbox.add(dispatch as DispatchId, new Date().toISOString(), lineage)
        const [unsent, unregistered] = await Promise.all([store.unsentByDispatch(), outbox.ids()])
        const known = new Set<string>(answer.value.dispatches.map(({ id }) => id))
        // What was changed here and is still on its way is truer than what the server says of it.
        const fresh = answer.value.dispatches.filter(({ id }) => !unsent.has(id) || !listingsById.has(id))
        const gone = [...listingsById.keys()].filter((id) => !known.has(id) && !unsent.has(id) && !unregistered.has(id))
        await keep(fresh, gone).catch(() => undefined)
      }
      await rebuild()
    },

    toGiveBack: () => behind,

    note: async (snapshot, speech, at) => {
      const { id, kind, number, date, title } = snapshot
      const known = listingsById.get(id)
      const said = { id, kind, number, date, title, speech: [...speech] }
      if (known === undefined || !saysTheSame(known, said))
        await keep([{ ...said, ...publicLife(known), updatedAt: at }], []).catch(() => undefined)
      await rebuild()
    },
  }
}

/** What became of it in public, as far as this device knows; what was approved said something else. */
const publicLife = (known: DispatchListing | undefined): Pick<DispatchListing, 'revision' | 'stage'> => ({
  revision: known?.revision ?? null,
  ...(known?.stage === undefined ? {} : { stage: known.stage === 'approved' ? 'in review' : known.stage }),
})

/** All that a dispatch says of itself. */
type Said = Omit<DispatchListing, 'revision' | 'stage' | 'updatedAt'>

const saysTheSame = (known: Said, said: Said): boolean =>
  known.kind === said.kind &&
  known.number === said.number &&
  known.date === said.date &&
  known.title === said.title &&
  JSON.stringify(known.speech ?? []) === JSON.stringify(said.speech)

const newestFirst = (a: DispatchListing, b: DispatchListing): number =>
  a.kind === b.kind && a.number !== null && b.number !== null && a.number !== b.number
    ? b.number - a.number
    : a.updatedAt < b.updatedAt
      ? 1
      : a.updatedAt > b.updatedAt
        ? -1
        : a.id < b.id
          ? -1
          : 1
