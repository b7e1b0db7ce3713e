import { type Facts, type Pack, unpackFacts, unpackRows } from './pack.ts'
import type { Reading } from './reading.ts'
import { lostAfter } from './stored-room.ts'
import { stretchesOf } from './stretches.ts'
import { DamagedLog, type LogRow, type Stretch } from './update-log.ts'
import { walkChain } from './walk-chain.ts'

/** What was written between two entries, be it in packs or after them. Throws `DamagedLog` when it is not all there. */
export const prepareHistory = (reading: Reading) => {
  const damaged = (room: string, message: string) => new DamagedLog(`room ${room}: ${message}`)
  /** Those of a room that follow `after` without a gap. */
  const inOrder = function* <P extends Pick<Pack, 'from' | 'seq'>>(room: string, after: number, packs: Iterable<P | 'damaged'>) {
    let end = after
    for (const pack of packs) {
      const seq = end + 1
      if (pack === 'damaged') throw damaged(room, `history from entry ${seq} on is not what was written`)
      if (pack.from > seq) throw damaged(room, `history from entry ${seq} on is missing`)
      yield pack
      end = pack.seq
    }
  }
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
  return {
    rows: (room: string, { after, upTo }: { readonly after: number; readonly upTo: number }): LogRow[] => {
      const rows: LogRow[] = []
      let end = after
      for (const pack of inOrder(room, after, reading.packsWithin(room, after, upTo))) {
        for (const row of unpackRows(pack)) if (row.seq > after && row.seq <= upTo) rows.push(row)
        end = pack.seq
      }
      for (const row of newest(room, end, upTo)) rows.push(row)
      return rows
    },
    stretches: (room: string, after: number, upTo: number): Stretch[] => {
      const entries: Facts[] = []
      let end = after
      for (const pack of inOrder(room, after, reading.packFactsAfter(room, after))) {
        for (const facts of unpackFacts(pack)) if (facts.seq > after) entries.push(facts)
        end = pack.seq
      }
      for (const { update, ...row } of newest(room, end, upTo)) entries.push({ ...row, length: update.length })
      return stretchesOf(entries)
    },
  }
}
