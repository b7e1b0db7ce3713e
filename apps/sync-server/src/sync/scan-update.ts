import { ROOT_NAMES } from '@stet/schema/layout/roots'
import { type ByteReader, createByteReader, Refusal } from './byte-reader.ts'
import { createLevels, type Levels } from './levels.ts'
import { scanContent, scanKey, TYPE_KIND } from './scan-content.ts'

/** For each client the clock that comes next: what a replica holds. */
export type StateVector = ReadonlyMap<number, number>

export type ClockRange = { readonly client: number; readonly clock: number; readonly length: number }

/** What one client has in an update: so many structs, which lie in the bytes `from` to `to`. */
export type Section = ClockRange & { readonly structs: number; readonly from: number; readonly to: number }

/** What the room holds, as far as a scan asks. */
export type Holdings = { readonly stateVector: StateVector; readonly levels: Levels }

export type Scan = {
  readonly ok: true
  readonly structs: number
  /** One section a client: what the update carries, from its first clock on. */
  readonly inserts: readonly Section[]
  readonly deletes: readonly ClockRange[]
  /** Each section has all clocks from its first to its last. */
  readonly isSeamless: boolean
  readonly levels: Levels
  /** For each key that is set as if nobody had set it before: a number that stands for its parent and name. */
  readonly firstSets: readonly number[]
  /** Sound, but nothing that a dispatch holds. What a room has stored stays readable when such rules are added. */
  readonly breach: string | null
}

/**
 * `unsound`: no honest client sends this. `missing`: it rests on something this room has not got; a client
 * that comes back and says all it has heals that.
 */
export type ScanFault = {
  readonly ok: false
  readonly fault: 'unsound' | 'missing'
  readonly kind: string
  readonly reason: string
}

const MAX_CLOCK = 2 ** 31
export const MAX_TYPE_DEPTH = 64

/**
 * Walks over an update in Yjs's V1 format without building structs, against what the room holds.
 * Sound means: every bound holds, nothing trails, no clock is skipped, all that it points at (origins,
 * parents, deletions) is in the room or in the update itself, and no two items wait for each other. Whether a parent
 * can *have* children is not known without structs; Yjs drops the children of one that cannot.
 */
export const scanUpdate = (bytes: Uint8Array, held: Holdings): Scan | ScanFault => {
  try {
    return scan(createByteReader(bytes), held)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ok: false, fault: error.fault === 'gap' ? 'missing' : 'unsound', kind: error.fault, reason: error.message }
  }
}

/** What one client has in the update, and how far a walk over it has come. */
type Block = { readonly client: number; clock: number; left: number; position: number; waits: boolean }

/** What was read of an item: one object for a whole scan, filled again and again. */
type ItemRead = {
  isType: boolean
  originClient: number
  originClock: number
  rightClient: number
  rightClock: number
  parentClient: number
  parentClock: number
  hasKnownRoot: boolean
  /** Of an item that sets a key of its parent without knowing of anyone who did before; else 0. */
  keyHash: number
}
const NOBODY = -1

type Found = {
  readonly item: ItemRead
  readonly ends: Map<number, number>
  /** The highest clock of each client that an item points at. */
  readonly pointedAt: Map<number, number>
  readonly firstSets: number[]
  levels: Levels | null
  breach: string | null
  isSeamless: boolean
  /** Whether items point at what stands later in the bytes. */
  pointsAhead: boolean
}

const scan = (reader: ByteReader, held: Holdings): Scan => {
  const known = held.stateVector
  const found: Found = {
    item: {
      isType: false,
      originClient: NOBODY,
      originClock: 0,
      rightClient: NOBODY,
      rightClock: 0,
      parentClient: NOBODY,
      parentClock: 0,
      hasKnownRoot: true,
      keyHash: 0,
    },
    ends: new Map(),
    pointedAt: new Map(),
    firstSets: [],
    levels: null,
    breach: null,
    isSeamless: true,
    pointsAhead: false,
  }
  const { ends, pointedAt } = found
  const inserts: Section[] = []
  const blocks: Block[] = []
  let structs = 0
  // A client's block is a count, the client, a clock and one struct of two bytes at least.
  const clients = reader.count(5)
  for (let index = 0; index < clients; index++) {
    const count = reader.count(2)
    const client = reader.varUint()
    const clock = reader.varUint()
    if (ends.has(client)) throw new Refusal('structure', `client ${client} stands twice`)
    if (count === 0) throw new Refusal('structure', `client ${client} stands without content`)
    const from = reader.position()
    if (clients > 1) blocks.push({ client, clock, left: count, position: from, waits: false })
    const end = scanStructs(reader, client, clock, count, held, found)
    structs += count
    ends.set(client, end)
    inserts.push({ client, clock, length: end - clock, structs: count, from, to: reader.position() })
  }
  const holds = (client: number, clock: number) => clock < (ends.get(client) ?? 0) || clock < (known.get(client) ?? 0)
  for (const [client, clock] of pointedAt)
    if (!holds(client, clock)) throw new Refusal('gap', `it points at ${client}:${clock}, which is not here`)
  const deletes = scanDeletes(reader, holds, found)
  if (reader.left() > 0) throw new Refusal('trailing', `${reader.left()} bytes follow the end of the update`)
  if (found.pointsAhead) walkInCausalOrder(reader, blocks, held, found)
  const { levels, firstSets, breach, isSeamless } = found
  return {
    ok: true,
    structs,
    inserts,
    deletes,
    isSeamless,
    levels: levels ?? NOTHING_NESTED,
    firstSets,
    breach,
  }
}

