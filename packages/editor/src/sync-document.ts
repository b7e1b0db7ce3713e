import type { BlockFields } from '@stet/schema/layout/body-acts'
import type { BodyBlock } from '@stet/schema/layout/body-view'
import { Fragment, type Node } from 'prosemirror-model'
import type { EditorState, Transaction } from 'prosemirror-state'
import { nodeOf, placeholderNode } from './block-node.ts'
import { scriptSchema } from './script-schema.ts'

/** Marks transactions that come from the body: they are never translated back into acts. */
export const FROM_BODY = 'stet-from-body'

/** What a document showed when it last equalled the body: child `n` of `doc` is block `n`. */
export type Shown = { readonly blocks: readonly BodyBlock[]; readonly doc: Node }

/** All of the body at once, as an editor begins with it. */
export const showBody = (blocks: readonly BodyBlock[], first: BlockFields): Shown => {
  const nodes = blocks.length === 0 ? [placeholderNode(first)] : blocks.map(nodeOf)
  return { blocks, doc: scriptSchema.topNodeType.create(null, nodes) }
}

/**
 * The transaction that makes the document say what the body says, or null when it does already. A block that is the
 * same object as before is not looked into; one that changed is changed in place, where it differs, so selections map
 * as they should; one that moved is taken out and put in.
 */
export const syncDocument = (
  state: EditorState,
  blocks: readonly BodyBlock[],
  shown: Shown | null,
  first: () => BlockFields,
): Transaction | null => {
  const { doc } = state
  const wantedCount = Math.max(blocks.length, 1)
  const nodeOfBlock = (nth: number): Node => {
    const block = blocks[nth]
    return block ? nodeOf(block) : placeholderNode(first())
  }
  /** Whether child `old` says what block `nth` says; `a` and `b` are their places among what was shown. */
  const says = (old: number, nth: number, a: number, b: number): boolean => {
    const [child, block] = [doc.maybeChild(old), blocks[nth]]
    if (!child) return false
    if (shown && a === b && block && block === shown.blocks[a] && child === shown.doc.maybeChild(a)) return true
    return child.eq(nodeOfBlock(nth))
  }

  const least = Math.min(wantedCount, doc.childCount)
  let head = 0
  while (head < least && says(head, head, head, head)) head++
  if (head === wantedCount && head === doc.childCount) return null
  let tail = 0
  while (tail < least - head) {
    const a = shown ? shown.doc.childCount - 1 - tail : -1
    const b = shown ? shown.blocks.length - 1 - tail : -1
    if (!says(doc.childCount - 1 - tail, wantedCount - 1 - tail, a, b)) break
    tail++
  }

  const old: Placed[] = []
  doc.forEach((node, at, nth) => {
    if (nth >= head && nth < doc.childCount - tail) old.push({ node, at })
  })
  const nodeByBlock = new Map(old.length > 1 ? shown?.blocks.map((block, nth) => [block, shown.doc.maybeChild(nth)]) : [])
  const wanted = Array.from({ length: wantedCount - tail - head }, (_, nth) => {
    const block = blocks[head + nth]
    return (block && nodeByBlock.get(block)) ?? nodeOfBlock(head + nth)
  })
  const transaction = state.tr.setMeta(FROM_BODY, true).setMeta('addToHistory', false)
  const end = old[0]?.at ?? placeOfChild(doc, head)
  // From the back, so that earlier places stay as they are.
  for (const change of changesBetween(old, wanted, end).reverse()) {
    if (change.kind === 'change') changeInPlace(transaction, change.at, change.old, change.node)
    else if (change.kind === 'insert') transaction.insert(change.at, Fragment.fromArray(change.nodes))
    else transaction.delete(change.from, change.to)
  }
  return transaction
}

type Placed = { readonly node: Node; readonly at: number }

/** Places are those of the document before any of the changes; they do not overlap and never fall. */
type Change =
  | { readonly kind: 'change'; readonly at: number; readonly old: Node; readonly node: Node }
  | { readonly kind: 'insert'; readonly at: number; readonly nodes: Node[] }
  | { readonly kind: 'delete'; readonly from: number; readonly to: number }

const changesBetween = (old: readonly Placed[], wanted: readonly Node[], start: number): Change[] => {
  if (old.length === wanted.length && wanted.every((node, nth) => couldBe(node, old[nth]?.node)))
    return old.flatMap(({ node, at }, nth): Change[] => {
      const next = wanted[nth]
      return next && !next.eq(node) ? [{ kind: 'change', at, old: node, node: next }] : []
    })

  const changes: Change[] = []
  const idOf = (node: Node | undefined): unknown => node?.attrs['id']
  const wantedIds = new Set(wanted.map(idOf))
  const standing = new Map(old.map(({ node }, nth) => [idOf(node), nth]))
  const put = new Set<unknown>()
  let nth = 0
  const insert = (node: Node) => {
    const at = old[nth]?.at ?? endOf(old.at(-1), start)
    const last = changes.at(-1)
    if (last?.kind === 'insert' && last.at === at) last.nodes.push(node)
    else changes.push({ kind: 'insert', at, nodes: [node] })
    put.add(idOf(node))
  }
  /** Takes out what is not wanted here: what is gone, what was put in before its turn, and what moves away. */
  const skipTo = (node: Node) => {
    for (let here = old[nth]; here !== undefined && idOf(here.node) !== idOf(node); here = old[++nth]) {
      const id = idOf(here.node)
      const isGone = !wantedIds.has(id) || put.has(id) || standing.get(id) !== nth
      const isNext = idOf(old[nth + 1]?.node) === idOf(node)
      if (!isGone && !isNext) return
      changes.push({ kind: 'delete', from: here.at, to: here.at + here.node.nodeSize })
    }
  }
  for (const node of wanted) {
    skipTo(node)
    const here = old[nth]
    if (here === undefined || idOf(here.node) !== idOf(node)) insert(node)
    else {
      if (!node.eq(here.node)) changes.push({ kind: 'change', at: here.at, old: here.node, node })
      put.add(idOf(node))
      nth++
    }
  }
  for (const { node, at } of old.slice(nth)) changes.push({ kind: 'delete', from: at, to: at + node.nodeSize })
  return changes
}

const endOf = (placed: Placed | undefined, otherwise: number): number => (placed ? placed.at + placed.node.nodeSize : otherwise)

const placeOfChild = (doc: Node, nth: number): number => {
  let at = 0
  for (let before = 0; before < nth; before++) at += doc.child(before).nodeSize
  return at
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
  if (!old.sameMarkup(node)) transaction.setNodeMarkup(at, node.type, node.attrs)
}
