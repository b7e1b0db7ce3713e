import { type Selection, TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'

/** The block in the middle of a script, counted in blocks. */
export const middleBlock = (view: EditorView): number => Math.floor(view.state.doc.childCount / 2)

/** Puts the caret into plain text in the middle of the script, in another place each time, and shows it. */
export const toMiddle = (view: EditorView, nth: number): void => {
  const { doc } = view.state
  let start = 0
  for (let block = 0; block < middleBlock(view) + (nth % 3); block++) start += doc.child(block).nodeSize
  const block = doc.nodeAt(start)
  if (block === null) throw new Error('there is a middle')
  const at = start + 1 + Math.floor((block.content.size * (1 + (nth % 5))) / 7)
  const selection: Selection = TextSelection.create(doc, at)
  view.dispatch(view.state.tr.setSelection(selection))
  view.focus()
  const { node } = view.domAtPos(at)
  ;(node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: 'center' })
}
