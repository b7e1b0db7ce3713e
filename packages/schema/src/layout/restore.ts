import { longestRising } from '../longest-rising.ts'
import type { Block, Snapshot } from '../snapshot.ts'
import { wordsOf } from '../word-diff.ts'
import type { BlockFields, Body } from './body-acts.ts'
import { type BodyBlock, type BodyView, blockById, segmentById } from './body-view.ts'
import type { Dispatch } from './open-dispatch.ts'
import type { RemovalMark } from './removal.ts'
import { restoreFields, restoreRecords } from './restore-fields.ts'
import { restoreInlines } from './restore-words.ts'
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
  const ids = new Set(wanted.map(({ id }) => id))
  const writing = { language: snapshot.language, origin }
  doc.transact(() => {
    restoreFields(dispatch, snapshot, writing)
    restoreRecords(dispatch, snapshot, writing)
    for (const { id } of wanted) standAgain(body, id, origin)
    for (const block of wanted) joinParts(body, block, ids, writing)
    for (const { id } of wanted) putBack(body, id, origin)
    for (const { id } of body.read().visible) if (!ids.has(id)) body.remove(id, mark(), origin)
    for (const block of wanted) restoreBlockContent(dispatch, block, writing)
    restoreOrder(
      body,
      wanted.map(({ id }) => id),
      origin,
    )
  }, origin)
}

/**
 * Makes one block say what it said in a snapshot, where it stands by now. Blocks that were joined on since stand for
 * themselves again. Answers false when there is no such block in one of the two.
 */
export const restoreBlock = (dispatch: Dispatch, snapshot: Snapshot, id: string, { origin }: Signature): boolean => {
  const { body, doc } = dispatch
  const wanted = snapshot.body.find((block) => block.id === id)
  if (wanted === undefined || segmentById(body.read(), id) === undefined) return false
  const writing = { language: snapshot.language, origin }
  const byId = new Map(snapshot.body.map((block) => [block.id, block]))
  doc.transact(() => {
    standAgain(body, id, origin)
    for (const segment of blockById(body.read(), id)?.visible ?? []) {
      const joinedOn = segment.id === id ? undefined : byId.get(segment.id)
      if (joinedOn === undefined) continue
      standAgain(body, segment.id, origin)
      restoreBlockFields(dispatch, joinedOn, origin)
    }
    joinParts(body, wanted, new Set(byId.keys()), writing)
    putBack(body, id, origin)
    restoreBlockContent(dispatch, wanted, writing)
  }, origin)
  return true
}

// Everything below but `bearMissing` is called inside a transaction.

/** The wanted blocks, each with the id of one that there is: those without a marker are born, hidden, under new ids. */
const bearMissing = (body: Body, wanted: readonly Block[]): Block[] => {
  const { segmentById: known } = body.read().places
  return wanted.map((block) => (known.has(block.id) ? block : { ...block, id: body.insertHidden({ kind: block.kind }) }))
}

const standAgain = (body: Body, id: string, origin: unknown): void => {
  if (blockById(body.read(), id) === undefined) body.standAgain(id, origin)
}

const putBack = (body: Body, id: string, origin: unknown): void => {
  if (!body.read().places.visibleById.has(id)) body.restore(id, origin)
}

/** Parts that were split off a block since: their words are still where they were, and need not be written again. */
const joinParts = (body: Body, block: Block, wanted: ReadonlySet<string>, { language, origin }: Writing): void => {
  const words = wordSet(block.content.map((inline) => (inline.type === 'text' ? inline.text : '')).join(''), language)
  for (const segment of body.read().segments) {
    const view = body.read()
    const part = blockById(view, segment.id)
    if (part === undefined || part.visible.length === 0 || wanted.has(part.id)) continue
    if (blockOfSegment(view, String(segment.fields['splitFrom'] ?? ''))?.id !== block.id) continue
    const own = wordSet(textOfRuns(part.visible.flatMap(({ runs }) => runs)), language)
    const kept = [...own].filter((word) => words.has(word))
    if (own.size > 0 && kept.length * 2 >= own.size) body.join(part.id, block.id, origin)
  }
}

type Writing = { readonly language: string; readonly origin: unknown }

const wordSet = (text: string, language: string): Set<string> =>
  new Set(
    wordsOf([text], language)
      .map((word) => word.text.trim())
      .filter((text) => text !== ''),
  )

const blockOfSegment = (view: BodyView, id: string): BodyBlock | undefined =>
  view.blocks[view.places.blockBySegment.get(id) ?? Number.NaN]

const restoreBlockContent = (dispatch: Dispatch, block: Block, writing: Writing): void => {
  const cited = new Set([
    ...dispatch.sources.list().map(({ id }) => id),
    ...block.content.flatMap(({ marks }) => marks?.cites ?? []),
  ])
  restoreInlines(dispatch.body, block.id, block.content, cited, writing)
  restoreBlockFields(dispatch, block, writing.origin)
}

const restoreBlockFields = ({ body, speakers }: Dispatch, wanted: Block, origin: unknown): void => {
  const block = blockById(body.read(), wanted.id)
  if (block === undefined) return
  const isSpeaker = (id: string | null) => id !== null && speakers.map.has(id)
  const fields: Partial<{ -readonly [Field in keyof BlockFields]: BlockFields[Field] }> = {}
  if (block.kind !== wanted.kind) fields.kind = wanted.kind
  if (wanted.kind === 'heading' && (block.level === 3 ? 3 : 2) !== wanted.level) fields.level = wanted.level
  if ((wanted.kind === 'turn' || wanted.kind === 'chapter') && (block.start ?? null) !== wanted.start) fields.start = wanted.start
  if (wanted.kind === 'turn' && (isSpeaker(block.speaker) ? block.speaker : null) !== wanted.speaker)
    if (wanted.speaker === null || isSpeaker(wanted.speaker))
      // One who is gone cannot be given the words again.
      fields.speaker = wanted.speaker
  if (Object.keys(fields).length > 0) body.setFields(wanted.id, fields, origin)
}

/** Moves as few blocks as bring the rest into order. */
const restoreOrder = (body: Body, ids: readonly string[], origin: unknown): void => {
  const { visibleById } = body.read().places
  const staying = longestRising(ids.map((id) => visibleById.get(id) ?? null))
  for (const [nth, id] of [...ids.entries()].reverse()) if (staying[nth] === null) body.move(id, ids[nth + 1] ?? null, origin)
}
