import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
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
type Facts = { readonly seq: number; readonly at: number; readonly author: string; readonly length: number }

/** `rows`: at least one, without a gap. `link`: of the last of them. */
export const packRows = (rows: readonly LogRow[], link: TimedLink): Pack => {
  const updates = zstdCompressSync(Buffer.concat(rows.map(({ update }) => update)))
  const { seq, at, hash } = link
  return {
    seq,
    at,
    hash,
    from: (rows[0] as LogRow).seq,
    bytes: rows.reduce((sum, { update }) => sum + update.length, 0),
    facts: zstdCompressSync(encodeFacts(rows)),
    updates,
    digest: hashParts([updates]),
  }
}

/** Of a pack whose hashes fit; else it throws or answers anything. */
const unpackFacts = ({ from, seq, facts }: Pick<Pack, 'from' | 'seq' | 'facts'>): Facts[] => {
  const decoder = decoding.createDecoder(zstdDecompressSync(facts))
  const authors = Array.from({ length: decoding.readVarUint(decoder) }, () => decoding.readVarString(decoder))
  let at = 0
  return Array.from({ length: seq - from + 1 }, (_, nth) => {
    const author = authors[decoding.readVarUint(decoder)] ?? ''
    at += decoding.readVarInt(decoder)
    return { seq: from + nth, at, author, length: decoding.readVarUint(decoder) }
  })
}

export const unpackRows = (pack: Pack): LogRow[] => {
  const updates = zstdDecompressSync(pack.updates)
  let offset = 0
  return unpackFacts(pack).map(({ length, ...facts }) => {
    const update = updates.subarray(offset, offset + length)
    offset += length
    return { ...facts, update }
  })
}

/** All that it is but its updates, for which the digest stands. */
export const hashPack = (room: string, pack: Omit<Pack, 'updates'>): Uint8Array =>
  hashParts([`pack ${pack.from} ${pack.seq} ${pack.at} ${pack.bytes}`, room, pack.hash, pack.digest, pack.facts])

const encodeFacts = (rows: readonly LogRow[]): Uint8Array => {
  const authors = [...new Set(rows.map(({ author }) => author))]
  const numbers = new Map(authors.map((author, number) => [author, number]))
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, authors.length)
  for (const author of authors) encoding.writeVarString(encoder, author)
  let before = 0
  for (const { author, at, update } of rows) {
    encoding.writeVarUint(encoder, numbers.get(author) as number)
    encoding.writeVarInt(encoder, at - before)
    encoding.writeVarUint(encoder, update.length)
    before = at
  }
  return encoding.toUint8Array(encoder)
}
