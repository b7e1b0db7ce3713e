import type { FoundCheckpoint, Reading } from './reading.ts'
import { CHAIN_START, sameBytes } from './row-hash.ts'
import type { Damage, LogRow, Stored } from './update-log.ts'
import { isCorruption, type Link, walkChain } from './walk-chain.ts'

const START: Link = { seq: 0, hash: CHAIN_START }

/**
 * Reads what a room rests on, from its checkpoint or from its first entry. `expected`: what the head file says was
 * committed. Where something is wrong the answer is the longest part that is sound.
 */
export const readStoredRoom = (reading: Reading, room: string, expected: Link | undefined): Stored => {
  const found = soundCheckpoint(reading, room)
  const rows: LogRow[] = []
  let atExpected: Uint8Array | null = null
  const { end, damage } = walkChain(found?.link ?? START, reading.rowsAfter(room, found?.link.seq ?? 0), (row) => {
    if (row.seq === expected?.seq) atExpected = row.hash
    rows.push({ seq: row.seq, at: row.at, author: row.author, update: row.update })
  })
  return {
    checkpoint: found?.checkpoint ?? null,
    rows,
    damage: damage ?? endDamage(reading, room, end, expected, atExpected),
  }
}

/** One that is not what was written is left out: the entries say the same. */
const soundCheckpoint = (reading: Reading, room: string): FoundCheckpoint | null => {
  try {
    const found = reading.checkpoint(room)
    return found === 'damaged' ? null : found
  } catch (error) {
    if (!isCorruption(error)) throw error
    return null
  }
}

/** Whether a chain that is sound as far as it goes ends where the room's head and the head file say. */
export const endDamage = (
  reading: Reading,
  room: string,
  end: Link,
  expected: Link | undefined,
  atExpected: Uint8Array | null,
): Damage | null => headDamage(reading, room, end) ?? expectedDamage(expected, end, atExpected)

const headDamage = (reading: Reading, room: string, end: Link): Damage | null => {
  let head: ReturnType<Reading['head']>
  try {
    head = reading.head(room)
  } catch (error) {
    if (!isCorruption(error)) throw error
    return { seq: end.seq + 1, kind: 'unreadable', message: `its head cannot be read: ${error.message}` }
  }
  if (head === undefined) return end.seq === 0 ? null : { seq: end.seq + 1, kind: 'lost', message: 'its head is missing' }
  if (head === null) return { seq: end.seq + 1, kind: 'altered', message: 'its head is not what was written' }
  if (head.seq > end.seq) return lostAfter(end.seq, head.seq)
  return sameBytes(head.hash, end.hash)
    ? null
    : { seq: head.seq, kind: 'altered', message: `its head is not that of entry ${end.seq}` }
}

const expectedDamage = (expected: Link | undefined, end: Link, atExpected: Uint8Array | null): Damage | null => {
  if (expected === undefined) return null
  if (expected.seq > end.seq) return lostAfter(end.seq, expected.seq)
  if (atExpected === null || sameBytes(atExpected, expected.hash)) return null
  return { seq: expected.seq, kind: 'altered', message: `entry ${expected.seq} is not the one that the head file tells of` }
}

export const lostAfter = (seq: number, last: number): Damage => ({
  seq: seq + 1,
  kind: 'lost',
  message: seq + 1 === last ? `entry ${last} was saved and is gone` : `entries ${seq + 1} to ${last} were saved and are gone`,
})
