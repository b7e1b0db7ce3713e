import type { BlockKind } from '../snapshot.ts'
import { type Descent, descentOf } from './descent.ts'
import { compareRanks, type Rank, readRank } from './rank.ts'
import { hashText } from './removal.ts'
import { type Marker, type Segment, textOfRuns } from './segment.ts'

/**
 * What an editor sees of the body: segments joined by `into` make a block; blocks show by (rank, text order).
 * A view is a value: what changes is a new object, what does not stays the same object. Nothing here writes.
 */

export type BodyBlock = {
  /** Id of the root segment: it lasts through splits, joins and moves of others. */
  readonly id: string
  readonly rank: Rank
  readonly kind: BlockKind
  readonly speaker: string | null
  readonly start: unknown
  readonly level: unknown
  readonly root: Segment
  /** Root and all that was joined into it, in reading order, removed ones too. */
  readonly segments: readonly Segment[]
  /** The segments that show; empty when the block is removed. The first of them gives the block its fields. */
  readonly visible: readonly Segment[]
  /** Removed segments whose text is no longer what it was when they were removed. */
  readonly flagged: readonly Segment[]
  readonly length: number
}

export type BodyView = {
  /** Every segment, in text order. */
  readonly segments: readonly Segment[]
  /** Every block, removed ones too, in order. */
  readonly blocks: readonly BodyBlock[]
  /** The blocks that show, in order. */
  readonly visible: readonly BodyBlock[]
  readonly places: Places
  /** Text before the first marker belongs to no block; no act of ours makes any. */
  readonly strayLength: number
}

/** Where things are in a view's lists; the same object while only text changes. */
export type Places = {
  readonly segmentById: ReadonlyMap<string, number>
  readonly segmentByMarker: ReadonlyMap<Marker, number>
  readonly blockById: ReadonlyMap<string, number>
  readonly blockBySegment: ReadonlyMap<string, number>
  readonly visibleById: ReadonlyMap<string, number>
  /** The segment that each one follows in its block, by id; a root follows none. */
  readonly parents: ReadonlyMap<string, string>
  /** Segments that were removed with another one, by id, and that one. */
  readonly removers: ReadonlyMap<string, string>
  readonly descent: Descent
  /** Blocks that stand behind another one of equal rank, by id, and that one. */
  readonly anchors: ReadonlyMap<string, string>
  /** Their ranks among those behind the same one. */
  readonly subRanks: ReadonlyMap<string, Rank>
}

export const visibleBlocks = (view: BodyView): readonly BodyBlock[] => view.visible

export const blockById = (view: BodyView, id: string): BodyBlock | undefined =>
  view.blocks[view.places.blockById.get(id) ?? Number.NaN]

export const segmentById = (view: BodyView, id: string): Segment | undefined =>
  view.segments[view.places.segmentById.get(id) ?? Number.NaN]

/** The segment that gives a block its kind, speaker, start and level: the first that shows. */
export const leadOf = ({ visible, root }: BodyBlock): Segment => visible[0] ?? root

const KINDS: readonly unknown[] = ['turn', 'chapter', 'heading', 'paragraph', 'bullet', 'quote'] satisfies BlockKind[]

