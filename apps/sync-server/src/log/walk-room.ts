import { type Pack, unpackRows } from './pack.ts'
import type { Reading } from './reading.ts'
import { hashRow, START, sameBytes, type TimedLink } from './row-hash.ts'
import type { Damage } from './update-log.ts'
import { isCorruption, type StoredRow, walkChain } from './walk-chain.ts'

type Walked = { readonly end: TimedLink; readonly damage: Damage | null }

/** Walks all entries of a room from the first on, those in packs and those after them, as far as they are sound. */
export const walkRoom = (reading: Reading, room: string, onSound: (row: StoredRow) => void): Walked => {
  const history = walkHistory(reading, room, onSound)
  if (history.damage !== null) return history
  return walkChain(history.end, reading.rowsWithin(room, history.end.seq, Number.MAX_SAFE_INTEGER), onSound)
}

/** A pack is whole or damaged from its first entry on. */
const walkHistory = (reading: Reading, room: string, onSound: (row: StoredRow) => void): Walked => {
  let end = START
  const seq = () => end.seq + 1
  try {
    for (const pack of reading.packsWithin(room, 0, Number.MAX_SAFE_INTEGER)) {
      if (pack !== 'damaged' && pack.from !== seq())
        return { end, damage: { seq: seq(), kind: 'lost', message: `history from entry ${seq()} on is missing` } }
      const rows = pack === 'damaged' ? null : rowsOnChain(end, pack)
      if (pack === 'damaged' || rows === null)
        return { end, damage: { seq: seq(), kind: 'altered', message: `history from entry ${seq()} on is not what was written` } }
      for (const row of rows) onSound(row)
      end = { seq: pack.seq, at: pack.at, hash: pack.hash }
    }
  } catch (error) {
    if (!isCorruption(error)) throw error
    return { end, damage: { seq: seq(), kind: 'unreadable', message: `history cannot be read: ${error.message}` } }
  }
  return { end, damage: null }
}

/** Null where they do not lead to the pack's own link. */
const rowsOnChain = (from: TimedLink, pack: Pack): StoredRow[] | null => {
  let hash = from.hash
  const rows = unpackRows(pack).map((row) => {
    hash = hashRow(hash, row)
    return { ...row, hash }
  })
  return sameBytes(hash, pack.hash) ? rows : null
}
