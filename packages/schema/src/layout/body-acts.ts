import * as Y from 'yjs'
import { newLocalId } from '../ids.ts'
import type { BlockKind } from '../snapshot.ts'
import {
  type BlockPoint,
  fromTheBack,
  indexAt,
  indexOf,
  placeIn as placeInSegment,
  type Span,
  seamAt,
  spansOf,
} from './body-points.ts'
import { createBodyReader } from './body-reader.ts'
import { type BodyBlock, type BodyView, blockById, leadOf, segmentById } from './body-view.ts'
import { deleteInSegment, insertInSegment } from './edit-segment.ts'
import { givenField } from './given.ts'
import { POSITION_KEY, type Position, type Slot } from './position.ts'
import { ranksBetween } from './rank.ts'
import { hashText, REMOVAL_KEY, type RemovalMark } from './removal.ts'
import { type Segment, textOfRuns } from './segment.ts'
import { VOICE_KEY } from './voice.ts'

/**
 * The acts of the body. No act ever deletes a marker, and no structural act deletes or re-inserts text, so what a
 * colleague types meanwhile stays where it was typed. An act on a block that is not there (any more) does nothing.
 *
 * **Maintained invariant**: whatever `origin` an act is given, undoing that origin never deletes a marker: markers
 * are born under `markerOrigin` already joined (a split) or already removed (an insertion), and only the change that
 * lets them stand carries the caller's origin. So `split` and `insertBlock` are two transactions each, and must not
 * be called inside another one (Yjs would merge them under its origin).
 *
 * **Maintained invariant**: who writes `into` of a marker writes `intoUpTo` with it (`descent.ts`).
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

export type Body = ReturnType<typeof createBody>

export const createBody = (text: Y.Text) => {
  const { doc } = text
  if (doc === null) throw new Error('the body must belong to a replica')
  const { read } = createBodyReader(text, doc)

  const insertMarker = (at: number, fields: () => Record<string, unknown>) => {
    doc.transact(() => text.insertEmbed(at, new Y.Map(definedEntries(fields()))), markerOrigin)
  }
  /** A root that only a circle of joins made one stays the root, whatever becomes of those that follow it. */
  const leaveCircle = ({ root }: BodyBlock) => {
    if (root.fields['into'] !== undefined) doc.transact(() => root.marker.delete('into'), markerOrigin)
  }
  const markerOf = (id: string) => segmentById(read(), id)?.marker

  const bear = (after: string | null, fields: BlockFields): { readonly id: string; readonly unborn: string } => {
    const view = read()
    const previous = after === null ? null : (blockById(view, after) ?? view.blocks.at(-1) ?? null)
    const next = previous === null ? (view.blocks[0] ?? null) : around(view, previous).after
    const id = newLocalId()
    const unborn = removal(view, { hash: hashText(''), at: '', by: '', upTo: id })
    insertMarker(0, () => ({
      id,
      ...fields,
      ...bornIn(view, view.places.order.slotBetween(previous, next)),
      [unborn.key]: unborn.value,
    }))
    return { id, unborn: unborn.key }
  }

  // To act on many after one reading: to read between acts would be to read all that was written before, again and again.
  const removeEach = (blocks: readonly string[], mark: RemovalMark, origin: unknown): void => {
    const view = read()
    const removing = blocksIn(view, blocks).flatMap(({ visible }) => visible)
    if (removing.length > 0) doc.transact(() => removeSegments(view, removing, mark), origin)
  }
  const restoreEach = (blocks: readonly string[], origin: unknown): void => {
    const view = read()
    const restoring = blocksIn(view, blocks).flatMap(({ segments }) => segments)
    if (restoring.length > 0) doc.transact(() => putBack(view, restoring), origin)
  }
  const setFieldsOfEach = (fieldsOf: readonly (readonly [block: string, Partial<BlockFields>])[], origin: unknown): void => {
    const view = read()
    doc.transact(() => {
      for (const [id, { speaker, ...others }] of fieldsOf) {
        const target = blockById(view, id)
        if (!target) continue
        for (const [key, value] of Object.entries(others)) if (value !== undefined) setField(leadOf(target), key, value)
        if (speaker !== undefined) for (const segment of target.visible) giveTo(view, segment, speaker)
      }
    }, origin)
  }

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
        const place = placeInSegment(seam.segment, seam.offset)
        if (!insertInSegment(transaction, text, place, insert, attributes))
          text.insert(indexAt(view, place), insert, { ...attributes })
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
        for (const span of spans) text.format(indexAt(view, span), span.length, { ...attributes })
      }, origin)
    },

    /**
     * Splits a block in two and answers the id of the new one. In the middle and at the end the new block follows and
     * takes the text after the point; at the start of a block that has text the new block is empty and goes before;
     * where a block was joined on, that one stands for itself again.
     */
    split: (point: BlockPoint, fields: Partial<BlockFields>, origin: unknown): string | null => {
      const view = read()
      const block = blockById(view, point.block)
      const seam = block && seamAt(block, point.offset)
      if (!block || !seam) return null
      const { segment } = seam
      const { kind = block.kind, speaker = block.speaker, start } = fields
      const level = fields.level ?? (kind === block.kind ? block.level : undefined)
      leaveCircle(block)
      const { order } = view.places
      const { before, after } = around(view, block)
      const from = order.positionOf(segment)
      const following = block.visible.slice(block.visible.indexOf(segment) + 1)
      const joinedOn = seam.offset === segment.length ? following[0] : undefined

      if (joinedOn && point.offset > 0) {
        doc.transact(() => {
          for (const [key, value] of definedEntries({ kind, start, level })) joinedOn.marker.set(key, value)
          if (fields.speaker === undefined) keepVoice(view, joinedOn, speaker)
          else for (const each of following) giveTo(view, each, speaker)
          if (joinedOn.fields['splitFrom'] !== undefined) joinedOn.marker.set('isApart', true)
          if (!order.isBetween(joinedOn, block, after))
            putAt(view, [joinedOn], order.slotOfTail(block, after, segment), { keeps: order.positionOf(joinedOn).n })
          letStand(
            view,
            joinedOn,
            followersOf(view, block, joinedOn, () => true),
          )
        }, origin)
        return joinedOn.id
      }
      const id = newLocalId()
      const upTo = nextOf(view, segment)
      const own = { id, kind, start, level, into: segment.id }
      if (point.offset === 0 && block.length > 0) {
        insertMarker(0, () => ({ ...own, speaker, intoUpTo: upTo, ...bornIn(view, order.slotBetween(before, block)) }))
        doc.transact(() => markerOf(id)?.delete('into'), origin)
      } else if (point.offset >= block.length) {
        insertMarker(0, () => ({ ...own, speaker, intoUpTo: upTo, ...bornIn(view, order.slotBetween(block, after)) }))
        doc.transact(() => markerOf(id)?.delete('into'), origin)
      } else {
        const place = placeInSegment(segment, seam.offset)
        // Behind a colleague's split (`untangle.ts`) what is given there would reach a part: what begins here says all itself.
        const isAstray = place.segment.id !== segment.id
        const keeps = fields.speaker === undefined ? voiceKept(view, segment, speaker) : {}
        const fits = !isAstray && order.fitsBehind(segment, block, after)
        insertMarker(indexAt(view, place), () => ({
          ...own,
          ...(fits
            ? {}
            : placed(view, order.slotOfTail(block, after, segment), {
                upTo: nextOf(view, place.segment),
                keeps: from.n,
                from: from.id,
              }).field),
          ...(isAstray ? { speaker, intoUpTo: upTo } : { ...keeps, intoUpTo: id, splitFrom: segment.id, splitUpTo: upTo }),
        }))
        const end = placeIn(view, upTo)
        const isOwn = ({ fields }: Segment) => !isAstray && placeIn(view, fields['intoUpTo']) >= end
        const followers = followersOf(view, block, segment, isOwn)
        doc.transact(() => {
          const born = segmentById(read(), id)
          if (born) letStand(read(), born, followers)
          if (born && fields.speaker !== undefined) for (const each of [born, ...following]) giveTo(read(), each, speaker)
        }, origin)
      }
      return id
    },

    /** Joins a block to the end of another. */
    join: (block: string, into: string, origin: unknown): void => {
      const view = read()
      const joining = blockById(view, block)
      const target = blockById(view, into)
      if (joining && target && joining !== target)
        doc.transact(() => {
          joinBlock(view, joining, target)
        }, origin)
    },

    /** Moves a block to stand before another, or to the end; one that was cut is put back there. */
    move: (block: string, before: string | null, origin: unknown): void => {
      const view = read()
      const moving = blockById(view, block)
      const next = before === null ? null : blockById(view, before)
      if (!moving || next === undefined || next === moving) return
      doc.transact(() => {
        const others = view.blocks.filter((other) => other !== moving)
        const at = next === null ? others.length : others.indexOf(next)
        putAt(view, moving.segments, view.places.order.slotBetween(others[at - 1] ?? null, others[at] ?? null))
        for (const { marker, removals } of moving.segments)
          for (const { id, isCut } of removals) if (isCut) marker.delete(`${REMOVAL_KEY}${id}`)
      }, origin)
    },

    /** Hides a block; `restore` puts it back. */
    remove: (block: string, mark: RemovalMark, origin: unknown): void => removeEach([block], mark, origin),
    removeEach,

    /** Hides a block until it is moved or restored. Whoever removes it meanwhile has removed it, wherever it is moved. */
    cut: (block: string, mark: RemovalMark, origin: unknown): void => {
      const view = read()
      const cutting = blockById(view, block)
      if (cutting) doc.transact(() => removeSegments(view, cutting.visible, { ...mark, isCut: true }), origin)
    },

    restore: (block: string, origin: unknown): void => restoreEach([block], origin),
    restoreEach,

    /** What was joined to another block stands for itself again, behind it, and takes what follows in that block along. */
    standAgain: (id: string, origin: unknown): void => {
      doc.transact(() => {
        const hidden = segmentById(read(), id)
        if (hidden) putBack(read(), [hidden])
        const view = read()
        const segment = segmentById(view, id)
        const block = view.blocks[view.places.blockBySegment.get(id) ?? Number.NaN]
        if (!segment || !block || block.root === segment) return
        leaveCircle(block)
        const { order } = view.places
        const { after } = around(view, block)
        const before = block.segments[block.segments.indexOf(segment) - 1]
        if (segment.fields['splitFrom'] !== undefined) segment.marker.set('isApart', true)
        keepVoice(view, segment, block.speaker)
        if (!order.isBetween(segment, block, after))
          putAt(view, [segment], order.slotOfTail(block, after, before), { keeps: order.positionOf(segment).n })
        letStand(
          view,
          segment,
          followersOf(view, block, segment, () => true),
        )
      }, origin)
    },

    /** A new empty block after another (null: before all), and its id. */
    insertBlock: (after: string | null, fields: BlockFields, origin: unknown): string => {
      const { id, unborn } = bear(after, fields)
      doc.transact(() => markerOf(id)?.delete(unborn), origin)
      return id
    },

    /** A new empty block at the end that shows once it is restored, and its id. */
    insertHidden: (fields: BlockFields): string => bear(read().blocks.at(-1)?.id ?? null, fields).id,

    /** Speaker, start, kind or level of a block; null takes a field away. */
    setFields: (block: string, fields: Partial<BlockFields>, origin: unknown): void => setFieldsOfEach([[block, fields]], origin),
    setFieldsOfEach,

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
          for (const { visible } of view.visible.slice(start, end)) removeSegments(view, visible, mark)
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
          joinBlock(view, tail, head)
        }
      }, origin)
    },
  }
}

