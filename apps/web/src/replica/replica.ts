import { may, type Person } from '@stet/schema/contract/people'
import type { Heard } from '@stet/schema/contract/sync'
import { type DispatchId, newDispatchId } from '@stet/schema/ids'
import { type Dispatch, openDispatch } from '@stet/schema/layout/open-dispatch'
import type { SnapshotOutcome } from '@stet/schema/layout/take-snapshot'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createConnection, type Met } from './connection.ts'
import { createFeed, type Feed } from './feed.ts'
import { keepAside } from './keep-aside.ts'
import type { Lineages } from './lineages.ts'
import { type LocalStore, ROWS_BEFORE_COMPACTION } from './local-store.ts'
import type { Outbox } from './outbox.ts'
import { createPresence, type Presence } from './presence.ts'
import { createRemovals, type Removals } from './removals.ts'
import { createSentLedger } from './sent-ledger.ts'
import { createSnapshotFeed } from './snapshot-feed.ts'
import { type Link, type Status, statusOf } from './status.ts'
import { createUpdateWriter } from './update-writer.ts'

/** One open dispatch: the live document, its copy on this device, its connection, and who else is there. */
export type Replica = {
  readonly id: DispatchId
  readonly dispatch: Dispatch
  readonly awareness: Awareness
  readonly presence: Presence
  readonly status: Feed<Status>
  readonly snapshot: Feed<SnapshotOutcome>
  /** The snapshot with all that was written until now, for what must not miss the last word. */
  readonly snapshotNow: () => SnapshotOutcome
  readonly removals: Removals
  /** False while there is nothing to show: neither a copy here nor an answer from the server. */
  readonly hasContents: Feed<boolean>
  /** Once the server has another dispatch under this id: as which dispatch the copy of the old one is kept; null: as none. */
  readonly putAside: Feed<{ readonly keptAs: DispatchId | null } | null>
  /** How much of the server's log is in it; null while that is not known. */
  readonly heard: () => Heard | null
  /** Rows of the local copy that were damaged and left out. */
  readonly damagedRows: number
  /** Resolves when what was written so far is on the disk, or was refused. */
  readonly flush: () => Promise<void>
  readonly close: () => Promise<void>
}

type Options = {
  readonly id: DispatchId
  readonly person: Person
  readonly store: LocalStore
  readonly outbox: Outbox
  readonly lineages: Lineages
  readonly socketOrigin: string
  /** The connection was refused or cut: a good moment to ask who we are. */
  readonly onLost: () => void
  readonly signedIn: Feed<boolean>
}

const fromLocalStore = Symbol('from the local store')