/** Puts segments (in text order) together to blocks; blocks that are as they were in `before` stay the same objects. */
export const arrange = (segments: readonly Segment[], strayLength: number, before: BodyView | null): BodyView => {
  const placeById = new Map(segments.map(({ id }, nth) => [id, nth]))
  const descent = descentOf(segments, placeById)
  const parents = withoutCycles(segments, descent.parents)
  const orderOf = (segment: Segment) => placeById.get(segment.id) ?? 0
  const rankOf = (segment: Segment) => descent.sayerOf(segment, 'rank').rank
  const speakerOf = (lead: Segment) => {
    const { speaker } = descent.sayerOf(lead, 'speaker').fields
    return typeof speaker === 'string' ? speaker : null
  }
  const removers = new Map<string, string>()
  for (const segment of segments) {
    if (segment.fields['splitFrom'] === undefined) continue
    const remover = descent.sayerOf(segment, 'removed')
    if (remover !== segment && remover.fields['removed'] !== undefined) removers.set(segment.id, remover.id)
  }

  const childrenById = new Map<string, Segment[]>()
  for (const segment of segments) {
    const parent = parents.get(segment.id)
    if (parent === undefined) continue
    const siblings = childrenById.get(parent)
    if (siblings) siblings.push(segment)
    else childrenById.set(parent, [segment])
  }
  /** What the text itself continues with comes first, where it always was; then what was joined on, by (rank then, text order). */
  const childrenOf = (parent: Segment): Segment[] => {
    const children = childrenById.get(parent.id)
    if (children === undefined || children.length === 1) return children ?? []
    const continues = (child: Segment) => Number(child.fields['intoUpTo'] === child.id)
    return children.sort(
      (a, b) =>
        continues(b) - continues(a) ||
        (continues(a) ? 0 : compareRanks(rankWhenJoined(a), rankWhenJoined(b))) ||
        orderOf(a) - orderOf(b),
    )
  }
  const rankWhenJoined = ({ fields }: Segment) => readRank(fields['intoRank'])
  const inReadingOrder = (root: Segment): Segment[] => {
    const read: Segment[] = []
    const waiting = [root]
    for (let segment = waiting.pop(); segment !== undefined; segment = waiting.pop()) {
      read.push(segment)
      waiting.push(...childrenOf(segment).reverse())
    }
    return read
  }

  const unordered = segments
    .filter(({ id }) => !parents.has(id))
    .map((root): BodyBlock => {
      const known = before && blockById(before, root.id)
      const rank = rankOf(root)
      const isAlone = !childrenById.has(root.id)
      const whole = isAlone && known?.segments.length === 1 && known.root === root ? known.segments : inReadingOrder(root)
      const speaker = speakerOf(leadOfSegments(whole, removers))
      return known && isSame(known, whole, rank, speaker) ? known : blockOf(whole, rank, speaker, removers)
    })
  const blockBySegmentId = new Map(unordered.flatMap((block) => block.segments.map(({ id }) => [id, block] as const)))
  const anchors = new Map<BodyBlock, BodyBlock>()
  const subRanks = new Map<BodyBlock, Rank>()
  for (const block of unordered) {
    const sayer = descent.sayerOf(block.root, 'rank')
    const whole = blockBySegmentId.get(sayer.id)
    const at = placeById.get(String(sayer.fields['after']))
    const anchor = at === undefined ? undefined : segments[at]
    // What was split off a block while it moved stands behind it; so does what was put where ranks leave no room.
    const isPart = whole !== block
    const behind = isPart ? whole : anchor && blockBySegmentId.get(descent.lastPartOf(anchor, sayer.fields['afterUpTo']).id)
    if (!behind || behind === block || behind.rank !== block.rank) continue
    anchors.set(block, behind)
    if (!isPart) subRanks.set(block, readRank(sayer.fields['subRank']))
  }
  const blocks = inOrder(unordered, anchors, subRanks, orderOf)
  const visible = blocks.filter((block) => block.visible.length > 0)
  const blockByIdMap = new Map(blocks.map(({ id }, nth) => [id, nth]))
  return {
    segments,
    blocks,
    visible,
    strayLength,
    places: {
      segmentById: placeById,
      segmentByMarker: new Map(segments.map(({ marker }, nth) => [marker, nth])),
      blockById: blockByIdMap,
      blockBySegment: new Map(blocks.flatMap((block, nth) => block.segments.map(({ id }) => [id, nth] as const))),
      visibleById: new Map(visible.map(({ id }, nth) => [id, nth])),
      parents,
      removers,
      descent,
      anchors: new Map([...anchors].map(([block, anchor]) => [block.id, anchor.id])),
      subRanks: new Map([...subRanks].map(([block, rank]) => [block.id, rank])),
    },
  }
}

/** After every rank: these begin with a letter. */
const LAST: Rank = '~'

/**
 * Blocks by (rank, text order). Splits leave equal ranks, between which there is no room: a block that was put there
 * stands behind another one of the same rank, and among those behind the same one by its sub-rank; parts, which have none, come last.
 */
