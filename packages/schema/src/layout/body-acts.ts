import * as Y from 'yjs'
import { newLocalId } from '../ids.ts'
import type { BlockKind } from '../snapshot.ts'
import { type BlockPoint, beginningOf, indexOf, type Span, seamAt, spansOf } from './body-points.ts'
import { createBodyReader } from './body-reader.ts'
import { type BodyBlock, type BodyView, blockById, leadOf, segmentById } from './body-view.ts'
import { deleteInSegment, insertInSegment } from './edit-segment.ts'
import { type Rank, rankBetween, ranksBetween } from './rank.ts'
import { hashText } from './removal.ts'
import { type Segment, textOfRuns } from './segment.ts'

/**
 * The acts of the body. No act ever deletes a marker, and no structural act deletes or re-inserts text, so what a
 * colleague types meanwhile stays where it was typed. An act on a block that is not there (any more) does nothing.
 *
 * **Maintained invariant**: whatever `origin` an act is given, undoing that origin never deletes a marker: markers
 * are born under `markerOrigin` already joined (a split) or already removed (an insertion), and only the change that
 * lets them stand carries the caller's origin. So `split` and `insertBlock` are two transactions each, and must not
 * be called inside another one (Yjs would merge them under its origin).
 *
 * **Maintained invariant**: who writes `into`, `rank` or `speaker` of a marker writes `<key>UpTo` with it (`descent.ts`).
 */

/** Transactions of this origin are never tracked by an undo manager. */
export const markerOrigin = Symbol('stet marker')

export type { BlockPoint } from './body-points.ts'

export type BlockFields = {
  readonly kind: BlockKind
  readonly speaker?: string | null
  readonly start?: number | null
  readonly level?: 2 | 3
}

/** Who removed a block, as a name to show, and when, as an ISO time. */
export type RemovalMark = { readonly at: string; readonly by: string }

export type Body = ReturnType<typeof createBody>

