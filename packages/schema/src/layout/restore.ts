import { longestRising } from '../longest-rising.ts'
import type { Block, Snapshot } from '../snapshot.ts'
import { wordSegmenter, wordsOf } from '../word-diff.ts'
import type { BlockFields, Body } from './body-acts.ts'
import { type BodyBlock, type BodyView, blockById, segmentById } from './body-view.ts'
import type { Dispatch } from './open-dispatch.ts'
import type { RemovalMark } from './removal.ts'
import { restoreFields, restoreRecords } from './restore-fields.ts'
import { restoreWords, type Writing } from './restore-words.ts'
import { textOfRuns } from './segment.ts'

/**
 * What a dispatch said once, said again: by acts as anybody's, never by going back. So what colleagues write meanwhile
 * merges as ever, and one undo takes the whole of it back.
 *
 * Blocks keep their ids. What was joined on since stands for itself again; what was split off since and still holds words
 * of its whole is joined back to it; what is new is removed, and can be put back. Only a block whose marker is in no replica
 * any more (its dispatch was made anew) comes back under another id.
 */

export type Signature = { readonly origin: unknown; readonly mark: () => RemovalMark }

/** Makes a dispatch equal to one of its snapshots. */
export const restoreAll = (dispatch: Dispatch, snapshot: Snapshot, { origin, mark }: Signature): void => {
  const { body, doc } = dispatch
  const wanted = bearMissing(body, snapshot.body)
  const byId = new Map(wanted.map((block) => [block.id, block]))
  const writing: Writing = { segmenter: wordSegmenter(snapshot.language), origin }
  doc.transact(() => {
    restoreFields(dispatch, snapshot, writing)
    restoreRecords(dispatch, snapshot, writing)
    letStand(body, [...byId.keys()], origin)
    joinParts(body, byId, byId, writing)
    body.removeEach(
      body
        .read()
        .visible.map(({ id }) => id)
        .filter((id) => !byId.has(id)),
      mark(),
      origin,
    )
    restoreBlocks(dispatch, wanted, writing)
    restoreOrder(body, [...byId.keys()], origin)
  }, origin)
}

/**
 * Makes one block say what it said in a snapshot, where it stands by now. Blocks that were joined on since stand for
 * themselves again. Answers false when there is no such block in one of the two.
 */
export const restoreBlock = (dispatch: Dispatch, snapshot: Snapshot, id: string, { origin }: Signature): boolean => {
  const { body, doc } = dispatch
  const byId = new Map(snapshot.body.map((block) => [block.id, block]))
  const wanted = byId.get(id)
  if (wanted === undefined || segmentById(body.read(), id) === undefined) return false
  const writing: Writing = { segmenter: wordSegmenter(snapshot.language), origin }
  doc.transact(() => {
    letStand(body, [id], origin)
    const joinedOn = (blockById(body.read(), id)?.visible ?? []).flatMap((segment) => byId.get(segment.id) ?? [])
    letStand(
      body,
      joinedOn.map((block) => block.id),
      origin,
    )
    joinParts(body, new Map([[id, wanted]]), byId, writing)
    restoreBlocks(dispatch, [wanted], writing)
    restoreBlockFields(dispatch, joinedOn, origin)
  }, origin)
  return true
}

// Everything below but `bearMissing` is called inside a transaction.

/** The wanted blocks, each with the id of one that there is: those without a marker are born, hidden, under new ids. */
const bearMissing = (body: Body, wanted: readonly Block[]): Block[] => {
  const { segmentById: known } = body.read().places
  return wanted.map((block) => (known.has(block.id) ? block : { ...block, id: body.insertHidden({ kind: block.kind }) }))
}

/**
 * Each shows, as a block of its own. Put back before and after: what is hidden with another one lies in its block, and what
 * showed may have been held in view by what was joined to it.
 */