/** Nothing is ever noted in it. */
const NOTHING_NESTED = createLevels()

const GC = 0
const SKIP = 10

const scanStructs = (reader: ByteReader, client: number, from: number, count: number, held: Holdings, found: Found): number => {
  const { item } = found
  let clock = from
  let whole = held.stateVector.get(client) ?? 0
  let end = from
  for (let index = 0; index < count; index++) {
    const info = reader.byte()
    const isItem = info !== SKIP && info !== GC
    const length = isItem ? readItem(reader, info, item) : reader.varUint()
    if (length === 0) throw new Refusal('structure', 'a struct without length')
    if (clock + length > MAX_CLOCK) throw new Refusal('clock', 'a clock is past 2^31')
    if (isItem) {
      notePointers(client, clock, held.stateVector, found)
      noteLevel(client, clock, length, held, found)
      if (item.keyHash !== 0) found.firstSets.push(item.keyHash)
      if (!item.hasKnownRoot) found.breach ??= 'it writes into a part that no dispatch has'
    }
    if (info === SKIP) found.isSeamless = false
    else {
      if (clock > whole) throw new Refusal('gap', `client ${client} goes on at ${clock}, but only ${whole} is here`)
      end = clock + length
      whole = Math.max(whole, end)
    }
    clock += length
  }
  return end
}

const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const HAS_KEY = 0x20

/** Reads one item and returns its length. */
const readItem = (reader: ByteReader, info: number, item: ItemRead): number => {
  const kind = info & 0x1f
  item.isType = kind === TYPE_KIND
  item.originClient = item.rightClient = item.parentClient = NOBODY
  item.hasKnownRoot = true
  item.keyHash = 0
  if ((info & HAS_ORIGIN) !== 0) {
    item.originClient = reader.varUint()
    item.originClock = reader.varUint()
  }
  if ((info & HAS_RIGHT_ORIGIN) !== 0) {
    item.rightClient = reader.varUint()
    item.rightClock = reader.varUint()
  }
  if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) === 0) readParent(reader, (info & HAS_KEY) !== 0, item)
  return scanContent(reader, kind)
}

const readParent = (reader: ByteReader, hasKey: boolean, item: ItemRead): void => {
  const from = reader.position()
  const parent = reader.varUint()
  if (parent === 1) {
    scanKey(reader)
    item.hasKnownRoot = isRoot(reader.bytes, from + 2, reader.position())
  } else if (parent === 0) {
    item.parentClient = reader.varUint()
    item.parentClock = reader.varUint()
  } else throw new Refusal('structure', 'a parent that is neither a name nor an id')
  if (!hasKey) return
  scanKey(reader)
  item.keyHash = hashOf(reader.bytes, from, reader.position())
}

const rootNames = ROOT_NAMES.map((name) => Buffer.from(name))

/** The names are shorter than 128 bytes, so their length takes one byte. */
const isRoot = (bytes: Uint8Array, from: number, to: number): boolean =>
  rootNames.some((name) => name.length === to - from && name.every((byte, index) => byte === bytes[from + index]))

/** FNV-1a, never 0. */
const hashOf = (bytes: Uint8Array, from: number, to: number): number => {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
  return hash >>> 0 || 1
}

const notePointers = (client: number, clock: number, known: StateVector, found: Found): void => {
  const { item } = found
  if (item.originClient !== NOBODY) notePointer(item.originClient, item.originClock, client, clock, known, found)
  if (item.rightClient !== NOBODY) notePointer(item.rightClient, item.rightClock, client, clock, known, found)
  if (item.parentClient !== NOBODY) notePointer(item.parentClient, item.parentClock, client, clock, known, found)
}