const inOrder = (
  blocks: readonly BodyBlock[],
  anchors: ReadonlyMap<BodyBlock, BodyBlock>,
  subRanks: ReadonlyMap<BodyBlock, Rank>,
  orderOf: (segment: Segment) => number,
): BodyBlock[] => {
  const byText = (a: BodyBlock, b: BodyBlock) => orderOf(a.root) - orderOf(b.root)
  const free = blocks.filter((block) => !anchors.has(block)).sort((a, b) => compareRanks(a.rank, b.rank) || byText(a, b))
  if (anchors.size === 0) return free

  const behind = new Map<BodyBlock, BodyBlock[]>()
  for (const [block, anchor] of anchors) behind.set(anchor, [...(behind.get(anchor) ?? []), block])
  const ordered = new Set<BodyBlock>()
  const put = (first: BodyBlock) => {
    const waiting = [first]
    for (let block = waiting.pop(); block !== undefined; block = waiting.pop()) {
      if (ordered.has(block)) continue
      ordered.add(block)
      const followers = behind
        .get(block)
        ?.sort((a, b) => compareRanks(subRanks.get(a) ?? LAST, subRanks.get(b) ?? LAST) || byText(a, b))
      if (followers) waiting.push(...followers.toReversed())
    }
  }
  for (const block of free) put(block)
  if (ordered.size === blocks.length) return [...ordered]
  // Two that were put behind each other at once hang on nothing: they show by (rank, text order) with what they carry.
  const hanging = [...anchors.keys()].filter((block) => !ordered.has(block)).sort(byText)
  return inOrder(blocks, new Map([...anchors].filter(([block]) => block !== hanging[0])), subRanks, orderOf)
}

/** The view after a change of text alone: the same blocks in the same places. `segments` are in text order, as before. */
export const withSegments = (view: BodyView, segments: readonly Segment[], changed: readonly Segment[]): BodyView => {
  const { places } = view
  const blocks = [...view.blocks]
  const visible = [...view.visible]
  for (const nth of new Set(changed.map(({ id }) => places.blockBySegment.get(id) ?? Number.NaN))) {
    const block = blocks[nth]
    if (!block) continue
    const whole = block.segments.map(({ id }) => segments[places.segmentById.get(id) ?? Number.NaN] as Segment)
    const next = blockOf(whole, block.rank, block.speaker, places.removers)
    blocks[nth] = next
    const at = places.visibleById.get(block.id)
    if (at !== undefined) visible[at] = next
  }
  return { ...view, segments, blocks, visible }
}

type Removers = Places['removers']

const isHidden = ({ id, removal }: Segment, removers: Removers): boolean => removal !== null || removers.has(id)

const leadOfSegments = (segments: readonly Segment[], removers: Removers): Segment =>
  segments.find((segment) => !isHidden(segment, removers)) ?? (segments[0] as Segment)

/** A block of segments in reading order. */
const blockOf = (segments: readonly Segment[], rank: Rank, speaker: string | null, removers: Removers): BodyBlock => {
  const root = segments[0] as Segment
  const hidden = segments.filter((segment) => isHidden(segment, removers))
  const visible = hidden.length === 0 ? segments : segments.filter((segment) => !isHidden(segment, removers))
  const { kind, start = null, level = null } = leadOfSegments(segments, removers).fields
  return {
    id: root.id,
    rank,
    kind: KINDS.includes(kind) ? (kind as BlockKind) : 'paragraph',
    speaker,
    start,
    level,
    root,
    segments,
    visible,
    flagged: hidden.length === 0 ? [] : flaggedOf(hidden, removers),
    length: visible.reduce((sum, { length }) => sum + length, 0),
  }
}

/** The removed segments whose words, with those of the parts removed along, are not what they were. */
const flaggedOf = (hidden: readonly Segment[], removers: Removers): Segment[] =>
  hidden.filter(({ id, removal, runs, isFlagged }) => {
    if (removal === null) return false
    const parts = hidden.filter((part) => removers.get(part.id) === id)
    return parts.length === 0
      ? isFlagged
      : hashText(textOfRuns([runs, ...parts.map((part) => part.runs)].flat())) !== removal.hash
  })

const isSame = (block: BodyBlock, segments: readonly Segment[], rank: Rank, speaker: string | null): boolean =>
  block.rank === rank &&
  block.speaker === speaker &&
  block.segments.length === segments.length &&
  block.segments.every((segment, nth) => segment === segments[nth])

/** Two joins made at once can form a cycle: its member with the smallest id is the root, on every replica. */
const withoutCycles = (segments: readonly Segment[], wanted: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
  const parents = new Map(wanted)
  const settled = new Set<string>()
  for (const { id } of segments) {
    if (!parents.has(id)) continue
    const path: string[] = []
    const onPath = new Set<string>()
    let at: string | undefined = id
    while (at !== undefined && !settled.has(at) && !onPath.has(at)) {
      path.push(at)
      onPath.add(at)
      at = parents.get(at)
    }
    if (at !== undefined && onPath.has(at)) {
      const cycle = path.slice(path.indexOf(at))
      const [smallest = at] = cycle.sort()
      parents.delete(smallest)
    }
    for (const member of path) settled.add(member)
  }
  return parents
}
