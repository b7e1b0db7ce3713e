import { Plugin, PluginKey } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'
import { citedRange, type Range } from './citing.ts'

/** The text that is about to be cited, marked while one looks for its source elsewhere. It moves with its letters. */
const key = new PluginKey<Range | null>('stet-cite-target')

export const citeTargetPlugin = (): Plugin =>
  new Plugin<Range | null>({
    key,
    state: {
      init: () => null,
      apply: (transaction, target) => {
        const set: { target: Range | null } | undefined = transaction.getMeta(key)
        if (set) return set.target
        if (!target || !transaction.docChanged) return target
        const [from, to] = [transaction.mapping.map(target.from, 1), transaction.mapping.map(target.to, -1)]
        return from < to ? { from, to } : null
      },
    },
    props: {
      decorations: (state) => {
        const target = citeTargetOf(state)
        return target && DecorationSet.create(state.doc, [Decoration.inline(target.from, target.to, { class: 'cite-target' })])
      },
    },
  })

export const citeTargetOf = (state: EditorView['state']): Range | null => key.getState(state) ?? null

export const showCiteTarget = (view: EditorView): void => set(view, citedRange(view.state))

export const hideCiteTarget = (view: EditorView): void => set(view, null)

const set = (view: EditorView, target: Range | null): void => view.dispatch(view.state.tr.setMeta(key, { target }))
