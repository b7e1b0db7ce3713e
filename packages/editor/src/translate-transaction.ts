import type { BlockFields, Body } from '@stet/schema/layout/body-acts'
import { type BodyBlock, visibleBlocks } from '@stet/schema/layout/body-view'
import type { BlockKind } from '@stet/schema/snapshot'
import type { Fragment, Node, Slice } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import { AddMarkStep, RemoveMarkStep, ReplaceStep, type Step } from 'prosemirror-transform'
import { attributeOf, attributesOf } from './attributes.ts'
import { indexedPointOf } from './points.ts'
import { goesTowardsTheStart, replacementsOf, staysInside } from './replacements.ts'
import { writeReplacements } from './write-replacements.ts'

/** What an act of this person is signed with. */
export type Signature = { readonly origin: object; readonly mark: () => { at: string; by: string } }

/**
 * Turns a person's ProseMirror transaction into acts of the body, step by step: typing, IME, spell-check corrections,
 * paste, cut and drop all end here. A step that means nothing to the body writes nothing, and the document is then
 * brought back to what the body says.
 *
 * **Maintained invariant**: before each step the document's blocks and the body's showing blocks are the same by index.
 */
export const translateTransaction = (
  transaction: Transaction,
  body: Body,
  signature: Signature,
  first: () => BlockFields,
): void => {
  if (isOneWriting(transaction, body)) {
    writeReplacements(replacementsOf(transaction), body, signature.origin)
    return
  }
  for (const [index, step] of transaction.steps.entries()) {
    const before = transaction.docs[index]
    if (before) translateStep(step, before, body, signature, first)
  }
}

/** Many replacements that touch no structure, as `replace all` makes them. */
const isOneWriting = (transaction: Transaction, body: Body): boolean =>
  transaction.steps.length > 1 &&
  goesTowardsTheStart(transaction) &&
  staysInside(transaction) &&
  visibleBlocks(body.read()).length === transaction.before.childCount

const translateStep = (step: Step, doc: Node, body: Body, signature: Signature, first: () => BlockFields): void => {
  if (step instanceof ReplaceStep) {
    // The placeholder of an empty script becomes a block as soon as something goes into it.
    if (step.slice.size > 0) blockAt(body, 0, first, signature)
    const emptied = step.from < step.to ? deleteRange(doc, step.from, step.to, step.slice, body, signature) : { runsInto: null }
    if (emptied && step.slice.size > 0) insertSlice(doc, step.from, step.slice, body, signature, first, emptied.runsInto)
  } else if (step instanceof AddMarkStep) {
    const [key, value] = attributeOf(step.mark)
    formatRange(doc, step.from, step.to, { [key]: value }, body, signature)
  } else if (step instanceof RemoveMarkStep) {
    const [key] = attributeOf(step.mark)
    formatRange(doc, step.from, step.to, { [key]: null }, body, signature)
  }
}

/** Answers null when all is done, or else the block (if any) that the end of the slice runs into. */
const deleteRange = (
  doc: Node,
  from: number,
  to: number,
  slice: Slice,
  body: Body,
  { origin, mark }: Signature,
): { runsInto: string | null } | null => {
  const shown = visibleBlocks(body.read())
  const [start, end] = [indexedPointOf(doc, from), indexedPointOf(doc, to)]
  const removeBetween = (first: number, last: number) => {
    for (const block of shown.slice(first, last)) body.remove(block.id, mark(), origin)
  }
  const [first, last] = [shown[start.index], shown[end.index]]
  if (start.between) {
    removeBetween(start.index, end.index)
    if (end.between || !last) return { runsInto: null }
    body.deleteText(last.id, 0, end.offset, origin)
    return { runsInto: last.id }
  }
  if (!first) return null
  if (end.between) {
    body.deleteText(first.id, start.offset, first.length, origin)
    removeBetween(start.index + 1, end.index)
    return { runsInto: null }
  }
  if (!last) return null
  // A split over a range keeps the two ends apart: nothing is joined that the person did not join.
  if (first !== last && slice.openStart === 1 && slice.openEnd === 1 && slice.content.childCount > 1) {
    body.deleteText(first.id, start.offset, first.length, origin)
    removeBetween(start.index + 1, end.index)
    body.deleteText(last.id, 0, end.offset, origin)
    return { runsInto: last.id }
  }
  body.deleteBetween({ block: first.id, offset: start.offset }, { block: last.id, offset: end.offset }, mark(), origin)
  return { runsInto: null }
}

