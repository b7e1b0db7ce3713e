import { hashRow, sameBytes, type TimedLink } from './row-hash.ts'
import type { Damage, LogRow } from './update-log.ts'

export type StoredRow = LogRow & { readonly hash: Uint8Array }

/**
 * Walks the rows that follow `from` and hands on each that is what was written. Ends at the first that is not, or that
 * cannot be read; what comes after it proves nothing.
 */
export const walkChain = (
  from: TimedLink,
  rows: Iterable<StoredRow>,
  onSound: (row: StoredRow) => void,
): { readonly end: TimedLink; readonly damage: Damage | null } => {
  let end = from
  try {
    for (const row of rows) {
      const seq = end.seq + 1
      if (row.seq !== seq) return { end, damage: { seq, kind: 'lost', message: `entry ${seq} is missing` } }
      const hash = isWhole(row) ? hashRow(end.hash, row) : null
      if (hash === null || !sameBytes(hash, row.hash))
        return { end, damage: { seq, kind: 'altered', message: `entry ${seq} is not what was written` } }
      onSound(row)
      end = { seq, at: row.at, hash }
    }
  } catch (error) {
    if (!isCorruption(error)) throw error
    const seq = end.seq + 1
    return { end, damage: { seq, kind: 'unreadable', message: `entry ${seq} cannot be read: ${error.message}` } }
  }
  return { end, damage: null }
}

/** A flipped bit may make another type of a column, or a number that no seq or time can be. */
export const isWhole = ({ at, author, update, hash }: StoredRow): boolean =>
  Number.isSafeInteger(at) && at >= 0 && typeof author === 'string' && update instanceof Uint8Array && hash instanceof Uint8Array

/** A page cannot be read, or is not one of SQLite's own. Other pages may be as they were. */
export const isCorruption = (error: unknown): error is Error => {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && (code.startsWith('SQLITE_CORRUPT') || UNREADABLE.has(code))
}

const UNREADABLE = new Set([
  'SQLITE_NOTADB',
  'SQLITE_IOERR_READ',
  'SQLITE_IOERR_SHORT_READ',
  'SQLITE_IOERR_DATA',
  'SQLITE_IOERR_CORRUPTFS',
])

/** The disk failed at writing or at fsync: what it says afterwards may be false. (Shared memory is no disk.) */
export const isDiskFailure = (error: unknown): boolean => {
  const { code } = error as { code?: unknown }
  if (typeof code !== 'string') return false
  return code === 'EIO' || (code.startsWith('SQLITE_IOERR') && !code.startsWith('SQLITE_IOERR_SHM') && !UNREADABLE.has(code))
}
