import * as encoding from 'lib0/encoding'
import type { ClockRange, Scan, Section } from './scan-update.ts'

/** An update with what its scan found in it. */
export type Piece = { readonly update: Uint8Array } & Pick<Scan, 'inserts' | 'deletes' | 'isSeamless'>

/** A joined update is not made larger than this, so that a reader can take it piece by piece. */
const LARGE = 256 * 1024

/**
 * Puts updates that follow each other into as few as possible, which say the same: what one client goes on with is put behind
 * what it said before, and no struct is decoded. What leaves a gap, or says again what was said, stays by itself.
 *
 * In Yjs's V1 format a struct does not depend on where it stands, so its bytes are enough; `Y.mergeUpdates` says the same and costs some
 * hundred times as much. Deletions are written anew, each client once and its ranges rising: who hears of some before the letters they
 * delete keeps them in the V2 format, where a range that lies before the last one cannot be written and becomes another (Yjs 13.6,
 * `readAndApplyDeleteSet`).
 */
export const joinUpdates = (pieces: readonly Piece[]): Piece[] => {
  const joined: Piece[] = []
  let group: Piece[] = []
  let bytes = 0
  let ends = new Map<number, number>()
  const flush = () => {
    if (group.length > 0) joined.push(group.length === 1 ? (group[0] as Piece) : join(group))
    group = []
    bytes = 0
    ends = new Map()
  }
  for (const piece of pieces) {
    if (!(piece.isSeamless && bytes + piece.update.length <= LARGE && goesOn(piece.inserts, ends))) flush()
    group.push(piece)
    bytes += piece.update.length
    if (!piece.isSeamless) flush()
    else for (const { client, clock, length } of piece.inserts) ends.set(client, clock + length)
  }
  flush()
  return joined
}

const goesOn = (sections: readonly Section[], ends: ReadonlyMap<number, number>): boolean =>
  sections.every(({ client, clock }) => (ends.get(client) ?? clock) === clock)

const join = (pieces: readonly Piece[]): Piece => {
  const byClient = new Map<number, { readonly first: Section; readonly parts: Uint8Array[]; structs: number; length: number }>()
  for (const { update, inserts } of pieces)
    for (const section of inserts) {
      const { client, structs, length, from, to } = section
      const own = byClient.get(client)
      const part = update.subarray(from, to)
      if (own === undefined) byClient.set(client, { first: section, parts: [part], structs, length })
      else {
        own.parts.push(part)
        own.structs += structs
        own.length += length
      }
    }
  const encoder = encoding.createEncoder()
  const inserts: Section[] = []
  encoding.writeVarUint(encoder, byClient.size)
  for (const [client, { first, parts, structs, length }] of byClient) {
    encoding.writeVarUint(encoder, structs)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, first.clock)
    const from = encoding.length(encoder)
    for (const part of parts) encoding.writeUint8Array(encoder, part)
    inserts.push({ client, clock: first.clock, length, structs, from, to: encoding.length(encoder) })
  }
  const deletes = writeDeletes(
    encoder,
    pieces.flatMap(({ deletes }) => deletes),
  )
  return { update: encoding.toUint8Array(encoder), inserts, deletes, isSeamless: true }
}

/** Answers what it wrote. */
const writeDeletes = (encoder: encoding.Encoder, ranges: readonly ClockRange[]): ClockRange[] => {
  const byClient = Map.groupBy(ranges, ({ client }) => client)
  encoding.writeVarUint(encoder, byClient.size)
  return [...byClient].flatMap(([client, own]) => {
    const merged = mergeRanges(own)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, merged.length)
    for (const { clock, length } of merged) {
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarUint(encoder, length)
    }
    return merged
  })
}

const mergeRanges = (ranges: readonly ClockRange[]): ClockRange[] => {
  const merged: ClockRange[] = []
  for (const range of ranges.toSorted((a, b) => a.clock - b.clock)) {
    const last = merged.at(-1)
    if (last === undefined || last.clock + last.length < range.clock) merged.push(range)
    else merged[merged.length - 1] = { ...last, length: Math.max(last.length, range.clock + range.length - last.clock) }
  }
  return merged
}
