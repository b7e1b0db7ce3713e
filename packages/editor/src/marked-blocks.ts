import type { Node } from 'prosemirror-model'
import { Plugin, PluginKey } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'

/** Blocks that are shown in a way of their own, by their ids; wherever they are moved. */
type Marked = { readonly ids: ReadonlySet<string>; readonly marks: DecorationSet }

const NONE: Marked = { ids: new Set(), marks: DecorationSet.empty }

/** One such way, by a class of the style sheet: a quiet mark beside blocks, or the light on the one that is spoken. */
export const createBlockMarks = (className: string) => {
  const key = new PluginKey<Marked>(className)
  const marksIn = (doc: Node, ids: ReadonlySet<string>): DecorationSet => {
    const marks: Decoration[] = []
    doc.forEach((node, at) => {
      if (ids.has(String(node.attrs['id']))) marks.push(Decoration.node(at, at + node.nodeSize, { class: className }))
    })
    return DecorationSet.create(doc, marks)
  }
  return {
    plugin: (): Plugin =>
      new Plugin<Marked>({
        key,
        state: {
          init: () => NONE,
          apply: (transaction, marked) => {
            const ids: ReadonlySet<string> = transaction.getMeta(key) ?? marked.ids
            if (ids === marked.ids && (ids.size === 0 || !transaction.docChanged)) return marked
            return ids.size === 0 ? NONE : { ids, marks: marksIn(transaction.doc, ids) }
          },
        },
        props: { decorations: (state) => key.getState(state)?.marks },
      }),
    mark: (view: EditorView, ids: ReadonlySet<string>): void => {
      if (ids.size > 0 || (key.getState(view.state)?.ids.size ?? 0) > 0) view.dispatch(view.state.tr.setMeta(key, ids))
    },
  }
}