const blocksIn = (view: BodyView, ids: readonly string[]): BodyBlock[] => ids.flatMap((id) => blockById(view, id) ?? [])

// Everything below is called inside a transaction, with the view from before it.

const deleteSpans = (transaction: Y.Transaction, text: Y.Text, view: BodyView, spans: readonly Span[]): void => {
  for (const { segment, offset, length } of spans.toSorted(fromTheBack(view)))
    if (!deleteInSegment(transaction, text, segment, offset, length)) text.delete(indexAt(view, { segment, offset }), length)
}

type RemovalHow = RemovalMark & { readonly isCut?: true }

const removeSegments = (view: BodyView, segments: readonly Segment[], how: RemovalHow): void => {
  for (const segment of segments) removeUpTo(view, [segment], nextOf(view, segment), how)
}

/** Hides a text that has these parts by now, and those that will turn out to have been split off it before `upTo`. */
export const removeUpTo = (view: BodyView, parts: readonly Segment[], upTo: string, how: RemovalHow): void => {
  const { key, value } = removal(view, { upTo, hash: hashText(textOfRuns(parts.flatMap(({ runs }) => runs))), ...how })
  parts[0]?.marker.set(key, value)
}

const putBack = (view: BodyView, segments: readonly Segment[]): void => {
  for (const segment of segments) {
    if (!view.hidden.has(segment.id)) continue
    const { key, value } = removal(view, { upTo: nextOf(view, segment), isBack: true })
    segment.marker.set(key, value)
  }
}

