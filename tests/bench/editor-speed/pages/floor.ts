import { scriptSchema } from '@stet/editor/script-schema'
import { openDB } from 'idb'
import { baseKeymap } from 'prosemirror-commands'
import { keymap } from 'prosemirror-keymap'
import { EditorState } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { type Rival, viewAttributes } from './rival.ts'

const openStore = () => openDB('floor', 1, { upgrade: (db) => void db.createObjectStore('documents') })

/** ProseMirror alone: the same schema and words, no collaboration, nothing drawn beside the text, nothing saved. */
export const floor: Rival = {
  fill: async ({ document }) => {
    const db = await openStore()
    await db.put('documents', document, 'script')
    db.close()
  },

  open: async (mount) => {
    const db = await openStore()
    const doc = scriptSchema.nodeFromJSON(await db.get('documents', 'script'))
    const view = new EditorView(mount, {
      state: EditorState.create({ doc, plugins: [keymap(baseKeymap)] }),
      attributes: { ...viewAttributes, class: 'script bare' },
    })
    return {
      view,
      isWhole: () => true,
      receive: ({ block, offset, letter }) => {
        let start = 0
        for (let nth = 0; nth < block; nth++) start += view.state.doc.child(nth).nodeSize
        view.dispatch(view.state.tr.insertText(letter, start + 1 + offset).setMeta('addToHistory', false))
      },
      receivePresence: () => undefined,
    }
  },
}
