import type { Node } from 'prosemirror-model'

/** The stretch of a document, in positions and whole blocks, outside of which its blocks are the same objects as before. */
export const changedBlocks = (before: Node, after: Node): { from: number; to: number } => {
  const least = Math.min(before.childCount, after.childCount)
  let head = 0
  let from = 0
  while (head < least && before.child(head) === after.child(head)) from += after.child(head++).nodeSize
  let tail = 0
  let to = after.content.size
  while (tail < least - head) {
    const last = after.child(after.childCount - 1 - tail)
    if (last !== before.child(before.childCount - 1 - tail)) break
    to -= last.nodeSize
    tail++
  }
  return { from, to }
}
