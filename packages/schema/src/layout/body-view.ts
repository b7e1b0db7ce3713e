import type { BlockKind } from '../snapshot.ts'
import { type BlockOrder, orderOf } from './block-order.ts'
import { type Descent, descentOf } from './descent.ts'
import { type Gifts, giftsOf } from './gifts.ts'
import { type Hidden, hiddenAfter, hiddenIn, type Removed } from './hidden.ts'
import type { Marker, Segment } from './segment.ts'
import { type Untangled, untangle } from './untangle.ts'

/**
 * What an editor sees of the body: segments joined by `into` make a block; blocks show in the order of `block-order.ts`.
 * A view is a value: what changes is a new object, what does not stays the same object. Nothing here writes.
 */

export type BodyBlock = {
  /** Id of the root segment: it lasts through splits, joins and moves of others. */
  readonly id: string
  readonly kind: BlockKind
  readonly speaker: string | null
  readonly start: unknown
  readonly level: unknown
  readonly root: Segment
  /** Root and all that was joined into it, in reading order, removed ones too. */
  readonly segments: readonly Segment[]
  /** The segments that show; empty when the block is removed. The first of them gives the block its fields. */
  readonly visible: readonly Segment[]
  /** Removals of some of its segments, of words that are no longer what they were then. */
  readonly flagged: readonly Removed[]
  readonly length: number
}

export type BodyView = {
  /** Every segment, in text order. */
  readonly segments: readonly Segment[]
  /** The same as they lie in the text: from each marker to the next. */
  readonly laid: readonly Segment[]
  /** Every block, removed ones too, in order. */
  readonly blocks: readonly BodyBlock[]
  /** The blocks that show, in order. */
  readonly visible: readonly BodyBlock[]
  readonly places: Places
  readonly hidden: Hidden
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
  /** Of removed parts, what they lie with: nothing is joined to them there. */
  readonly lying: ReadonlyMap<string, string>
  readonly descent: Descent
  readonly bound: Untangled['bound']
  readonly order: BlockOrder
  readonly gifts: Gifts
}

export const visibleBlocks = (view: BodyView): readonly BodyBlock[] => view.visible

export const blockById = (view: BodyView, id: string): BodyBlock | undefined =>
  view.blocks[view.places.blockById.get(id) ?? Number.NaN]

export const segmentById = (view: BodyView, id: string): Segment | undefined =>
  view.segments[view.places.segmentById.get(id) ?? Number.NaN]

/** The segment that gives a block its kind, speaker, start and level: the first that shows. */
export const leadOf = ({ visible, root }: BodyBlock): Segment => visible[0] ?? root

const KINDS: readonly unknown[] = ['turn', 'chapter', 'heading', 'paragraph', 'bullet', 'quote'] satisfies BlockKind[]

/** Puts segments, as they lie in the text, together to blocks; blocks that are as they were in `before` stay the same objects. */
export const arrange = (laid: readonly Segment[], strayLength: number, before: BodyView | null): BodyView => {
  const placeById = new Map(laid.map(({ id }, nth) => [id, nth]))
  const { segments, bound } = untangle(laid, placeById, (id) => (before ? segmentById(before, id) : undefined))
  const descent = descentOf(segments, placeById)
  const gifts = giftsOf(segments, placeById, descent)
  const hidden = hiddenIn(segments, gifts, before?.hidden ?? null)
  const lying = lyingWith(descent.parents, segments, hidden)
  const parents = withoutCycles(segments, new Map([...descent.parents, ...lying]))
  const order = orderOf(segments, placeById, descent.endOf, gifts)

  const childrenById = new Map<string, Segment[]>()
  for (const segment of segments) {
    const parent = parents.get(segment.id)
    if (parent === undefined) continue
    const siblings = childrenById.get(parent)
    if (siblings) siblings.push(segment)
    else childrenById.set(parent, [segment])
  }
  /** What the text itself continues with comes first, where it always was; then what was joined on, in the order it was joined in. */
  const childrenOf = (parent: Segment): Segment[] => {
    const children = childrenById.get(parent.id)
    if (children === undefined || children.length === 1) return children ?? []
    const continues = (child: Segment) => Number(child.fields['intoUpTo'] === child.id)
    return children.sort(
      (a, b) =>
        continues(b) - continues(a) ||
        (continues(a) ? (placeById.get(a.id) ?? 0) - (placeById.get(b.id) ?? 0) : order.compare(a, b)),
    )
  }
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
      const isAlone = !childrenById.has(root.id)
      const whole = isAlone && known?.segments.length === 1 && known.root === root ? known.segments : inReadingOrder(root)
      const speaker = gifts.newestOf(leadOfSegments(whole, hidden), 'voices')?.speaker ?? null
      const isKnown =
        known && known.speaker === speaker && areSame(known.segments, whole) && isHiddenAs(before?.hidden, hidden, whole)
      return isKnown ? known : blockOf(whole, speaker, hidden)
    })
  const blocks = order.sorted(unordered)
  const visible = blocks.filter((block) => block.visible.length > 0)
  const blockByIdMap = new Map(blocks.map(({ id }, nth) => [id, nth]))
  return {
    segments,
    laid,
    blocks,
    visible,
    strayLength,
    hidden,
    places: {
      segmentById: placeById,
      segmentByMarker: new Map(segments.map(({ marker }, nth) => [marker, nth])),
      blockById: blockByIdMap,
      blockBySegment: new Map(blocks.flatMap((block, nth) => block.segments.map(({ id }) => [id, nth] as const))),
      visibleById: new Map(visible.map(({ id }, nth) => [id, nth])),
      parents,
      lying,
      descent,
      bound,
      order,
      gifts,
    },
  }
}

