import { type ApiClient, createApiClient } from '@stet/schema/contract/client'
import { openDatabase } from './database.ts'
import { openDevice } from './device.ts'
import { type LibraryStore, openLibraryStore } from './library-store.ts'
import { createLineages, type Lineages } from './lineages.ts'
import { createLocalStore, type LocalStore } from './local-store.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createSeenStore, type SeenStore } from './seen-store.ts'
import { createSessionStore, type SessionStore } from './session-store.ts'

/** All that the rooms of the desk are given. Made once, in `main.tsx`. */
export type Services = {
  readonly api: ApiClient
  readonly store: LocalStore
  readonly outbox: Outbox
  readonly lineages: Lineages
  readonly library: LibraryStore
  readonly sessions: SessionStore
  readonly seen: SeenStore
  readonly socketOrigin: string
  /** False where the browser keeps nothing: the desk says so. */
  readonly keepsCopies: boolean
}

export const openServices = async (origin: string): Promise<Services> => {
  const api = createApiClient(origin)
  const device = await openDevice(() => location.reload())
  // Whoever is signed in and was never here: whose copies are opened is known before any are.
  if (device.sitting === null) {
    const answer = await api('getSession')
    if (answer.ok) await device.keep(answer.value)
  }
  const db = device.sitting === null ? null : await openDatabase(device.sitting.database)
  const store = createLocalStore(db)
  const outbox = createOutbox(db, api)
  const lineages = createLineages(db)
  /** What stands in the browser’s memory is of somebody, so it goes with them. */
  const go = (page: string | null) => (page === null ? location.reload() : location.assign(page))
  const library = await openLibraryStore({ db, api, store, outbox, lineages })
  const sessions = createSessionStore({ device, api, go, closeCopies: () => db?.close() })
  return {
    api,
    store,
    outbox,
    lineages,
    library,
    sessions,
    seen: createSeenStore(db),
    socketOrigin: origin.replace(/^http/, 'ws'),
    keepsCopies: db !== null,
  }
}