const removal = (view: BodyView, value: { readonly upTo: string } & Record<string, unknown>) =>
  givenField(REMOVAL_KEY, { n: view.places.gifts.newest + 1, keeps: null, ...value })

const joinOnto = (view: BodyView, { marker }: Segment, last: Segment | undefined): void => {
  if (last === undefined) return
  marker.set('into', last.id)
  marker.set('intoUpTo', nextOf(view, last))
}

const setField = ({ marker }: Segment, key: string, value: unknown): void => {
  if (value === null) marker.delete(key)
  else marker.set(key, value)
}

/** The id of the marker that follows a segment in the text; '' when none does. */
const nextOf = (view: BodyView, segment: Segment): string =>
  view.segments[(view.places.segmentById.get(segment.id) ?? Number.NaN) + 1]?.id ?? ''

/** Where a marker stands in the text, from 0; '' is the end of it, and what is not there comes before all. */
const placeIn = (view: BodyView, id: unknown): number =>
  id === '' ? view.segments.length : (view.places.segmentById.get(String(id)) ?? -1)

/** Without removed parts that only lie with the rest of what was removed, and what is joined to these. */
const ownSegments = ({ places: { lying, parents } }: BodyView, { segments }: BodyBlock): readonly Segment[] => {
  if (lying.size === 0) return segments
  const aside = new Set<string>()
  for (const { id } of segments) if (lying.has(id) || aside.has(parents.get(id) ?? '')) aside.add(id)
  return segments.filter(({ id }) => !aside.has(id))
}