/** The view after a change of text that is bound to no other: the same blocks in the same places. */
export const withSegments = (view: BodyView, laid: readonly Segment[], changed: readonly Segment[]): BodyView => {
  const { places } = view
  const segments = view.segments === view.laid ? laid : [...view.segments]
  if (segments !== laid)
    for (const segment of changed) (segments as Segment[])[places.segmentById.get(segment.id) ?? Number.NaN] = segment
  const hidden = hiddenAfter(view.hidden, changed)
  // What was removed at once may lie in several blocks, and is flagged in all.
  const affected = changed.flatMap((segment) => hidden.get(segment.id)?.parts ?? [segment])
  const blocks = [...view.blocks]
  const visible = [...view.visible]
  for (const nth of new Set(affected.map(({ id }) => places.blockBySegment.get(id) ?? Number.NaN))) {
    const block = blocks[nth]
    if (!block) continue
    const whole = block.segments.map(({ id }) => segments[places.segmentById.get(id) ?? Number.NaN] as Segment)
    const next = blockOf(whole, block.speaker, hidden)
    blocks[nth] = next
    const at = places.visibleById.get(block.id)
    if (at !== undefined) visible[at] = next
  }
  return { ...view, segments, laid, blocks, visible, hidden }
}

/**
 * Who removed a whole meant its parts too: they lie with the rest of what was removed, unless they were joined elsewhere,
 * or something that was not removed with them was joined to them: they stay what it hangs on, wherever that went.
 */
const lyingWith = (
  parents: ReadonlyMap<string, string>,
  segments: readonly Segment[],
  hidden: Hidden,
): ReadonlyMap<string, string> => {
  const bearing = new Set<string>()
  for (const { id } of segments) {
    let at = parents.get(id)
    if (at === undefined || hidden.get(at) === hidden.get(id)) continue
    for (; at !== undefined && !bearing.has(at); at = parents.get(at)) bearing.add(at)
  }
  const lying = new Map<string, string>()
  for (const [id, { removal }] of hidden)
    if (removal.segment !== id && !parents.has(id) && !bearing.has(id) && parents.get(removal.segment) !== id)
      lying.set(id, removal.segment)
  return lying
}

const leadOfSegments = (segments: readonly Segment[], hidden: Hidden): Segment =>
  segments.find(({ id }) => !hidden.has(id)) ?? (segments[0] as Segment)

/** A block of segments in reading order. */
const blockOf = (segments: readonly Segment[], speaker: string | null, hidden: Hidden): BodyBlock => {
  const root = segments[0] as Segment
  const removed = new Set(segments.flatMap(({ id }) => hidden.get(id) ?? []))
  const visible = removed.size === 0 ? segments : segments.filter(({ id }) => !hidden.has(id))
  const { kind, start = null, level = null } = leadOfSegments(segments, hidden).fields
  return {
    id: root.id,
    kind: KINDS.includes(kind) ? (kind as BlockKind) : 'paragraph',
    speaker,
    start,
    level,
    root,
    segments,
    visible,
    flagged: [...removed].filter(({ isChanged }) => isChanged),
    length: visible.reduce((sum, { length }) => sum + length, 0),
  }
}

/** What hides a segment may lie in another block, so that what shows may change though no segment did. */
const isHiddenAs = (before: Hidden | undefined, hidden: Hidden, segments: readonly Segment[]): boolean =>
  segments.every(({ id }) => before?.get(id) === hidden.get(id))

const areSame = (some: readonly Segment[], others: readonly Segment[]): boolean =>
  some === others || (some.length === others.length && some.every((segment, nth) => segment === others[nth]))

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
