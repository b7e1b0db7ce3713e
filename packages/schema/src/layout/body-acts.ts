import * as Y from 'yjs'
import { newLocalId } from '../ids.ts'
import type { BlockKind } from '../snapshot.ts'
import {
  type Attributes,
  type BodyBlock,
  type BodyView,
  blockById,
  leadOf,
  readBody,
  type Segment,
  textOfRuns,
  visibleBlocks,
} from './body-view.ts'
import { type Rank, rankBetween, ranksBetween } from './rank.ts'
import { hashText } from './removal.ts'

/**
 * The acts of the body. No act ever deletes a marker, and no structural act deletes or re-inserts text, so what a
 * colleague types meanwhile stays where it was typed. An act on a block that is not there (any more) does nothing.
 *
 * **Maintained invariant**: whatever `origin` an act is given, undoing that origin never deletes a marker: markers
 * are born under `markerOrigin` already joined (a split) or already removed (an insertion), and only the change that
 * lets them stand carries the caller's origin. So `split` and `insertBlock` are two transactions each, and must not
 * be called inside another one (Yjs would merge them under its origin).
 */

/** Transactions of this origin are never tracked by an undo manager. */
export const markerOrigin = Symbol('stet marker')

export type BlockFields = {
  readonly kind: BlockKind
  readonly speaker?: string | null
  readonly start?: number | null
  readonly level?: 2 | 3
}

export type BlockPoint = { readonly block: string; readonly offset: number }

export type Body = ReturnType<typeof createBody>