const notePointer = (to: number, toClock: number, client: number, clock: number, known: StateVector, found: Found): void => {
  if (to === client) {
    if (toClock >= clock) throw new Refusal('structure', 'an item that points at itself or past itself')
    return
  }
  if (toClock < (known.get(to) ?? 0)) return
  if (toClock >= (found.ends.get(to) ?? 0)) found.pointsAhead = true
  if (toClock > (found.pointedAt.get(to) ?? -1)) found.pointedAt.set(to, toClock)
}

/** An item lies beside its neighbours, or in its parent. */
const noteLevel = (client: number, clock: number, length: number, held: Holdings, found: Found): void => {
  const { item } = found
  let level = 0
  if (item.originClient !== NOBODY) level = levelOf(item.originClient, item.originClock, held, found)
  else if (item.rightClient !== NOBODY) level = levelOf(item.rightClient, item.rightClock, held, found)
  else if (item.parentClient !== NOBODY) level = levelOf(item.parentClient, item.parentClock, held, found) + 1
  if (level === 0) return
  if (item.isType && level >= MAX_TYPE_DEPTH) found.breach ??= `types nested deeper than ${MAX_TYPE_DEPTH}`
  found.levels ??= createLevels()
  found.levels.note(client, clock, length, level)
}
const levelOf = (client: number, clock: number, held: Holdings, found: Found): number =>
  held.levels.at(client, clock) || (found.levels?.at(client, clock) ?? 0)

/**
 * Clients stand in an update by their ids, not in the order in which they wrote; this walk goes from each item first to
 * what it points at, as Yjs does. Items that wait for each other would wait for ever, in every replica.
 */
const walkInCausalOrder = (reader: ByteReader, blocks: readonly Block[], held: Holdings, found: Found): void => {
  const { item } = found
  const blockByClient = new Map(blocks.map((block) => [block.client, block]))
  const isHere = (client: number, clock: number) =>
    clock < (held.stateVector.get(client) ?? 0) || clock < (blockByClient.get(client)?.clock ?? 0)
  const waitsFor = (own: number): readonly [number, number] | null => {
    const { originClient, originClock, rightClient, rightClock, parentClient, parentClock } = item
    if (originClient !== NOBODY && originClient !== own && !isHere(originClient, originClock)) return [originClient, originClock]
    if (rightClient !== NOBODY && rightClient !== own && !isHere(rightClient, rightClock)) return [rightClient, rightClock]
    if (parentClient !== NOBODY && parentClient !== own && !isHere(parentClient, parentClock)) return [parentClient, parentClock]
    return null
  }
  found.levels = null
  for (const first of blocks) {
    first.waits = true
    const stack = [{ block: first, until: Number.POSITIVE_INFINITY }]
    for (let top = stack[0]; top !== undefined; top = stack.at(-1)) {
      const { block, until } = top
      if (block.left === 0 || block.clock > until) {
        if (block.clock <= until && until !== Number.POSITIVE_INFINITY)
          throw new Refusal('gap', `it points at ${block.client}:${until}, which is not here`)
        block.waits = false
        stack.pop()
        continue
      }
      reader.seek(block.position)
      const info = reader.byte()
      const isItem = info !== SKIP && info !== GC
      const length = isItem ? readItem(reader, info, item) : reader.varUint()
      const awaited = isItem ? waitsFor(block.client) : null
      if (awaited === null) {
        if (isItem) noteLevel(block.client, block.clock, length, held, found)
        block.position = reader.position()
        block.clock += length
        block.left -= 1
        continue
      }
      const next = blockByClient.get(awaited[0])
      if (next === undefined || next.waits) throw new Refusal('structure', 'items that wait for each other')
      next.waits = true
      stack.push({ block: next, until: awaited[1] })
    }
  }
}

const scanDeletes = (reader: ByteReader, holds: (client: number, clock: number) => boolean, found: Found): ClockRange[] => {
  const deletes: ClockRange[] = []
  const seen = new Set<number>()
  for (let clients = reader.count(2); clients > 0; clients--) {
    const client = reader.varUint()
    const count = reader.count(2)
    // Yjs writes each client once and its ranges rising. Others make it forget, while it waits for a letter, which one is deleted.
    let isRising = !seen.has(client)
    seen.add(client)
    let end = 0
    for (let each = 0; each < count; each++) {
      const clock = reader.varUint()
      const length = reader.varUint()
      isRising &&= clock >= end
      end = clock + length
      if (length === 0) continue
      if (clock + length > MAX_CLOCK) throw new Refusal('clock', 'a deletion is past 2^31')
      if (!holds(client, clock + length - 1))
        throw new Refusal('gap', `it deletes ${client}:${clock} to ${clock + length}, which is not all here`)
      deletes.push({ client, clock, length })
    }
    if (!isRising) found.breach ??= `its deletions of client ${client} do not rise`
  }
  return deletes
}
