import type { EditorView } from 'prosemirror-view'

/** Id of the last block that begins at or above a height of the window; null above the first. */
export const blockAtHeight = (view: EditorView, height: number): string | null => {
  const blocks = view.dom.children
  let [low, high] = [0, blocks.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((blocks[middle]?.getBoundingClientRect().top ?? height) <= height) low = middle + 1
    else high = middle
  }
  const block = blocks[low - 1]
  const id = block && view.state.doc.resolve(view.posAtDOM(block, 0)).node(1)?.attrs['id']
  return typeof id === 'string' && id !== '' ? id : null
}
