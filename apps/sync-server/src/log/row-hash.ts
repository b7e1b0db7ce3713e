import { createHash } from 'node:crypto'
import type { LogRow } from './update-log.ts'
import { DamagedLog } from './update-log.ts'

/** The chain of a room begins with 32 zero bytes. */
export const CHAIN_START: Uint8Array = new Uint8Array(32)

/** sha256 over the hash before, seq, time, author and update; lengths stand before what may vary in length. */
export const hashRow = (before: Uint8Array, { seq, at, author, update }: LogRow): Uint8Array => {
  const name = Buffer.from(author)
  const facts = Buffer.alloc(24)
  facts.writeBigUInt64BE(BigInt(seq), 0)
  facts.writeBigUInt64BE(BigInt(at), 8)
  facts.writeUInt32BE(name.length, 16)
  facts.writeUInt32BE(update.length, 20)
  return createHash('sha256').update(before).update(facts).update(name).update(update).digest()
}

/** Walks the chain over rows read from storage; throws `DamagedLog` at the first row that is not what was written. */
export const verifyRows = (room: string, before: Uint8Array, rows: readonly (LogRow & { readonly hash: Uint8Array })[]): void => {
  let hash = before
  let seq: number | null = null
  for (const row of rows) {
    if (seq !== null && row.seq !== seq + 1) throw new DamagedLog(`room ${room}: entry ${seq + 1} is missing`)
    hash = hashRow(hash, row)
    if (Buffer.compare(hash, row.hash) !== 0) throw new DamagedLog(`room ${room}: entry ${row.seq} is not what was written`)
    seq = row.seq
  }
}
