import { createScriptEditor } from '@stet/editor/script-editor'
import type { ApiClient } from '@stet/schema/contract/client'
import { DispatchId } from '@stet/schema/ids'
import { applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { openDatabase } from '../../../../apps/web/src/replica/database.ts'
import { createFeed } from '../../../../apps/web/src/replica/feed.ts'
import { createLineages } from '../../../../apps/web/src/replica/lineages.ts'
import { createLocalStore } from '../../../../apps/web/src/replica/local-store.ts'
import { createOutbox } from '../../../../apps/web/src/replica/outbox.ts'
import { openReplica } from '../../../../apps/web/src/replica/replica.ts'
import type { Rival } from './rival.ts'

const id = DispatchId.parse('lighthouse000000000000')
const person = { id: 'ada', name: 'Ada', color: 1, role: 'editor' as const }
const noServer: ApiClient = async () => ({ ok: false, fault: 'unreachable', message: 'there is no server here' })

/** The script editor on the desk's own replica, as the desk opens it without a network. */
export const stet: Rival = {
  fill: async ({ rows }) => {
    const db = await openDatabase()
    await db?.clear('updates')
    await db?.clear('unsent')
    const written = await createLocalStore(db).append(
      id,
      rows.map((update) => ({ update, unsent: 0 })),
    )
    if (!written.ok) throw new Error(`the store is ${written.fault}`)
    await createOutbox(db, noServer).add(id, '2026-01-01T00:00:00.000Z')
    db?.close()
  },

  open: async (mount) => {
    const db = await openDatabase()
    const replica = await openReplica({
      id,
      person,
      store: createLocalStore(db),
      outbox: createOutbox(db, noServer),
      lineages: createLineages(db),
      socketOrigin: 'ws://127.0.0.1',
      onLost: () => undefined,
      signedIn: createFeed(true),
    })
    const { view } = createScriptEditor({
      mount,
      dispatch: replica.dispatch,
      awareness: replica.awareness,
      person: { name: person.name, color: person.color },
      now: () => new Date(),
      readOnly: false,
      label: 'Script',
      onAskStart: () => undefined,
      commandList: { choices: () => [], run: () => undefined },
      cues: () => [],
      addSource: () => '',
      askForSource: () => undefined,
    })
    // As the desk does once the script stands.
    requestAnimationFrame(() => setTimeout(replica.snapshot.get, 0))
    return {
      view,
      isWhole: () => view.state.doc.childCount === replica.dispatch.body.read().visible.length,
      receive: ({ update }) => Y.applyUpdate(replica.dispatch.doc, update, 'network'),
      receivePresence: (presence) => applyAwarenessUpdate(replica.awareness, presence, 'network'),
    }
  },
}