export const createBody = (text: Y.Text) => {
  const { doc } = text
  if (doc === null) throw new Error('the body must belong to a replica')
  const { read } = createBodyReader(text, doc)

  const insertMarker = (at: number, fields: () => Record<string, unknown>) => {
    doc.transact(() => text.insertEmbed(at, new Y.Map(definedEntries(fields()))), markerOrigin)
  }
  const markerOf = (id: string) => segmentById(read(), id)?.marker

  return {
    text,

    read,

    /** Calls back after each transaction that changed the body; answers how to stop. */
    onChange: (listener: () => void): (() => void) => {
      const onTransaction = (transaction: Y.Transaction) => {
        if (transaction.changedParentTypes.has(text as never)) listener()
      }
      doc.on('afterTransaction', onTransaction)
      return () => doc.off('afterTransaction', onTransaction)
    },

    /** Text typed inside a block, offset counted over what shows. At a seam it belongs to the earlier segment. */
    insertText: (point: BlockPoint, insert: string, attributes: Readonly<Record<string, unknown>>, origin: unknown): void => {
      const view = read()
      const block = blockById(view, point.block)
      const seam = block && seamAt(block, point.offset)
      if (!seam) return
      doc.transact((transaction) => {
        if (insertInSegment(transaction, text, seam.segment, seam.offset, insert, attributes)) return
        text.insert(beginningOf(view, seam.segment) + seam.offset, insert, { ...attributes })
      }, origin)
    },

    insertCue: (point: BlockPoint, cue: string, attributes: Readonly<Record<string, unknown>>, origin: unknown): void => {
      const index = indexOf(read(), point)
      if (index !== null) doc.transact(() => text.insertEmbed(index, { cue }, { ...attributes }), origin)
    },

    deleteText: (block: string, from: number, to: number, origin: unknown): void => {
      const view = read()
      const spans = spansOf(view, block, from, to)
      doc.transact((transaction) => deleteSpans(transaction, text, view, spans), origin)
    },

    /** `null` takes an attribute away. */
    formatText: (
      block: string,
      from: number,
      to: number,
      attributes: Readonly<Record<string, unknown>>,
      origin: unknown,
    ): void => {
      const view = read()
      const spans = spansOf(view, block, from, to)
      doc.transact(() => {
        for (const { segment, offset, length } of spans)
          text.format(beginningOf(view, segment) + offset, length, { ...attributes })
      }, origin)
    },

    /**
     * Splits a block in two and answers the id of the new one. In the middle and at the end the new block follows and
     * takes the text after the point; at the start of a block that has text the new block is empty and goes before.
     */
    split: (point: BlockPoint, fields: Partial<BlockFields>, origin: unknown): string | null => {
      const view = read()
      const block = blockById(view, point.block)
      const seam = block && seamAt(block, point.offset)
      if (!block || !seam) return null
      const { segment } = seam
      const id = newLocalId()
      const { kind = block.kind, speaker = block.speaker, start } = fields
      const level = fields.level ?? (kind === block.kind ? block.level : undefined)
      const own = { id, kind, speaker, start, level, into: segment.id }
      const { before, after } = around(view, block)

      if (point.offset === 0 && block.length > 0) {
        insertMarker(0, () => ({ ...own, intoUpTo: nextOf(view, segment), rank: makeRoom(before, block, view) }))
        doc.transact(() => markerOf(id)?.delete('into'), origin)
      } else if (point.offset >= block.length && after?.rank !== block.rank) {
        insertMarker(0, () => ({ ...own, intoUpTo: nextOf(view, segment), rank: makeRoom(block, after, view) }))
        doc.transact(() => markerOf(id)?.delete('into'), origin)
      } else {
        const upTo = nextOf(view, segment)
        insertMarker(beginningOf(view, segment) + seam.offset, () => ({
          ...own,
          intoUpTo: id,
          splitFrom: segment.id,
          ...(fits(view, block, segment, after) ? { rank: block.rank } : { rank: makeRoom(block, after, view), rankUpTo: upTo }),
          ...(fields.speaker === undefined ? {} : { speakerUpTo: upTo }),
        }))
        const followers = point.offset >= block.length ? [] : followersOf(view, block, segment)
        doc.transact(() => letStand(read(), id, followers), origin)
      }
      return id
    },

    /** Joins a block to the end of another. */
    join: (block: string, into: string, origin: unknown): void => {
      const view = read()
      const joining = blockById(view, block)
      const target = blockById(view, into)
      if (joining && target && joining !== target)
        doc.transact(() => joinOnto(view, joining.root, target.segments.at(-1)), origin)
    },

    /** Moves a block to stand before another, or to the end; a removed one is put back there. */
    move: (block: string, before: string | null, origin: unknown): void => {
      const view = read()
      const moving = blockById(view, block)
      const next = before === null ? null : blockById(view, before)
      if (!moving || next === undefined || next === moving) return
      const others = view.blocks.filter((other) => other !== moving)
      const at = next === null ? others.length : others.indexOf(next)
      doc.transact(() => {
        keepParts(view, moving)
        rankAnew(view, moving, makeRoom(others[at - 1] ?? null, next, { ...view, blocks: others }))
        if (moving.visible.length === 0) for (const { marker } of moving.segments) marker.delete('removed')
      }, origin)
    },

    /** Hides a block; `restore` puts it back. */
    remove: (block: string, mark: RemovalMark, origin: unknown): void => {
      const removing = blockById(read(), block)
      if (removing) doc.transact(() => removeSegments(removing.visible, mark), origin)
    },

    restore: (block: string, origin: unknown): void => {
      const restoring = blockById(read(), block)
      if (!restoring) return
      doc.transact(() => {
        for (const { marker, removal } of restoring.segments) if (removal !== null) marker.delete('removed')
      }, origin)
    },

    /** A new empty block after another (null: before all), and its id. */
    insertBlock: (after: string | null, fields: BlockFields, origin: unknown): string => {
      const view = read()
      const previous = after === null ? null : (blockById(view, after) ?? view.blocks.at(-1) ?? null)
      const next = previous === null ? (view.blocks[0] ?? null) : around(view, previous).after
      const id = newLocalId()
      insertMarker(0, () => ({
        id,
        ...fields,
        rank: makeRoom(previous, next, view),
        removed: { hash: hashText(''), at: '', by: '' },
      }))
      doc.transact(() => markerOf(id)?.delete('removed'), origin)
      return id
    },

    /** Speaker, start, kind or level of a block; null takes a field away. */
    setFields: (block: string, fields: Partial<BlockFields>, origin: unknown): void => {
      const view = read()
      const target = blockById(view, block)
      if (!target) return
      const lead = leadOf(target)
      doc.transact(() => {
        for (const [key, value] of Object.entries(fields)) {
          if (value === undefined) continue
          if (value === null) lead.marker.delete(key)
          else lead.marker.set(key, value)
          if (key === 'speaker') lead.marker.set('speakerUpTo', nextOf(view, lead))
        }
      }, origin)
    },

    /**
     * Deletes all between two points. Blocks that are wholly in between are removed; of those at the ends what is left
     * stays with its own speaker, and only where something is left of both does the last join the first.
     */
    deleteBetween: (from: BlockPoint, to: BlockPoint, mark: RemovalMark, origin: unknown): void => {
      const view = read()
      const [first, last] = [view.places.visibleById.get(from.block), view.places.visibleById.get(to.block)]
      if (first === undefined || last === undefined || last < first) return
      const [head, tail] = [view.visible[first], view.visible[last]]
      if (!head || !tail) return
      const inHead = spansOf(view, head.id, from.offset, head === tail ? to.offset : head.length)
      const inTail = spansOf(view, tail.id, 0, to.offset)
      doc.transact((transaction) => {
        const erase = (spans: readonly Span[]) => deleteSpans(transaction, text, view, spans)
        const removeBlocks = (start: number, end: number) => {
          for (const { visible } of view.visible.slice(start, end)) removeSegments(visible, mark)
        }
        if (head === tail) erase(inHead)
        else if (to.offset >= tail.length) {
          erase(inHead)
          removeBlocks(first + 1, last + 1)
        } else if (from.offset === 0) {
          erase(inTail)
          removeBlocks(first, last)
        } else {
          erase([...inHead, ...inTail])
          removeBlocks(first + 1, last)
          joinOnto(view, tail.root, head.segments.at(-1))
        }
      }, origin)
    },
  }
}

