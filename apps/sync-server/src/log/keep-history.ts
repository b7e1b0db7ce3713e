import type Database from 'better-sqlite3'
import { hashPack, type Pack, packRows, unpackRows } from './pack.ts'
import type { Reading } from './reading.ts'
import { START, sameBytes, type TimedLink } from './row-hash.ts'
import type { LogRow } from './update-log.ts'
import { type StoredRow, walkChain } from './walk-chain.ts'

/** A pack is full from so many bytes of updates on, or so many entries: then it is not written anew for what follows. */
const FULL_BYTES = 64 * 1024
const FULL_ENTRIES = 1_000
/** Entries that go into packs at once: some ten milliseconds. A longer tail goes in several times. */
const AT_ONCE = 2_000

/**
 * Moves the entries that a checkpoint stands for, the oldest first, out of the way of who opens the room. Nothing of
 * them is lost or merged; what is not as it was written stays where it is. To be called in a transaction. Answers how many
 * bytes were written.
 */
export const prepareKeeping = (db: Database, reading: Reading): ((room: string, upTo: number) => number) => {
  const put = db.prepare('INSERT OR REPLACE INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const remove = db.prepare('DELETE FROM entries WHERE room = ? AND seq <= ?')
  return (room, upTo) => {
    const last = reading.lastPack(room)
    if (last === 'damaged') return 0
    const from = last ?? START
    const rows: StoredRow[] = []
    walkChain(from, reading.rowsWithin(room, from.seq, Math.min(upTo, from.seq + AT_ONCE)), (row) => rows.push(row))
    let written = 0
    for (const pack of packsOf(last === null || isFull(last.bytes, last.seq - last.from + 1) ? [] : unpackRows(last), rows)) {
      put.run(...columnsOf(room, pack))
      written += pack.facts.length + pack.updates.length
    }
    remove.run(room, rows.at(-1)?.seq ?? 0)
    return written
  }
}

/** `begun`: what the last pack holds, when it has room for more. */
const packsOf = (begun: readonly LogRow[], rows: readonly StoredRow[]): Pack[] => {
  const packs: Pack[] = []
  let held: LogRow[] = [...begun]
  let bytes = held.reduce((sum, { update }) => sum + update.length, 0)
  for (const [nth, row] of rows.entries()) {
    held.push(row)
    bytes += row.update.length
    if (!isFull(bytes, held.length) && nth < rows.length - 1) continue
    packs.push(packProven(held, row))
    held = []
    bytes = 0
  }
  return packs
}

/** What is about to be deleted is read back first. */
const packProven = (rows: readonly LogRow[], link: TimedLink): Pack => {
  const pack = packRows(rows, link)
  const unpacked = unpackRows(pack)
  const isSame = ({ seq, at, author, update }: LogRow, nth: number) => {
    const back = unpacked[nth]
    return back?.seq === seq && back.at === at && back.author === author && sameBytes(back.update, update)
  }
  if (unpacked.length !== rows.length || !rows.every(isSame))
    throw new Error(`entries ${pack.from} to ${pack.seq} do not come out of their pack as they went in`)
  return pack
}

const isFull = (bytes: number, entries: number): boolean => bytes >= FULL_BYTES || entries >= FULL_ENTRIES

const columnsOf = (room: string, pack: Pack) => {
  const { from, seq, at, bytes, hash, digest, facts, updates } = pack
  return [room, from, seq, at, bytes, hash, digest, hashPack(room, pack), facts, updates] as const
}
