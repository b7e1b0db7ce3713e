import { type DispatchId, newDispatchId } from '@stet/schema/ids'
import { writeContent } from '@stet/schema/layout/write-content'
import type { Content } from '@stet/schema/snapshot'
import { speechOf } from '@stet/schema/timeline'
import * as Y from 'yjs'
import type { LibraryStore } from './library-store.ts'
import type { LocalStore, Written } from './local-store.ts'
import type { Outbox } from './outbox.ts'

type Options = { store: LocalStore; outbox: Outbox; library: LibraryStore; content: Content; now: string }

/** A new dispatch, made on this device whether there is a network or not. It goes up through the outbox. */
export const makeDispatch = async ({ store, outbox, library, content, now }: Options): Promise<Written<DispatchId>> => {
  const id = newDispatchId()
  const doc = new Y.Doc()
  writeContent(doc, content)
  const written = await store.append(id, [{ update: Y.encodeStateAsUpdate(doc), unsent: 1 }])
  doc.destroy()
  if (!written.ok) return written
  await outbox.add(id, now)
  await library.note({ layout: 1, id, ...content }, speechOf(content), now)
  return { ok: true, value: id }
}
