import type { DispatchId } from '@stet/schema/ids'
import { openDispatch } from '@stet/schema/layout/open-dispatch'
import * as Y from 'yjs'
import type { Lineages } from './lineages.ts'
import type { LocalStore } from './local-store.ts'
import type { Outbox } from './outbox.ts'

type Options = {
  readonly doc: Y.Doc
  readonly id: DispatchId
  readonly copy: string
  /** Of the dispatch that the server has now. */
  readonly lineage: string
  /** As what the copy is to be kept; null: the person may make no dispatches. */
  readonly keptAs: DispatchId | null
  readonly lineages: Lineages
  readonly store: LocalStore
  readonly outbox: Outbox
}

const PREFIX = 'Recovered: '

/**
 * Keeps what this device has of a dispatch that the server made anew as a dispatch of its own, which goes up like any
 * other that was made here. Its rows stay where they are. Tabs that do this at once write into one dispatch: the states
 * they write merge.
 */
export const keepAside = async (options: Options): Promise<DispatchId | null> => {
  const { doc, id, copy, lineage, lineages, store, outbox } = options
  const { keptAs, first } = await lineages.putAside(id, { copy, lineage, keptAs: isEmpty(doc) ? null : options.keptAs })
  if (keptAs === null) return null
  const kept = await store.append(keptAs, [{ update: first ? renamed(doc) : Y.encodeStateAsUpdate(doc), unsent: 1 }])
  if (!kept.ok) return null
  await outbox.add(keptAs as DispatchId, new Date().toISOString())
  // They go up with the dispatch they are kept in.
  const { unsent } = await store.load(copy)
  await store.markSent(unsent.map(({ row }) => row))
  return keptAs as DispatchId
}

const isEmpty = (doc: Y.Doc): boolean => doc.store.clients.size === 0

const renamed = (doc: Y.Doc): Uint8Array => {
  const named = new Y.Doc()
  Y.applyUpdate(named, Y.encodeStateAsUpdate(doc))
  openDispatch(named).text('title').insert(0, PREFIX)
  const update = Y.encodeStateAsUpdate(named)
  named.destroy()
  return update
}