export const createBody = (text: Y.Text) => {
  const doc = text.doc
  if (doc === null) throw new Error('the body must belong to a replica')

  const insertMarker = (at: number, fields: () => Record<string, unknown>) => {
    doc.transact(() => text.insertEmbed(at, new Y.Map(definedEntries(fields()))), markerOrigin)
  }

  /** The second half of a split: the marker begins a block of its own and takes what followed the split along. */
  const letStand = (id: string, followers: readonly { head: Segment; tail: Segment }[], origin: unknown) => {
    doc.transact(() => {
      markerOf(text, id)?.delete('into')
      let last = id
      for (const { head, tail } of followers) {
        head.marker.set('into', last)
        last = tail.id
      }
    }, origin)
  }

  return {
    text,

    read: (): BodyView => readBody(text),

    /** Text typed inside a block, offset counted over what shows. At a seam it belongs to the earlier segment. */
    insertText: (point: BlockPoint, insert: string, attributes: Attributes, origin: unknown): void => {
      const index = indexOf(readBody(text), point)
      if (index !== null) doc.transact(() => text.insert(index, insert, { ...attributes }), origin)
    },

    insertCue: (point: BlockPoint, cue: string, attributes: Attributes, origin: unknown): void => {
      const index = indexOf(readBody(text), point)
      if (index !== null) doc.transact(() => text.insertEmbed(index, { cue }, { ...attributes }), origin)
    },

    deleteText: (block: string, from: number, to: number, origin: unknown): void => {
      doc.transact(() => {
        for (const { index, length } of spansOf(readBody(text), block, from, to).reverse()) text.delete(index, length)
      }, origin)
    },

    /** `null` takes an attribute away. */
    formatText: (block: string, from: number, to: number, attributes: Attributes, origin: unknown): void => {
      doc.transact(() => {
        for (const { index, length } of spansOf(readBody(text), block, from, to)) text.format(index, length, { ...attributes })
      }, origin)
    },

    /**
     * Splits a block in two and answers the id of the new one. In the middle and at the end the new block follows and
     * takes the text after the point; at the start of a block that has text the new block is empty and goes before.
     */
    split: (point: BlockPoint, fields: Partial<BlockFields>, origin: unknown): string | null => {
      const view = readBody(text)
      const block = blockById(view, point.block)
      const seam = block && seamAt(block, point.offset)
      if (!block || !seam) return null
      const id = newLocalId()
      const lead = leadOf(block).marker
      const kind = fields.kind ?? lead.get('kind')
      const speaker = fields.speaker === undefined ? lead.get('speaker') : fields.speaker
      const level = fields.level ?? (kind === lead.get('kind') ? lead.get('level') : undefined)
      const own = { id, kind, speaker, start: fields.start, level, splitFrom: seam.segment.id, into: seam.segment.id }
      const index = seam.segment.index + 1 + seam.offset
      const { before, after } = around(view, block)

      if (point.offset === 0 && block.length > 0) {
        insertMarker(0, () => ({ ...own, rank: makeRoom(before, block, view) }))
        letStand(id, [], origin)
      } else if (point.offset >= block.length && after?.rank !== block.rank) {
        insertMarker(0, () => ({ ...own, rank: makeRoom(block, after, view) }))
        letStand(id, [], origin)
      } else {
        const textOrderFits = index > block.root.index && (after?.rank !== block.rank || index <= after.root.index)
        insertMarker(index, () => ({ ...own, rank: textOrderFits ? block.rank : makeRoom(block, after, view) }))
        letStand(id, point.offset >= block.length ? [] : followersOf(block, seam.segment), origin)
      }
      return id
    },

    /** Joins a block to the end of another. */
    join: (block: string, into: string, origin: unknown): void => {
      const view = readBody(text)
      const joining = blockById(view, block)
      const target = blockById(view, into)
      const last = target?.segments.at(-1)
      if (!joining || !last || joining === target) return
      doc.transact(() => joining.root.marker.set('into', last.id), origin)
    },

    /** Moves a block to stand before another, or to the end. */
    move: (block: string, before: string | null, origin: unknown): void => {
      const view = readBody(text)
      const moving = blockById(view, block)
      const next = before === null ? null : blockById(view, before)
      if (!moving || next === undefined || next === moving) return
      const others = view.blocks.filter((other) => other !== moving)
      const at = next === null ? others.length : others.indexOf(next)
      doc.transact(() => {
        const rank = makeRoom(others[at - 1] ?? null, next, { ...view, blocks: others })
        moving.root.marker.set('rank', rank)
      }, origin)
    },

    /** Hides a block; `restore` puts it back. `at` is an ISO time, `by` a name to show. */
    remove: (block: string, mark: { at: string; by: string }, origin: unknown): void => {
      const removing = blockById(readBody(text), block)
      if (!removing) return
      doc.transact(() => {
        for (const { marker, runs } of removing.visible) marker.set('removed', { hash: hashText(textOfRuns(runs)), ...mark })
      }, origin)
    },

    restore: (block: string, origin: unknown): void => {
      const restoring = blockById(readBody(text), block)
      if (!restoring) return
      doc.transact(() => {
        for (const { marker, removal } of restoring.segments) if (removal !== null) marker.delete('removed')
      }, origin)
    },

    /** A new empty block after another (null: before all), and its id. */
    insertBlock: (after: string | null, fields: BlockFields, origin: unknown): string => {
      const view = readBody(text)
      const previous = after === null ? null : (blockById(view, after) ?? view.blocks.at(-1) ?? null)
      const next = view.blocks[previous === null ? 0 : view.blocks.indexOf(previous) + 1] ?? null
      const id = newLocalId()
      insertMarker(0, () => ({
        id,
        ...fields,
        rank: makeRoom(previous, next, view),
        removed: { hash: hashText(''), at: '', by: '' },
      }))
      doc.transact(() => markerOf(text, id)?.delete('removed'), origin)
      return id
    },

    /** Speaker, start, kind or level of a block; null takes a field away. */
    setFields: (block: string, fields: Partial<BlockFields>, origin: unknown): void => {
      const target = blockById(readBody(text), block)
      if (!target) return
      const { marker } = leadOf(target)
      doc.transact(() => {
        for (const [key, value] of Object.entries(fields)) {
          if (value === undefined) continue
          if (value === null) marker.delete(key)
          else marker.set(key, value)
        }
      }, origin)
    },

    /** Deletes all between two points: text at both ends, whole blocks between are removed, the last joins the first. */
    deleteBetween: (from: BlockPoint, to: BlockPoint, mark: { at: string; by: string }, origin: unknown): void => {
      doc.transact(() => {
        const shown = visibleBlocks(readBody(text))
        const first = shown.findIndex(({ id }) => id === from.block)
        const last = shown.findIndex(({ id }) => id === to.block)
        if (first < 0 || last < first) return
        const deleting = (block: string, start: number, end: number) => {
          for (const { index, length } of spansOf(readBody(text), block, start, end).reverse()) text.delete(index, length)
        }
        if (first === last) return deleting(from.block, from.offset, to.offset)
        deleting(from.block, from.offset, shown[first]?.length ?? 0)
        deleting(to.block, 0, to.offset)
        for (const { visible } of shown.slice(first + 1, last))
          for (const { marker, runs } of visible) marker.set('removed', { hash: hashText(textOfRuns(runs)), ...mark })
        const target = shown[first]?.segments.at(-1)
        if (target) shown[last]?.root.marker.set('into', target.id)
      }, origin)
    },
  }
}

