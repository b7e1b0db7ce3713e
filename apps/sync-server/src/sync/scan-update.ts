import { type ByteReader, createByteReader, Refusal } from './byte-reader.ts'
import { scanContent, scanKey } from './scan-content.ts'

/** For each client the clock that comes next: what a replica holds. */
export type StateVector = ReadonlyMap<number, number>

export type ClockRange = { readonly client: number; readonly clock: number; readonly length: number }

export type Scan = {
  readonly ok: true
  readonly structs: number
  /** One range a client: what the update carries, from its first clock on. */
  readonly inserts: readonly ClockRange[]
  readonly deletes: readonly ClockRange[]
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

/**
 * Walks over an update in Yjs's V1 format without building structs, against what the room holds.
 * Sound means: every bound holds, nothing trails, no clock is skipped, and all that it points at (origins,
 * parents, deletions) is in the room or in the update itself. Whether a parent can *have* children is not
 * known without structs.
 */
export const scanUpdate = (bytes: Uint8Array, known: StateVector): Scan | ScanFault => {
  try {
    return scan(createByteReader(bytes), known)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ok: false, fault: error.fault === 'gap' ? 'missing' : 'unsound', kind: error.fault, reason: error.message }
  }
}

const scan = (reader: ByteReader, known: StateVector): Scan => {
  const inserts: ClockRange[] = []
  const ends = new Map<number, number>()
  /** The highest clock of each client that an item points at. */
  const pointedAt = new Map<number, number>()
  let structs = 0
  // A client's block is a count, the client, a clock and one struct of two bytes at least.
  const clients = reader.count(5)
  for (let index = 0; index < clients; index++) {
    const count = reader.count(2)
    const client = reader.varUint()
    const clock = reader.varUint()
    if (ends.has(client)) throw new Refusal('structure', `client ${client} stands twice`)
    if (count === 0) throw new Refusal('structure', `client ${client} stands without content`)
    const end = scanStructs(reader, client, clock, count, known.get(client) ?? 0, pointedAt)
    structs += count
    ends.set(client, end)
    inserts.push({ client, clock, length: end - clock })
  }
  const holds = (client: number, clock: number) => clock < (ends.get(client) ?? 0) || clock < (known.get(client) ?? 0)
  for (const [client, clock] of pointedAt)
    if (!holds(client, clock)) throw new Refusal('gap', `it points at ${client}:${clock}, which is not here`)
  const deletes = scanDeletes(reader, holds)
  if (reader.left() > 0) throw new Refusal('trailing', `${reader.left()} bytes follow the end of the update`)
  return { ok: true, structs, inserts, deletes }
}

const scanStructs = (
  reader: ByteReader,
  client: number,
  from: number,
  count: number,
  known: number,
  pointedAt: Map<number, number>,
): number => {
  let clock = from
  let whole = known
  let end = from
  for (let index = 0; index < count; index++) {
    const info = reader.byte()
    const isSkip = info === 10
    const length = isSkip || info === 0 ? reader.varUint() : scanItem(reader, info, client, clock, pointedAt)
    if (length === 0) throw new Refusal('structure', 'a struct without length')
    if (clock + length > MAX_CLOCK) throw new Refusal('clock', 'a clock is past 2^31')
    if (!isSkip) {
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

const scanItem = (reader: ByteReader, info: number, client: number, clock: number, pointedAt: Map<number, number>): number => {
  const kind = info & 0x1f
  const scanId = (): void => {
    const otherClient = reader.varUint()
    const otherClock = reader.varUint()
    if (otherClient === client && otherClock >= clock)
      throw new Refusal('structure', 'an item that points at itself or past itself')
    if (otherClock > (pointedAt.get(otherClient) ?? -1)) pointedAt.set(otherClient, otherClock)
  }
  if ((info & HAS_ORIGIN) !== 0) scanId()
  if ((info & HAS_RIGHT_ORIGIN) !== 0) scanId()
  if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) === 0) {
    const parent = reader.varUint()
    if (parent === 1) scanKey(reader)
    else if (parent === 0) scanId()
    else throw new Refusal('structure', 'a parent that is neither a name nor an id')
    if ((info & HAS_KEY) !== 0) scanKey(reader)
  }
  return scanContent(reader, kind)
}

const scanDeletes = (reader: ByteReader, holds: (client: number, clock: number) => boolean): ClockRange[] => {
  const deletes: ClockRange[] = []
  const clients = reader.count(2)
  for (let index = 0; index < clients; index++) {
    const client = reader.varUint()
    const count = reader.count(2)
    for (let each = 0; each < count; each++) {
      const clock = reader.varUint()
      const length = reader.varUint()
      if (length === 0) continue
      if (clock + length > MAX_CLOCK) throw new Refusal('clock', 'a deletion is past 2^31')
      if (!holds(client, clock + length - 1))
        throw new Refusal('gap', `it deletes ${client}:${clock} to ${clock + length}, which is not all here`)
      deletes.push({ client, clock, length })
    }
  }
  return deletes
}