/**
 * What follows a segment in its block, as the subtrees that hang before it: each begins with `head` and ends with
 * `tail`. Children of the segment that are its own may stay where they hang; the others must be hung anew.
 */
type Follower = { readonly head: Segment; tail: Segment; readonly stays: boolean }

const followersOf = (view: BodyView, block: BodyBlock, segment: Segment, isOwn: (child: Segment) => boolean): Follower[] => {
  const { parents } = view.places
  const own = ownSegments(view, block)
  const following = own.slice(own.indexOf(segment) + 1)
  const ids = new Set(following.map(({ id }) => id))
  const followers: Follower[] = []
  for (const candidate of following) {
    const parent = parents.get(candidate.id)
    const open = followers.at(-1)
    if (open && parent !== undefined && ids.has(parent)) open.tail = candidate
    else followers.push({ head: candidate, tail: candidate, stays: parent === segment.id && isOwn(candidate) })
  }
  return followers
}

/** A marker begins a block of its own and takes what followed along. */
const letStand = (view: BodyView, segment: Segment, followers: readonly Follower[]): void => {
  segment.marker.delete('into')
  let last = segment
  for (const { head, tail, stays } of followers) {
    if (!stays) joinOnto(view, head, last)
    last = tail
  }
}

const around = (view: BodyView, block: BodyBlock): { before: BodyBlock | null; after: BodyBlock | null } => {
  const at = view.places.blockById.get(block.id) ?? Number.NaN
  return { before: view.blocks[at - 1] ?? null, after: view.blocks[at + 1] ?? null }
}

