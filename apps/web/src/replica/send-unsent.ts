import type { DispatchId } from '@stet/schema/ids'
import { until } from './feed.ts'
import type { LibraryStore } from './library-store.ts'
import type { LocalStore } from './local-store.ts'
import type { Outbox } from './outbox.ts'
import type { Replica } from './replica.ts'
import type { State } from './status.ts'

type Options = {
  readonly store: LocalStore
  readonly outbox: Outbox
  readonly library: LibraryStore
  readonly open: (id: DispatchId) => Promise<Replica>
}

const SETTLED: ReadonlySet<State> = new Set(['synced', 'signed out', 'refused', 'read only', 'damaged', 'put aside'])
const PATIENCE_MS = 30_000

/**
 * Brings up what was written without a network in dispatches that nobody has open now. One tab does it; the others
 * have nothing to add.
 */
export const sendUnsent = async ({ store, outbox, library, open }: Options): Promise<void> => {
  const send = async () => {
    const waiting = new Set([...(await store.unsentByDispatch()).keys(), ...(await outbox.ids()), ...library.toGiveBack()])
    for (const id of waiting) await sendOne(id as DispatchId, open)
    if (waiting.size > 0) await library.refresh()
  }
  const locks = globalThis.navigator?.locks
  if (locks === undefined) return send()
  await locks.request('stet send unsent', { ifAvailable: true }, async (lock) => {
    if (lock !== null) await send()
  })
}

const sendOne = async (id: DispatchId, open: Options['open']): Promise<void> => {
  const replica = await open(id)
  const done = ({ state }: { state: State }) => SETTLED.has(state)
  // Not reached in time is no fault: it is tried again when the network returns.
  await until(replica.status, done, AbortSignal.timeout(PATIENCE_MS)).catch(() => undefined)
  await replica.close()
}