/** Index in the text of a point in a block; null when the block does not show. Offsets past the end count as the end. */
export const indexOf = (view: BodyView, point: BlockPoint): number | null => {
  const block = blockById(view, point.block)
  const seam = block && seamAt(block, point.offset)
  return seam ? seam.segment.index + 1 + seam.offset : null
}

/** The point of an index in the text: the inverse of `indexOf`; null in text that does not show. */
export const pointAt = (view: BodyView, index: number): BlockPoint | null => {
  for (const block of view.blocks) {
    let offset = 0
    for (const segment of block.visible) {
      const inside = index - segment.index - 1
      if (inside >= 0 && inside <= segment.length) return { block: block.id, offset: offset + inside }
      offset += segment.length
    }
  }
  return null
}

/** Where a block's offset lies: in which segment, how far into it. At a seam, the end of the earlier one. */
const seamAt = (block: BodyBlock, offset: number): { segment: Segment; offset: number } | null => {
  let left = Math.max(0, offset)
  for (const segment of block.visible) {
    if (left <= segment.length) return { segment, offset: left }
    left -= segment.length
  }
  const last = block.visible.at(-1)
  return last ? { segment: last, offset: last.length } : null
}

/** The stretches of text that a range of a block covers, in the block's order. */
const spansOf = (view: BodyView, id: string, from: number, to: number): { index: number; length: number }[] => {
  const spans: { index: number; length: number }[] = []
  let start = 0
  for (const segment of blockById(view, id)?.visible ?? []) {
    const begin = Math.max(from - start, 0)
    const end = Math.min(to - start, segment.length)
    if (end > begin) spans.push({ index: segment.index + 1 + begin, length: end - begin })
    start += segment.length
  }
  // Text order, so that deleting from the back leaves earlier indexes standing.
  return spans.sort((a, b) => a.index - b.index)
}

const around = (view: BodyView, block: BodyBlock): { before: BodyBlock | null; after: BodyBlock | null } => {
  const at = view.blocks.indexOf(block)
  return { before: view.blocks[at - 1] ?? null, after: view.blocks[at + 1] ?? null }
}

/**
 * What follows a segment in its block, as the subtrees that hang before it: each begins with `head` and ends with
 * `tail`. A split behind the segment hangs them, in order, behind the new marker.
 */
const followersOf = (block: BodyBlock, segment: Segment): { head: Segment; tail: Segment }[] => {
  const following = block.segments.slice(block.segments.indexOf(segment) + 1)
  const ids = new Set(following.map(({ id }) => id))
  const subtrees: { head: Segment; tail: Segment }[] = []
  for (const candidate of following) {
    const open = subtrees.at(-1)
    if (open && ids.has(String(candidate.marker.get('into')))) open.tail = candidate
    else subtrees.push({ head: candidate, tail: candidate })
  }
  return subtrees
}

/**
 * A rank between two neighbours. Equal ranks (left by a split) have no room: those that follow are ranked anew.
 * To be called inside a transaction.
 */
const makeRoom = (before: BodyBlock | null, after: BodyBlock | null, view: BodyView): Rank => {
  if (before === null || after === null || before.rank < after.rank) return rankBetween(before?.rank ?? null, after?.rank ?? null)
  const tied: BodyBlock[] = []
  let at = view.blocks.indexOf(after)
  for (let block = view.blocks[at]; block && block.rank === before.rank; block = view.blocks[++at]) tied.push(block)
  const [free, ...fresh] = ranksBetween(before.rank, view.blocks[at]?.rank ?? null, tied.length + 1)
  for (const [index, rank] of fresh.entries()) tied[index]?.root.marker.set('rank', rank)
  return free as Rank
}

const markerOf = (text: Y.Text, id: string): Y.Map<unknown> | undefined => readBody(text).segmentsById.get(id)?.marker

const definedEntries = (fields: Record<string, unknown>): [string, unknown][] =>
  Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