const insertSlice = (
  doc: Node,
  at: number,
  slice: Slice,
  body: Body,
  signature: Signature,
  first: () => BlockFields,
  runsInto: string | null,
): void => {
  const point = indexedPointOf(doc, at)
  const nodes = [...slice.content.content]
  if (nodes.every((node) => node.isInline)) {
    insertInlines(slice.content, runsInto ?? blockAt(body, point.index, first, signature)?.id, point.offset, body, signature)
    return
  }
  if (runsInto !== null) insertInlines(nodes.pop()?.content, runsInto, 0, body, signature)
  if (point.between) {
    const [only] = nodes
    if (isFiller(only) && nodes.length === 1 && visibleBlocks(body.read()).length === 0) {
      if (only.content.size > 0) insertInlines(only.content, blockAt(body, 0, first, signature)?.id, 0, body, signature)
      return
    }
    insertBlocks(nodes, visibleBlocks(body.read())[point.index - 1]?.id ?? null, body, signature)
    return
  }
  const [opening, ...rest] = nodes
  const into = blockAt(body, point.index, first, signature)
  if (!opening || !into) return
  const offset = point.offset + insertInlines(opening.content, into.id, point.offset, body, signature)
  if (runsInto !== null || slice.openEnd === 0) {
    insertBlocks(rest, into.id, body, signature)
    return
  }
  const closing = rest.pop()
  if (closing) insertInlines(closing.content, splitAt(body, into.id, offset, closing, signature), 0, body, signature)
  insertBlocks(rest, visibleBlocks(body.read())[point.index]?.id ?? null, body, signature)
}

/** What ProseMirror puts in when all is replaced; the script begins as it always does instead. */
const isFiller = (node: Node | undefined): node is Node => node?.type.name === 'paragraph' && node.attrs['id'] === ''

/** Splits a block in two by what a slice closes with, and answers which block has the text after the point. */
const splitAt = (body: Body, block: string, offset: number, closing: Node, { origin }: Signature): string | undefined => {
  const index = visibleBlocks(body.read()).findIndex(({ id }) => id === block)
  body.split({ block, offset }, splitFieldsOf(closing), origin)
  return visibleBlocks(body.read())[index + 1]?.id
}

const insertBlocks = (nodes: readonly Node[], after: string | null, body: Body, signature: Signature): void => {
  let previous = after
  for (const node of nodes) {
    previous = body.insertBlock(previous, fieldsOf(node), signature.origin)
    insertInlines(node.content, previous, 0, body, signature)
  }
}

/** Answers how much longer the block has become. */
const insertInlines = (
  content: Fragment | undefined,
  block: string | undefined,
  at: number,
  body: Body,
  { origin }: Signature,
): number => {
  let length = 0
  content?.forEach((node) => {
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
const blockAt = (body: Body, index: number, first: () => BlockFields, { origin }: Signature): BodyBlock | undefined => {
  const shown = visibleBlocks(body.read())
  if (shown.length > 0 || index > 0) return shown[index]
  const last = body.read().blocks.at(-1)?.id ?? null
  body.insertBlock(last, first(), origin)
  return visibleBlocks(body.read())[0]
}

const fieldsOf = (node: Node): BlockFields => ({
  kind: node.type.name as BlockKind,
  speaker: node.attrs['speaker'] ?? null,
  ...(node.type.name === 'heading' ? { level: node.attrs['level'] === 3 ? 3 : 2 } : {}),
})

/** A split keeps the speaker it splits, unless the new block brings one. */
const splitFieldsOf = (node: Node): Partial<BlockFields> => {
  const { kind, speaker, level } = fieldsOf(node)
  return { kind, ...(speaker ? { speaker } : {}), ...(level ? { level } : {}) }
}
