import type { BlockFields } from '@stet/schema/layout/body-acts'
import { type BodyBlock, type BodyView, visibleBlocks } from '@stet/schema/layout/body-view'
import { Fragment, type Node } from 'prosemirror-model'
import type { EditorState, Transaction } from 'prosemirror-state'
import { nodeOf, placeholderNode } from './block-node.ts'
import { placedBlocks } from './points.ts'

/** Marks transactions that come from the body: they are never translated back into acts. */
export const FROM_BODY = 'stet-from-body'

/** The nodes of a body, each kept as the same object while its block reads the same. */
export const createNodeCache = () => {
  let nodesById = new Map<string, { signature: string; node: Node }>()
  return (blocks: readonly BodyBlock[]): Node[] => {
    const next: typeof nodesById = new Map()
    const nodes = blocks.map((block) => {
      const signature = JSON.stringify(block.visible.map(({ marker, runs }) => [marker.toJSON(), runs]))
      const known = nodesById.get(block.id)
      const entry = known?.signature === signature ? known : { signature, node: nodeOf(block) }
      next.set(block.id, entry)
      return entry.node
    })
    nodesById = next
    return nodes
  }
}

/**
 * The transaction that makes the document say what the body says, or null when it does already. Blocks that stand keep
 * their nodes; inside a changed block only the stretch that differs is replaced, so selections map as they should.
 */
export const syncDocument = (
  state: EditorState,
  view: BodyView,
  nodesOf: (blocks: readonly BodyBlock[]) => Node[],
  first: BlockFields,
): Transaction | null => {
  const blocks = visibleBlocks(view)
  const wanted = blocks.length > 0 ? nodesOf(blocks) : [placeholderNode(first)]
  const standing = placedBlocks(state.doc)
  const same = (a: Node | undefined, b: Node | undefined) => a !== undefined && b !== undefined && (a === b || a.eq(b))

  let head = 0
  while (head < wanted.length && head < standing.length && same(wanted[head], standing[head]?.node)) head++
  if (head === wanted.length && head === standing.length) return null
  let tail = 0
  while (
    tail < wanted.length - head &&
    tail < standing.length - head &&
    same(wanted[wanted.length - 1 - tail], standing[standing.length - 1 - tail]?.node)
  )
    tail++

  const transaction = state.tr.setMeta(FROM_BODY, true).setMeta('addToHistory', false)
  const changed = wanted.slice(head, wanted.length - tail)
  const old = standing.slice(head, standing.length - tail)
  const inPlace = changed.length === old.length && changed.every((node, nth) => couldBe(node, old[nth]?.node))
  if (inPlace) {
    for (let nth = changed.length - 1; nth >= 0; nth--) {
      const [node, place] = [changed[nth], old[nth]]
      if (node && place && !same(node, place.node)) changeInPlace(transaction, place.at, place.node, node)
    }
  } else {
    const from = old[0]?.at ?? (standing[head - 1] ? (standing[head - 1]?.at ?? 0) + (standing[head - 1]?.node.nodeSize ?? 0) : 0)
    const to = old.reduce((end, { node }) => end + node.nodeSize, from)
    transaction.replaceWith(from, to, Fragment.fromArray(changed))
  }
  return transaction
}

/** One block before and after a change: the same id, or one that had none yet (or a copied one) and gets its own. */
const couldBe = (node: Node, old: Node | undefined): boolean =>
  old !== undefined && (old.attrs['id'] === node.attrs['id'] || old.content.eq(node.content))

const changeInPlace = (transaction: Transaction, at: number, old: Node, node: Node): void => {
  const start = old.content.findDiffStart(node.content)
  if (start !== null) {
    const ends = old.content.findDiffEnd(node.content)
    let [endOld, endNew] = ends ? [ends.a, ends.b] : [old.content.size, node.content.size]
    // Equal stretches on both sides may overlap ("aa" in "aaa"); the replaced one must not be negative.
    const overlap = start - Math.min(endOld, endNew)
    if (overlap > 0) [endOld, endNew] = [endOld + overlap, endNew + overlap]
    transaction.replaceWith(at + 1 + start, at + 1 + endOld, node.content.cut(start, endNew))
  }
  if (old.type !== node.type || JSON.stringify(old.attrs) !== JSON.stringify(node.attrs))
    transaction.setNodeMarkup(at, node.type, node.attrs)
}
