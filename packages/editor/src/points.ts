import type { BlockPoint } from '@stet/schema/layout/body-acts'
import type { Node } from 'prosemirror-model'

/**
 * Places in the ProseMirror document as places in the body. Offsets agree, since a character and a cue count one in
 * both. Blocks correspond by their index among those that show: within a transaction, ids lag behind.
 */
export type IndexedPoint = {
  readonly index: number
  readonly offset: number /** Between two blocks, before `index`. */
  readonly between: boolean
}

export const indexedPointOf = (doc: Node, position: number): IndexedPoint => {
  const $position = doc.resolve(position)
  const index = $position.index(0)
  return $position.depth === 0 ? { index, offset: 0, between: true } : { index, offset: $position.parentOffset, between: false }
}

/** Start of each block in the document, with its node. */
export const placedBlocks = (doc: Node): { readonly node: Node; readonly at: number; readonly index: number }[] => {
  const blocks: { node: Node; at: number; index: number }[] = []
  doc.forEach((node, at, index) => {
    blocks.push({ node, at, index })
  })
  return blocks
}

export const pointOf = (doc: Node, position: number): BlockPoint | null => {
  const { index, offset, between } = indexedPointOf(doc, position)
  const id = between ? '' : doc.maybeChild(index)?.attrs['id']
  return typeof id === 'string' && id !== '' ? { block: id, offset } : null
}

export const positionOf = (doc: Node, { block, offset }: BlockPoint): number | null => {
  let at = 0
  for (const node of doc.children) {
    if (node.attrs['id'] === block) return at + 1 + Math.min(offset, node.content.size)
    at += node.nodeSize
  }
  return null
}
