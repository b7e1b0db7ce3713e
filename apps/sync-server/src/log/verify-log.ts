import type Database from 'better-sqlite3'
import type { WrittenHead } from './head-file.ts'
import { prepareReading, type Reading } from './reading.ts'
import { sameBytes } from './row-hash.ts'
import { endDamage, readStoredRoom } from './stored-room.ts'
import type { Damage } from './update-log.ts'
import { isCorruption, type StoredRow } from './walk-chain.ts'
import { walkRoom } from './walk-room.ts'

/** `whole`: what is shown of the dispatch is all there; what is wrong is its history or its checkpoint. */
export type RoomFault = Damage & { readonly room: string; readonly whole: boolean }
export type Verdict = { readonly rooms: number; readonly entries: number; readonly faults: readonly RoomFault[] }

/**
 * Walks every entry of every room from the first one on, and hands on each that is what was written. `heads`: what the head file says
 * was committed.
 */
export const verifyLog = (
  db: Database,
  heads: ReadonlyMap<string, WrittenHead>,
  onSound: (row: StoredRow) => void = () => {},
): Verdict => {
  const reading = prepareReading(db)
  const { rooms, fault } = findRooms(reading, heads)
  const faults: RoomFault[] = fault === null ? [] : [fault]
  let entries = 0
  for (const room of rooms) {
    const found = verifyRoom(reading, room, heads.get(room), onSound)
    entries += found.entries
    faults.push(...found.faults)
  }
  return { rooms: rooms.length, entries, faults }
}

/** The head file knows rooms that a damaged database may not. */
export const findRooms = (
  reading: Reading,
  heads: ReadonlyMap<string, WrittenHead>,
): { readonly rooms: string[]; readonly fault: RoomFault | null } => {
  let found: string[] = []
  let fault: RoomFault | null = null
  try {
    found = reading.rooms()
  } catch (error) {
    if (!isCorruption(error)) throw error
    const message = `the list of dispatches cannot be read: ${error.message}`
    fault = { room: '', seq: 1, kind: 'unreadable', message, whole: false }
  }
  return { rooms: [...new Set([...found, ...heads.keys()])].sort(), fault }
}

/** Of every room that is what was written: where it ends. */
export const provenHeads = (db: Database): Map<string, WrittenHead> => {
  const reading = prepareReading(db)
  const heads = new Map<string, WrittenHead>()
  for (const room of findRooms(reading, heads).rooms) {
    const { end, damage } = readStoredRoom(reading, room, undefined)
    const lineage = damage === null ? reading.identity(room)?.lineage : undefined
    if (lineage !== undefined) heads.set(room, { seq: end.seq, hash: end.hash, lineage })
  }
  return heads
}

const verifyRoom = (reading: Reading, room: string, expected: WrittenHead | undefined, onSound: (row: StoredRow) => void) => {
  const hashes = { expected: null as Uint8Array | null, checkpoint: null as Uint8Array | null }
  const checkpoint = readCheckpoint(reading, room)
  const link = checkpoint !== null && 'link' in checkpoint ? checkpoint.link : null
  let entries = 0
  const { end, damage } = walkRoom(reading, room, (row) => {
    const { seq, hash } = row
    entries += 1
    onSound(row)
    if (seq === expected?.seq) hashes.expected = hash
    if (seq === link?.seq) hashes.checkpoint = hash
  })
  const damages: Damage[] = []
  const entriesDamage = damage ?? endDamage(reading, room, end, expected, hashes.expected)
  if (entriesDamage !== null) damages.push(entriesDamage)
  if (checkpoint !== null && !('link' in checkpoint)) damages.push(checkpoint)
  else if (link !== null && hashes.checkpoint !== null && !sameBytes(link.hash, hashes.checkpoint))
    damages.push({ seq: link.seq, kind: 'altered', message: `its checkpoint is not one of entry ${link.seq}` })
  const whole = damages.length === 0 || readStoredRoom(reading, room, expected).damage === null
  return { entries, faults: damages.map((each): RoomFault => ({ ...each, room, whole })) }
}

const readCheckpoint = (reading: Reading, room: string) => {
  try {
    const found = reading.checkpoint(room)
    if (found !== 'damaged') return found
    return { seq: 1, kind: 'altered', message: 'its checkpoint is not what was written' } as const
  } catch (error) {
    if (!isCorruption(error)) throw error
    return { seq: 1, kind: 'unreadable', message: `its checkpoint cannot be read: ${error.message}` } as const
  }
}
