import { TextSelection, type Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'

/**
 * The selection of the page, when it is in the script and another one than the state has; else null. A browser tells of
 * a moved caret in a task of its own: a colleague's change that came in between would put the caret back.
 */
export const newerSelectionOf = (view: EditorView): TextSelection | null => {
  const selection = view.composing || !view.hasFocus() ? null : view.dom.ownerDocument.getSelection()
  const { anchorNode, focusNode } = selection ?? { anchorNode: null, focusNode: null }
  if (!selection || !view.dom.contains(anchorNode) || !view.dom.contains(focusNode)) return null
  const at = (node: Node | null, offset: number) => (node === null ? -1 : view.posAtDOM(node, offset))
  const [anchor, head] = [at(anchorNode, selection.anchorOffset), at(focusNode, selection.focusOffset)]
  const { doc, selection: known } = view.state
  if (anchor < 0 || head < 0 || Math.max(anchor, head) > doc.content.size) return null
  const found = TextSelection.between(doc.resolve(anchor), doc.resolve(head))
  return found.eq(known) || !(found instanceof TextSelection) || !(known instanceof TextSelection) ? null : found
}

/** Before a key acts: two keys in quick succession come before the page tells what the first did to the caret. */
export const takePageSelection = (view: EditorView): void => {
  const newer = newerSelectionOf(view)
  if (newer !== null) view.dispatch(view.state.tr.setSelection(newer))
}

/** What changes nothing but how the script looks, as a colleague's caret that moves, leaves the page's caret where it is. */
export const keepPageSelection = (view: EditorView, transaction: Transaction): void => {
  const newer = transaction.docChanged || transaction.selectionSet ? null : newerSelectionOf(view)
  if (newer !== null) transaction.setSelection(newer)
}