const letStand = (body: Body, ids: readonly string[], origin: unknown): void => {
  putBack(body, ids, origin)
  const { blockById: standing } = body.read().places
  for (const id of ids.filter((each) => !standing.has(each))) body.standAgain(id, origin)
  putBack(body, ids, origin)
}

const putBack = (body: Body, ids: readonly string[], origin: unknown): void => {
  const { visibleById } = body.read().places
  body.restoreEach(
    ids.filter((id) => !visibleById.has(id)),
    origin,
  )
}

/**
 * Parts that were split off blocks since: their words are still where they were, and need not be written again. `known` are
 * the blocks that there were.
 */
const joinParts = (
  body: Body,
  wholes: ReadonlyMap<string, Block>,
  known: ReadonlyMap<string, Block>,
  { segmenter, origin }: Writing,
): void => {
  for (const { id, fields } of body.read().segments) {
    if (fields['splitFrom'] === undefined || known.has(id)) continue
    const view = body.read()
    const part = blockById(view, id)
    const whole = wholes.get(blockOfSegment(view, String(fields['splitFrom']))?.id ?? '')
    if (!part || part.visible.length === 0 || !whole) continue
    const said = wordSet(whole.content.map((inline) => (inline.type === 'text' ? inline.text : '')).join(''), segmenter)
    const own = [...wordSet(textOfRuns(part.visible.flatMap(({ runs }) => runs)), segmenter)]
    const kept = own.filter((word) => said.has(word)).length
    if (kept > 0 && kept * 2 >= own.length) body.join(part.id, whole.id, origin)
  }
}

const wordSet = (text: string, segmenter: Intl.Segmenter): Set<string> =>
  new Set(
    wordsOf([text], segmenter)
      .map((word) => word.text.trim())
      .filter((text) => text !== ''),
  )

const blockOfSegment = (view: BodyView, id: string): BodyBlock | undefined =>
  view.blocks[view.places.blockBySegment.get(id) ?? Number.NaN]

const restoreBlocks = (dispatch: Dispatch, blocks: readonly Block[], writing: Writing): void => {
  const sources = dispatch.sources.list().map(({ id }) => id)
  restoreWords(dispatch.body, blocks, sources, writing)
  restoreBlockFields(dispatch, blocks, writing.origin)
}

const restoreBlockFields = ({ body, speakers }: Dispatch, blocks: readonly Block[], origin: unknown): void => {
  const view = body.read()
  const differing = blocks.flatMap((wanted) => {
    const block = blockById(view, wanted.id)
    const fields = block && differingFields(block, wanted, (id) => id !== null && speakers.map.has(id))
    return fields && Object.keys(fields).length > 0 ? [[wanted.id, fields] as const] : []
  })
  body.setFieldsOfEach(differing, origin)
}

const differingFields = (block: BodyBlock, wanted: Block, isSpeaker: (id: string | null) => boolean): Partial<BlockFields> => {
  const speaker = isSpeaker(block.speaker) ? block.speaker : null
  return {
    ...(block.kind === wanted.kind ? {} : { kind: wanted.kind }),
    ...(wanted.kind === 'heading' && (block.level === 3 ? 3 : 2) !== wanted.level ? { level: wanted.level } : {}),
    ...((wanted.kind === 'turn' || wanted.kind === 'chapter') && block.start !== wanted.start ? { start: wanted.start } : {}),
    // One who is gone cannot be given the words again.
    ...(wanted.kind === 'turn' && speaker !== wanted.speaker && (wanted.speaker === null || isSpeaker(wanted.speaker))
      ? { speaker: wanted.speaker }
      : {}),
  }
}

/** Moves as few blocks as bring the rest into order. */
const restoreOrder = (body: Body, ids: readonly string[], origin: unknown): void => {
  const { visibleById } = body.read().places
  const staying = longestRising(ids.map((id) => visibleById.get(id) ?? null))
  for (const [nth, id] of [...ids.entries()].reverse()) if (staying[nth] === null) body.move(id, ids[nth + 1] ?? null, origin)
}
