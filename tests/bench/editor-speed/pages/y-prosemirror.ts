import { scriptSchema } from '@stet/editor/script-schema'
import { deleteDB, type IDBPDatabase, openDB } from 'idb'
import { baseKeymap } from 'prosemirror-commands'
import { keymap } from 'prosemirror-keymap'
import { EditorState } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { IndexeddbPersistence } from 'y-indexeddb'
import { initProseMirrorDoc, redo, undo, yCursorPlugin, ySyncPlugin, yUndoPlugin } from 'y-prosemirror'
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { type Rival, viewAttributes } from './rival.ts'

const NAME = 'y-prosemirror'

/** What nearly every editor on Yjs ships: y-prosemirror's three plugins and y-indexeddb, used as their pages say. */
export const yProsemirror: Rival = {
  fill: async ({ rows }) => {
    await deleteDB(NAME)
    // As y-indexeddb makes it.
    const upgrade = (made: IDBPDatabase) => {
      made.createObjectStore('updates', { autoIncrement: true })
      made.createObjectStore('custom')
    }
    const db = await openDB(NAME, 1, { upgrade })
    for (const row of rows) await db.add('updates', row)
    db.close()
  },

  open: async (mount) => {
    const ydoc = new Y.Doc()
    await new IndexeddbPersistence(NAME, ydoc).whenSynced
    const fragment = ydoc.getXmlFragment('prosemirror')
    const awareness = new Awareness(ydoc)
    awareness.setLocalStateField('user', { name: 'Ada', color: '#1d5f74' })
    const { doc, mapping } = initProseMirrorDoc(fragment, scriptSchema)
    const view = new EditorView(mount, {
      state: EditorState.create({
        doc,
        plugins: [
          ySyncPlugin(fragment, { mapping }),
          yCursorPlugin(awareness),
          yUndoPlugin(),
          keymap({ 'Mod-z': undo, 'Mod-y': redo }),
          keymap(baseKeymap),
        ],
      }),
      attributes: { ...viewAttributes, class: 'script bare' },
    })
    return {
      view,
      isWhole: () => true,
      receive: ({ update }) => Y.applyUpdate(ydoc, update, 'network'),
      receivePresence: (presence) => applyAwarenessUpdate(awareness, presence, 'network'),
    }
  },
}