export const openReplica = async (options: Options): Promise<Replica> => {
  const { id, person, store, outbox, lineages, socketOrigin, onLost, signedIn } = options
  const doc = new Y.Doc()
  const dispatch = openDispatch(doc)
  const [known, read] = await Promise.all([lineages.get(id), store.load(id)])
  const copy = known?.copy ?? id
  let lineage = known?.lineage ?? ''
  /** What the server said of its copy when this connection was opened. */
  let met: Met = { lineage, epoch: known?.epoch ?? '', damaged: false }
  let notedEpoch = met.epoch
  const isAnother = () => met.lineage !== lineage
  const maySend = () => may(person, 'write') && !dispatch.isNewerLayout() && !met.damaged && !isAnother()
  const loaded = copy === id ? read : await store.load(copy)
  const damagedRows = loaded.damaged + applyAll(doc, loaded.updates)
  const ledger = createSentLedger(loaded.unsent.reduce((sum, { changes }) => sum + changes, 0))
  const closing = new AbortController()

  let rows = loaded.unsent.map(({ row }) => ({ row, through: ledger.made() }))
  const forgetSent = () => {
    const committed = ledger.committed()
    const sent = rows.filter(({ through }) => through <= committed)
    rows = rows.filter(({ through }) => through > committed)
    if (sent.length > 0) void store.markSent(sent.map(({ row }) => row))
  }
  const writer = createUpdateWriter({
    store,
    dispatch: copy,
    committed: ledger.committed,
    heard: () => connection.heard(),
    onKept: (row, through) => {
      rows.push({ row, through })
      forgetSent()
    },
  })

  const awareness = new Awareness(doc)
  // Heard before the provider is made, so that a change has its number before it is sent. What Yjs itself tidies up
  // after a colleague's change looks like a change of one's own: in a replica that may not write it is kept and not sent.
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === fromLocalStore) return
    const own = origin !== connection.origin && maySend()
    if (own) ledger.changeMade()
    writer.write({ update, own, through: ledger.made() })
    if (own) refreshStatus()
  })
  const connection = createConnection({
    doc,
    awareness,
    dispatch: id,
    copy,
    socketOrigin,
    ledger,
    heardBefore: damagedRows === 0 ? loaded.heard : null,
    maySend,
    onAcknowledged: () => {
      forgetSent()
      noteEpoch()
      refreshStatus()
    },
    onEpoch: (said) => {
      met = said.lineage === '' ? { ...said, lineage } : said
      if (lineage === '') lineage = met.lineage
      if (!isAnother()) return 'go on'
      void leaveToAnother()
      return 'stop'
    },
    onLost,
  })
  /** Only once the server has all that is here: until then it is to be given back, by this page or a later one. */
  const noteEpoch = () => {
    const hasAll = maySend() ? ledger.handedOverCommitted() : connection.link.get() === 'synced'
    if (!hasAll || met.epoch === '' || notedEpoch === met.epoch) return
    notedEpoch = met.epoch
    void lineages.note(id, lineage, met.epoch)
  }
  const putAside = createFeed<{ keptAs: DispatchId | null } | null>(null)
  const leaveToAnother = async () => {
    await writer.flush()
    const keptAs = may(person, 'write') ? newDispatchId() : null
    const kept = await keepAside({ doc, copy, id, lineage: met.lineage, keptAs, lineages, store, outbox })
    putAside.set({ keptAs: kept })
    refreshStatus()
  }
  const presence = createPresence(awareness, person)
  const snapshot = createSnapshotFeed(dispatch, id)
  const removals = createRemovals(dispatch, snapshot.feed)

  const readStatus = () => {
    const link = connection.link.get()
    const unsent = ledger.unsent()
    return statusOf({
      // What was written before the right to write was lost does not go up, so nothing better may be said of it.
      link: stands(link)
        ? link
        : unsent > 0 && !maySend()
          ? 'read only'
          : link !== 'synced' && !signedIn.get()
            ? 'signed out'
            : link,
      storing: writer.storing.get().state,
      unsent,
      closed: connection.closed.get(),
    })
  }
  const status = createFeed(readStatus())
  const hasContents = createFeed(loaded.updates.length > 0)
  const refreshStatus = () => {
    const next = readStatus()
    const now = status.get()
    if (next.text !== now.text || next.detail !== now.detail) status.set(next)
    if (connection.link.get() === 'synced' || connection.link.get() === 'damaged') hasContents.set(true)
    noteEpoch()
  }
  const unsubscribe = [connection.link, connection.closed, writer.storing, signedIn].map((feed) => feed.subscribe(refreshStatus))

  const flush = (): Promise<void> => {
    snapshot.now()
    return writer.flush()
  }
  const flushWhenHidden = () => {
    if (document.visibilityState === 'hidden') void flush()
  }
  document.addEventListener('visibilitychange', flushWhenHidden)
  addEventListener('pagehide', flush)

  void outbox.untilRegistered(id, closing.signal).then((registered) => {
    if (registered) connection.start()
  })
  if (loaded.updates.length > ROWS_BEFORE_COMPACTION) void store.compact(copy, mergeAll)

  return {
    id,
    dispatch,
    awareness,
    presence,
    status,
    snapshot: snapshot.feed,
    snapshotNow: snapshot.now,
    removals,
    hasContents,
    putAside,
    heard: connection.heard,
    damagedRows,
    flush,
    close: async () => {
      closing.abort()
      snapshot.now()
      document.removeEventListener('visibilitychange', flushWhenHidden)
      removeEventListener('pagehide', flush)
      for (const stop of unsubscribe) stop()
      connection.destroy()
      presence.destroy()
      removals.destroy()
      snapshot.destroy()
      await writer.flush()
      writer.stop()
      doc.destroy()
    },
  }
}

/** Nothing better or worse may be said than these. */
const stands = (link: Link): boolean => link === 'damaged' || link === 'put aside'

/** Applies each by itself, so that one that Yjs refuses does not take the others along. Answers how many it refused. */
const applyAll = (doc: Y.Doc, updates: readonly Uint8Array[]): number => {
  let refused = 0
  doc.transact(() => {
    for (const update of updates) {
      try {
        Y.applyUpdate(doc, update, fromLocalStore)
      } catch {
        refused += 1
      }
    }
  }, fromLocalStore)
  return refused
}

/** Only a live document drops what was deleted. */
const mergeAll = (updates: readonly Uint8Array[]): Uint8Array => {
  const doc = new Y.Doc()
  applyAll(doc, updates)
  const merged = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return merged
}
