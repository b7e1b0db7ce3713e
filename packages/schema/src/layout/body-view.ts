import * as Y from 'yjs'
import type { BlockKind } from '../snapshot.ts'
import { compareRanks, type Rank, readRank } from './rank.ts'
import { hashText } from './removal.ts'

/**
 * Reading the body: one `Y.Text` in which embedded `Y.Map` markers begin segments. Segments joined by
 * `into` make a block; blocks show by (rank, text order). Nothing here writes.
 */

/** Inline attributes as they stand in the text; `cite:<sourceId>` and `comment:<id>` are one key each. */
export type Attributes = Readonly<Record<string, unknown>>

/** A stretch of a segment: text, or one cue. */
export type Run = { readonly insert: string | { readonly cue: string }; readonly attributes: Attributes }

/** The words as one string, a cue in its brackets. */
export const textOfRuns = (runs: readonly Run[]): string =>
  runs.map(({ insert }) => (typeof insert === 'string' ? insert : `[${insert.cue}]`)).join('')

export type Removal = { readonly hash: string; readonly at: string; readonly by: string }

export type Segment = {
  readonly id: string
  readonly marker: Y.Map<unknown>
  /** Index of the marker in the text; content begins one after it. */
  readonly index: number
  /** Length of the content, in UTF-16 units and embeds. */
  readonly length: number
  readonly runs: readonly Run[]
  readonly removal: Removal | null
}

export type BodyBlock = {
  /** Id of the root segment: it lasts through splits, joins and moves of others. */
  readonly id: string
  readonly rank: Rank
  readonly root: Segment
  /** Root and all that was joined into it, in reading order, removed ones too. */
  readonly segments: readonly Segment[]
  /** The segments that show; empty when the block is removed. */
  readonly visible: readonly Segment[]
  /** Removed segments whose text is no longer what it was when they were removed. */
  readonly flagged: readonly Segment[]
  readonly length: number
}

export type BodyView = {
  /** Every block, removed ones too, in order. */
  readonly blocks: readonly BodyBlock[]
  readonly segmentsById: ReadonlyMap<string, Segment>
  /** Text before the first marker belongs to no block; no act of ours makes any. */
  readonly strayLength: number
}

export const readBody = (text: Y.Text): BodyView => {
  const { segments, strayLength } = readSegments(text)
  const segmentsById = new Map(segments.map((segment) => [segment.id, segment]))
  const parents = resolveParents(segments, segmentsById)
  const childrenById = new Map<string, Segment[]>()
  for (const segment of segments) {
    const parent = parents.get(segment.id)
    if (parent !== undefined) childrenById.set(parent, [...(childrenById.get(parent) ?? []), segment])
  }
  const blocks = segments
    .filter((segment) => !parents.has(segment.id))
    .map((root) => blockOf(root, childrenById))
    .sort(byPlace)
  return { blocks, segmentsById, strayLength }
}

export const visibleBlocks = (view: BodyView): BodyBlock[] => view.blocks.filter((block) => block.visible.length > 0)

export const blockById = (view: BodyView, id: string): BodyBlock | undefined => view.blocks.find((block) => block.id === id)

/** The first segment that shows gives the block its kind, speaker, start and level. */
export const leadOf = (block: BodyBlock): Segment => block.visible[0] ?? block.root

const KINDS: readonly string[] = ['turn', 'chapter', 'heading', 'paragraph', 'bullet', 'quote'] satisfies BlockKind[]
export const kindOf = (block: BodyBlock): BlockKind => {
  const kind = leadOf(block).marker.get('kind')
  return typeof kind === 'string' && KINDS.includes(kind) ? (kind as BlockKind) : 'paragraph'
}

export const byPlace = (a: BodyBlock, b: BodyBlock): number => compareRanks(a.rank, b.rank) || a.root.index - b.root.index

const readSegments = (text: Y.Text): { segments: Segment[]; strayLength: number } => {
  type Open = Omit<Segment, 'length' | 'removal' | 'runs'> & { length: number; runs: Run[] }
  const open: Open[] = []
  const taken = new Set<string>()
  let index = 0
  let strayLength = 0
  for (const { insert, attributes = {} } of text.toDelta() as { insert: unknown; attributes?: Attributes }[]) {
    const current = open.at(-1)
    if (insert instanceof Y.Map) {
      const id = freeId(String(insert.get('id') ?? ''), taken)
      open.push({ id, marker: insert, index, length: 0, runs: [] })
      index += 1
      continue
    }
    const length = typeof insert === 'string' ? insert.length : 1
    index += length
    if (current === undefined) {
      strayLength += length
      continue
    }
    current.length += length
    current.runs.push({ insert: typeof insert === 'string' ? insert : { cue: cueName(insert) }, attributes })
  }
  const segments = open.map((segment): Segment => ({ ...segment, removal: readRemoval(segment.marker.get('removed')) }))
  return { segments, strayLength }
}

/** Two markers never share an id by our acts; if a foreign client makes it so, both still show, named apart the same everywhere. */
const freeId = (id: string, taken: Set<string>): string => {
  let free = id === '' ? 'unnamed' : id
  for (let n = 2; taken.has(free); n++) free = `${id}_${n}`
  taken.add(free)
  return free
}

const cueName = (embed: unknown): string => {
  const cue = typeof embed === 'object' && embed !== null && 'cue' in embed ? embed.cue : ''
  return typeof cue === 'string' ? cue : ''
}

const readRemoval = (value: unknown): Removal | null => {
  if (typeof value !== 'object' || value === null) return null
  const { hash, at, by } = value as Record<string, unknown>
  return { hash: String(hash ?? ''), at: String(at ?? ''), by: String(by ?? '') }
}

/**
 * Parent by child id. `into` that names no segment counts as none. Two joins made at once can form a cycle:
 * its member with the smallest id is the root, on every replica.
 */
const resolveParents = (segments: readonly Segment[], segmentsById: ReadonlyMap<string, Segment>): Map<string, string> => {
  const parents = new Map<string, string>()
  for (const { id, marker } of segments) {
    const into = marker.get('into')
    if (typeof into === 'string' && segmentsById.has(into)) parents.set(id, into)
  }
  const settled = new Set<string>()
  for (const { id } of segments) {
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

const blockOf = (root: Segment, childrenById: ReadonlyMap<string, Segment[]>): BodyBlock => {
  const segments: Segment[] = []
  const waiting = [root]
  for (let segment = waiting.pop(); segment !== undefined; segment = waiting.pop()) {
    segments.push(segment)
    waiting.push(...childrenInOrder(segment, childrenById.get(segment.id) ?? []).reverse())
  }
  const visible = segments.filter((segment) => segment.removal === null)
  const flagged = segments.filter(
    (segment) => segment.removal !== null && segment.removal.hash !== hashText(textOfRuns(segment.runs)),
  )
  const length = visible.reduce((sum, segment) => sum + segment.length, 0)
  return { id: root.id, rank: rankOf(root), root, segments, visible, flagged, length }
}

/** A split taken back comes first, where its text was; then what was joined on, by (rank, text order). */
const childrenInOrder = (parent: Segment, children: readonly Segment[]): Segment[] => {
  const wasSplitOff = (child: Segment) => child.marker.get('splitFrom') === parent.id
  const splitOff = children.filter(wasSplitOff).sort((a, b) => a.index - b.index)
  const joinedOn = children
    .filter((child) => !wasSplitOff(child))
    .sort((a, b) => compareRanks(rankOf(a), rankOf(b)) || a.index - b.index)
  return [...splitOff, ...joinedOn]
}

const rankOf = (segment: Segment): Rank => readRank(segment.marker.get('rank'))
