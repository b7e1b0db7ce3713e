import type { EditorView } from 'prosemirror-view'
import { firstPast } from './in-sight.ts'

/** Id of the last block that begins at or above a height of the window; null above the first. */
export const blockAtHeight = (view: EditorView, height: number): string | null => {
  const blocks = view.dom.children
  const block = blocks[firstPast(blocks, ({ top }) => top > height) - 1]
  const id = block && view.state.doc.resolve(view.posAtDOM(block, 0)).node(1)?.attrs['id']
  return typeof id === 'string' && id !== '' ? id : null
}
