import type { BlockFields, Body } from '@stet/schema/layout/body-acts'
import { type BodyBlock, visibleBlocks } from '@stet/schema/layout/body-view'
import type { BlockKind } from '@stet/schema/snapshot'
import type { Fragment, Node, Slice } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import { AddMarkStep, RemoveMarkStep, ReplaceStep, type Step } from 'prosemirror-transform'
import { attributeOf, attributesOf } from './attributes.ts'
import { indexedPointOf } from './points.ts'

/** What an act of this person is signed with. */
export type Signature = { readonly origin: object; readonly mark: () => { at: string; by: string } }

/**
 * Turns a person's ProseMirror transaction into acts of the body, step by step: typing, IME, spell-check corrections,
 * paste, cut and drop all end here. A step that means nothing to the body writes nothing, and the document is then
 * brought back to what the body says.
 *
 * **Maintained invariant**: before each step the document's blocks and the body's showing blocks are the same by index.
 */
export const translateTransaction = (transaction: Transaction, body: Body, signature: Signature): void => {
  for (const [index, step] of transaction.steps.entries()) {
    const before = transaction.docs[index]
    if (before) translateStep(step, before, body, signature)
  }
}

const translateStep = (step: Step, doc: Node, body: Body, signature: Signature): void => {
  if (step instanceof ReplaceStep) {
    const emptied = step.from < step.to ? deleteRange(doc, step.from, step.to, step.slice, body, signature) : true
    if (emptied && step.slice.size > 0) insertSlice(doc, step.from, step.slice, body, signature)
  } else if (step instanceof AddMarkStep) {
    const [key, value] = attributeOf(step.mark)
    formatRange(doc, step.from, step.to, { [key]: value }, body, signature)
  } else if (step instanceof RemoveMarkStep) {
    const [key] = attributeOf(step.mark)
    formatRange(doc, step.from, step.to, { [key]: null }, body, signature)
  }
}

/** Answers whether what a slice needs to go in is now in place. */
const deleteRange = (doc: Node, from: number, to: number, slice: Slice, body: Body, { origin, mark }: Signature): boolean => {
  const shown = visibleBlocks(body.read())
  const [start, end] = [indexedPointOf(doc, from), indexedPointOf(doc, to)]
  if (start.between && end.between) {
    for (const block of shown.slice(start.index, end.index)) body.remove(block.id, mark(), origin)
    return true
  }
  const [first, last] = [shown[start.index], shown[end.between ? end.index - 1 : end.index]]
  if (!first || !last || start.between) return false
  const lastOffset = end.between ? last.length : end.offset
  if (first === last) {
    body.deleteText(first.id, start.offset, lastOffset, origin)
    return true
  }
  // An end that stays open keeps the last block apart: nothing is joined that the person did not join.
  if (slice.openStart === 1 && slice.openEnd === 1 && slice.content.childCount === 2 && slice.size === 2) {
    body.deleteText(first.id, start.offset, first.length, origin)
    for (const block of shown.slice(start.index + 1, shown.indexOf(last))) body.remove(block.id, mark(), origin)
    body.deleteText(last.id, 0, lastOffset, origin)
    return false
  }
  body.deleteBetween({ block: first.id, offset: start.offset }, { block: last.id, offset: lastOffset }, mark(), origin)
  return true
}

const insertSlice = (doc: Node, at: number, slice: Slice, body: Body, signature: Signature): void => {
  const point = indexedPointOf(doc, at)
  const blocks = childrenOf(slice.content)
  if (blocks.every((node) => node.isInline)) {
    insertInlines(slice.content, blockAt(body, point.index, doc, signature)?.id, point.offset, body, signature)
    return
  }
  if (point.between) {
    let after = visibleBlocks(body.read())[point.index - 1]?.id ?? null
    for (const node of blocks) {
      after = body.insertBlock(after, fieldsOf(node), signature.origin)
      insertInlines(node.content, after, 0, body, signature)
    }
    return
  }
  let { index, offset } = point
  for (const [nth, node] of blocks.entries()) {
    const block = blockAt(body, index, doc, signature)
    if (!block) return
    if (nth > 0) {
      body.split({ block: block.id, offset }, splitFieldsOf(node), signature.origin)
      index += 1
      offset = 0
    }
    const target = visibleBlocks(body.read())[index]
    offset += insertInlines(node.content, target?.id, offset, body, signature)
  }
}

/** Answers how much longer the block has become. */
const insertInlines = (content: Fragment, block: string | undefined, at: number, body: Body, { origin }: Signature): number => {
  let length = 0
  content.forEach((node) => {
    if (block === undefined) return
    const point = { block, offset: at + length }
    if (node.isText) body.insertText(point, node.text ?? '', attributesOf(node.marks), origin)
    else if (node.type.name === 'cue') body.insertCue(point, String(node.attrs['cue']), attributesOf(node.marks), origin)
    else return
    length += node.nodeSize
  })
  return length
}

const formatRange = (
  doc: Node,
  from: number,
  to: number,
  attributes: Record<string, unknown>,
  body: Body,
  { origin }: Signature,
): void => {
  const shown = visibleBlocks(body.read())
  doc.forEach((node, at, index) => {
    const [start, end] = [Math.max(from - at - 1, 0), Math.min(to - at - 1, node.content.size)]
    const block = shown[index]
    if (block && end > start) body.formatText(block.id, start, end, attributes, origin)
  })
}

/** The block at an index; a body that shows none gets its first one, as the placeholder promised. */
const blockAt = (body: Body, index: number, doc: Node, { origin }: Signature): BodyBlock | undefined => {
  const shown = visibleBlocks(body.read())
  if (shown.length > 0 || index > 0) return shown[index]
  const last = body.read().blocks.at(-1)?.id ?? null
  body.insertBlock(last, fieldsOf(doc.firstChild), origin)
  return visibleBlocks(body.read())[0]
}

const fieldsOf = (node: Node | null): BlockFields => ({
  kind: (node?.type.name ?? 'paragraph') as BlockKind,
  speaker: node?.attrs['speaker'] ?? null,
  level: node?.attrs['level'] === 3 ? 3 : 2,
})

/** A split keeps the speaker it splits, unless the new block brings one. */
const splitFieldsOf = (node: Node): Partial<BlockFields> => {
  const { kind, speaker, level } = fieldsOf(node)
  return { kind, ...(speaker ? { speaker } : {}), ...(kind === 'heading' && level ? { level } : {}) }
}

const childrenOf = (fragment: Fragment): Node[] => [...fragment.content]