/** What a marker says of the slot that it is born in. */
const bornIn = (view: BodyView, slot: Slot): Record<string, unknown> =>
  slot.in === null ? { rank: slot.rank } : placed(view, slot, {}).field

const placed = (view: BodyView, slot: Slot, given: Partial<Position>) => {
  const { id, key, value } = givenField(POSITION_KEY, {
    n: view.places.gifts.newest + 1,
    keeps: null,
    upTo: '',
    from: null,
    ...slot,
    ...given,
  })
  return { id, field: { [key]: value } }
}

/** Puts a block of these segments into a slot: each of them, for what may be split off it meanwhile. */
const putAt = (view: BodyView, segments: readonly Segment[], slot: Slot, given: Partial<Position> = {}): void => {
  const [root] = segments
  if (root === undefined) return
  const put = (segment: Segment, to: Slot, more: Partial<Position>): string => {
    const from = view.places.order.positionOf(segment).id
    const { id, field } = placed(view, to, { upTo: nextOf(view, segment), from, ...more })
    for (const [key, value] of Object.entries(field)) segment.marker.set(key, value)
    return id
  }
  const inside = put(root, slot, given)
  const ranks = ranksBetween(null, null, segments.length - 1)
  // None hangs on one that is not older.
  const n = view.places.gifts.newest + 2
  for (const [nth, segment] of segments.slice(1).entries())
    put(segment, { rank: ranks[nth] ?? slot.rank, in: inside, of: root.id, end: nextOf(view, root) }, { n })
}

/** Joins a block to the end of another; it stands behind that one if it or a part of it stands for itself again. */
const joinBlock = (view: BodyView, joined: BodyBlock, target: BodyBlock): void => {
  const { order, descent } = view.places
  const twins = descent.twinsOf(joined.root)
  for (const segment of joined.segments)
    if (segment === joined.root || twins.some(({ id }) => id === segment.id))
      joinOnto(view, segment, ownSegments(view, target).at(-1))
  const others = view.blocks.filter((other) => other !== joined)
  const after = others[others.indexOf(target) + 1] ?? null
  const standsThere = (segment: Segment) => order.hangsOn(segment, target.root) && order.isBetween(segment, target, after)
  if (!joined.segments.every(standsThere)) putAt(view, joined.segments, order.slotAtEnd(target, after))
}

/**
 * What keeps a segment that stood in somebody else's block with that speaker, when it or a part of it leaves.
 */
const voiceKept = (view: BodyView, segment: Segment, speaker: string | null): Record<string, unknown> => {
  const voice = view.places.gifts.newestOf(segment, 'voices')
  if (voice === null || voice.speaker === speaker) return {}
  const { key, value } = givenField(VOICE_KEY, {
    n: view.places.gifts.newest + 1,
    keeps: voice.n,
    upTo: nextOf(view, segment),
    speaker,
  })
  return { [key]: value }
}

const keepVoice = (view: BodyView, segment: Segment, speaker: string | null): void => {
  for (const [key, value] of Object.entries(voiceKept(view, segment, speaker))) segment.marker.set(key, value)
}

/** Gives a segment's words to a speaker, whoever splits them meanwhile. */
const giveTo = (view: BodyView, segment: Segment, speaker: string | null): void => {
  const { key, value } = givenField(VOICE_KEY, {
    n: view.places.gifts.newest + 1,
    keeps: null,
    upTo: nextOf(view, segment),
    speaker,
  })
  segment.marker.set(key, value)
}

const definedEntries = (fields: Record<string, unknown>): [string, unknown][] =>
  Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
