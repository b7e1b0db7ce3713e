import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { decodeRows, encodeRows } from './row-bytes.ts'
import { hashParts, type TimedLink } from './row-hash.ts'
import type { LogRow } from './update-log.ts'

/**
 * Entries in a row, as they were committed, compressed together: what a checkpoint stands for is kept so. Their hashes
 * are not: they follow from what they are of, and the last of them, which is the pack's link, proves all.
 */
export type Pack = TimedLink & {
  readonly from: number
  /** Length of all updates. */
  readonly bytes: number
  /** Authors, times and lengths. */
  readonly facts: Uint8Array
  readonly updates: Uint8Array
  /** Of `updates`, so that the rest can be trusted without reading them. */
  readonly digest: Uint8Array
}

/** `rows`: at least one, without a gap. `link`: of the last of them. */
export const packRows = (rows: readonly LogRow[], link: TimedLink): Pack => {
  const encoded = encodeRows(rows)
  const updates = zstdCompressSync(encoded.updates)
  const { seq, at, hash } = link
  return {
    seq,
    at,
    hash,
    from: encoded.from,
    bytes: encoded.updates.length,
    facts: zstdCompressSync(encoded.facts),
    updates,
    digest: hashParts([updates]),
  }
}

/** Of a pack whose hashes fit; else it throws or answers anything. */
export const unpackRows = ({ from, seq, facts, updates }: Pack): LogRow[] =>
  decodeRows({ from, count: seq - from + 1, facts: zstdDecompressSync(facts), updates: zstdDecompressSync(updates) })

/** All that it is but its updates, for which the digest stands. */
export const hashPack = (room: string, pack: Omit<Pack, 'updates'>): Uint8Array =>
  hashParts([`pack ${pack.from} ${pack.seq} ${pack.at} ${pack.bytes}`, room, pack.hash, pack.digest, pack.facts])
