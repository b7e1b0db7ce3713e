import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { LogRow } from './update-log.ts'

/** Entries in a row, without a gap, in two pieces of bytes: a thousand of them are not a thousand objects to be cloned or written. */
export type RowBytes = {
  readonly from: number
  readonly count: number
  /** Authors, times and lengths. */
  readonly facts: Uint8Array<ArrayBuffer>
  readonly updates: Uint8Array<ArrayBuffer>
}

export const encodeRows = (rows: readonly LogRow[]): RowBytes => {
  const updates = new Uint8Array(rows.reduce((sum, { update }) => sum + update.length, 0))
  let offset = 0
  for (const { update } of rows) {
    updates.set(update, offset)
    offset += update.length
  }
  return { from: rows[0]?.seq ?? 0, count: rows.length, facts: encodeFacts(rows), updates }
}

/** Updates are views of the bytes given. */
export const decodeRows = ({ from, count, facts, updates }: RowBytes): LogRow[] => {
  const decoder = decoding.createDecoder(facts)
  const authors = Array.from({ length: decoding.readVarUint(decoder) }, () => decoding.readVarString(decoder))
  let at = 0
  let offset = 0
  return Array.from({ length: count }, (_, nth) => {
    const author = authors[decoding.readVarUint(decoder)] ?? ''
    at += decoding.readVarInt(decoder)
    const length = decoding.readVarUint(decoder)
    const update = updates.subarray(offset, offset + length)
    offset += length
    return { seq: from + nth, at, author, update }
  })
}

const encodeFacts = (rows: readonly LogRow[]): Uint8Array<ArrayBuffer> => {
  const numbers = new Map<string, number>()
  for (const { author } of rows) if (!numbers.has(author)) numbers.set(author, numbers.size)
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, numbers.size)
  for (const author of numbers.keys()) encoding.writeVarString(encoder, author)
  let before = 0
  for (const { author, at, update } of rows) {
    encoding.writeVarUint(encoder, numbers.get(author) as number)
    encoding.writeVarInt(encoder, at - before)
    encoding.writeVarUint(encoder, update.length)
    before = at
  }
  return encoding.toUint8Array(encoder)
}
