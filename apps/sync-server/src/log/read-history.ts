import { unpackRows } from './pack.ts'
import type { Reading } from './reading.ts'
import { lostAfter } from './stored-room.ts'
import { DamagedLog, type LogRow } from './update-log.ts'
import { walkChain } from './walk-chain.ts'

/** The entries after one and up to another, be they in packs or after them. Throws `DamagedLog` when they are not all there. */
export const prepareHistory = (reading: Reading): ((room: string, after: number, upTo: number) => LogRow[]) => {
  const damaged = (room: string, message: string) => new DamagedLog(`room ${room}: ${message}`)
  /** Of those that are in no pack. */
  const newest = (room: string, after: number, upTo: number): LogRow[] => {
    if (after >= upTo) return []
    const from = reading.linkAt(room, after)
    if (from === undefined) throw damaged(room, `entry ${after} is missing`)
    const rows: LogRow[] = []
    const { end, damage } = walkChain(from, reading.rowsWithin(room, after, upTo), ({ hash: _, ...row }) => rows.push(row))
    const wrong = damage ?? (end.seq < upTo ? lostAfter(end.seq, upTo) : null)
    if (wrong !== null) throw damaged(room, wrong.message)
    return rows
  }
  return (room, after, upTo) => {
    const rows: LogRow[] = []
    let end = after
    for (const pack of reading.packsWithin(room, after, upTo)) {
      const seq = end + 1
      if (pack === 'damaged') throw damaged(room, `history from entry ${seq} on is not what was written`)
      if (pack.from > seq) throw damaged(room, `history from entry ${seq} on is missing`)
      for (const row of unpackRows(pack)) if (row.seq > after && row.seq <= upTo) rows.push(row)
      end = pack.seq
    }
    for (const row of newest(room, end, upTo)) rows.push(row)
    return rows
  }
}
