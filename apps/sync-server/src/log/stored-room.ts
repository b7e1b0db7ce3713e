import type { FoundCheckpoint, Reading } from './reading.ts'
import { type Link, sameBytes, type TimedLink } from './row-hash.ts'
import type { Damage, LogRow, Stored } from './update-log.ts'
import { isCorruption, type StoredRow, walkChain } from './walk-chain.ts'
import { walkRoom } from './walk-room.ts'

/**
 * Reads what a room rests on, from its checkpoint or from its first entry. `expected`: what the head file says was
 * committed. Where something is wrong the answer is the longest part that is sound.
 */
export const readStoredRoom = (
  reading: Reading,
  room: string,
  expected: Link | undefined,
): Stored & { readonly end: TimedLink } => {
  const found = soundCheckpoint(reading, room)
  const rows: LogRow[] = []
  let atExpected: Uint8Array | null = null
  const note = ({ hash, ...row }: StoredRow) => {
    if (row.seq === expected?.seq) atExpected = hash
    rows.push(row)
  }
  const { end, damage } =
    found === null
      ? walkRoom(reading, room, note)
      : walkChain(found.link, reading.rowsWithin(room, found.link.seq, Number.MAX_SAFE_INTEGER), note)
  return {
    checkpoint: found?.checkpoint ?? null,
    rows,
    end,
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

/** Whether a chain that is sound as far as it goes is of a known dispatch, and ends where the head file says. */
export const endDamage = (
  reading: Reading,
  room: string,
  end: Link,
  expected: Link | undefined,
  atExpected: Uint8Array | null,
): Damage | null => expectedDamage(expected, end, atExpected) ?? identityDamage(reading, room, end)

const identityDamage = (reading: Reading, room: string, end: Link): Damage | null => {
  const seq = end.seq + 1
  try {
    const identity = reading.identity(room)
    if (identity === null) return { seq, kind: 'altered', message: 'its lineage and epoch are not what was written' }
    if (identity === undefined) return end.seq === 0 ? null : { seq, kind: 'lost', message: 'its lineage and epoch are missing' }
    // A room is born with its first entry.
    return end.seq > 0 ? null : { seq, kind: 'lost', message: 'all of its entries are gone' }
  } catch (error) {
    if (!isCorruption(error)) throw error
    return { seq, kind: 'unreadable', message: `its lineage and epoch cannot be read: ${error.message}` }
  }
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