// Everything below is called inside a transaction, with the view from before it.

const deleteSpans = (transaction: Y.Transaction, text: Y.Text, view: BodyView, spans: readonly Span[]): void => {
  const placeOf = ({ segment }: Span) => view.places.segmentById.get(segment.id) ?? 0
  // From the back, so that earlier indexes stay as they are.
  for (const { segment, offset, length } of spans.toSorted((a, b) => placeOf(b) - placeOf(a)))
    if (!deleteInSegment(transaction, text, segment, offset, length)) text.delete(beginningOf(view, segment) + offset, length)
}

const removeSegments = (segments: readonly Segment[], mark: RemovalMark): void => {
  for (const { marker, runs } of segments) marker.set('removed', { hash: hashText(textOfRuns(runs)), ...mark })
}

const joinOnto = (view: BodyView, { marker }: Segment, last: Segment | undefined): void => {
  if (last === undefined) return
  marker.set('into', last.id)
  marker.set('intoUpTo', nextOf(view, last))
}

/** The id of the marker that follows a segment in the text; '' when none does. */
const nextOf = (view: BodyView, segment: Segment): string =>
  view.segments[(view.places.segmentById.get(segment.id) ?? Number.NaN) + 1]?.id ?? ''

/** Whether a new marker in a segment shows after the block and before the next one when it takes the block's rank. */
const fits = (view: BodyView, block: BodyBlock, segment: Segment, after: BodyBlock | null): boolean => {
  const placeOf = ({ id }: Segment) => view.places.segmentById.get(id) ?? 0
  return placeOf(segment) >= placeOf(block.root) && (after?.rank !== block.rank || placeOf(segment) < placeOf(after.root))
}

/**
 * What follows a segment in its block, as the subtrees that hang before it: each begins with `head` and ends with
 * `tail`. `stays` says that a marker split off the segment takes it along by itself.
 */
type Follower = { readonly head: Segment; tail: Segment; readonly stays: boolean }

const followersOf = (view: BodyView, block: BodyBlock, segment: Segment): Follower[] => {
  const { parents, segmentById: placeById } = view.places
  const following = block.segments.slice(block.segments.indexOf(segment) + 1)
  const ids = new Set(following.map(({ id }) => id))
  const followers: Follower[] = []
  for (const candidate of following) {
    const parent = parents.get(candidate.id)
    const open = followers.at(-1)
    if (open && parent !== undefined && ids.has(parent)) open.tail = candidate
    else {
      const upTo = candidate.fields['intoUpTo']
      const end = upTo === '' ? view.segments.length : (placeById.get(String(upTo)) ?? -1)
      const stays = parent === segment.id && end > (placeById.get(segment.id) ?? 0)
      followers.push({ head: candidate, tail: candidate, stays })
    }
  }
  return followers
}

/** The second half of a split: the marker begins a block of its own and takes what followed the split along. */
const letStand = (view: BodyView, id: string, followers: readonly Follower[]): void => {
  const born = segmentById(view, id)
  if (!born) return
  born.marker.delete('into')
  let last = born
  for (const { head, tail, stays } of followers) {
    if (!stays) joinOnto(view, head, last)
    last = tail
  }
}

const around = (view: BodyView, block: BodyBlock): { before: BodyBlock | null; after: BodyBlock | null } => {
  const at = view.places.blockById.get(block.id) ?? Number.NaN
  return { before: view.blocks[at - 1] ?? null, after: view.blocks[at + 1] ?? null }
}

const rankAnew = (view: BodyView, { root }: BodyBlock, rank: Rank): void => {
  root.marker.set('rank', rank)
  root.marker.set('rankUpTo', nextOf(view, root))
}

/** Blocks that stand where they do because of a block's rank get it for their own, before that one moves away. */
const keepParts = (view: BodyView, moving: BodyBlock): void => {
  for (const block of view.blocks)
    if (block !== moving && block.rank === moving.rank && block.root.rank !== block.rank) rankAnew(view, block, block.rank)
}

/** A rank between two neighbours. Equal ranks (left by a split) have no room: those that follow are ranked anew. */
const makeRoom = (before: BodyBlock | null, after: BodyBlock | null, view: BodyView): Rank => {
  if (before === null || after === null || before.rank < after.rank) return rankBetween(before?.rank ?? null, after?.rank ?? null)
  const tied: BodyBlock[] = []
  let at = view.blocks.indexOf(after)
  for (let block = view.blocks[at]; block && block.rank === before.rank; block = view.blocks[++at]) tied.push(block)
  const [free, ...fresh] = ranksBetween(before.rank, view.blocks[at]?.rank ?? null, tied.length + 1)
  for (const [index, rank] of fresh.entries()) {
    const block = tied[index]
    if (block) rankAnew(view, block, rank)
  }
  return free as Rank
}

const definedEntries = (fields: Record<string, unknown>): [string, unknown][] =>
  Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
