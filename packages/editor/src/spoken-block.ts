import { Plugin, PluginKey } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'
import { placedBlocks } from './points.ts'

/** The block that the recording is at, wherever it is moved. */
type Spoken = { readonly id: string | null; readonly mark: DecorationSet }

const NOTHING: Spoken = { id: null, mark: DecorationSet.empty }

const key = new PluginKey<Spoken>('stet-spoken-block')

export const spokenBlockPlugin = (): Plugin =>
  new Plugin<Spoken>({
    key,
    state: {
      init: () => NOTHING,
      apply: (transaction, spoken) => {
        const id: string | null | undefined = transaction.getMeta(key)
        if (id === undefined && !transaction.docChanged) return spoken
        const wanted = id === undefined ? spoken.id : id
        if (wanted === null) return NOTHING
        const place = placedBlocks(transaction.doc).find(({ node }) => node.attrs['id'] === wanted)
        if (place === undefined) return NOTHING
        const { at, node } = place
        return {
          id: wanted,
          mark: DecorationSet.create(transaction.doc, [Decoration.node(at, at + node.nodeSize, { class: 'spoken-block' })]),
        }
      },
    },
    props: { decorations: (state) => key.getState(state)?.mark },
  })

export const showSpoken = (view: EditorView, id: string | null): void => {
  if ((key.getState(view.state)?.id ?? null) !== id) view.dispatch(view.state.tr.setMeta(key, id))
}
