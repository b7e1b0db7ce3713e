import { createHash, hash, randomBytes } from 'node:crypto'
import type { Epoch, LogRow } from './update-log.ts'

/** Where a chain of rows has come to. */
export type Link = { readonly seq: number; readonly hash: Uint8Array }

/** And when its entry was committed. */
export type TimedLink = Link & { readonly at: number }

/** The chain of a room begins with 32 zero bytes. */
export const CHAIN_START: Uint8Array = new Uint8Array(32)
export const START: TimedLink = { seq: 0, at: 0, hash: CHAIN_START }

/** sha256 over the hash before, seq, time, author and update; lengths stand before what may vary in length. */
export const hashRow = (before: Uint8Array, { seq, at, author, update }: LogRow): Uint8Array => {
  const name = Buffer.byteLength(author)
  // One piece: each call into the hash costs more than the copy.
  const row = Buffer.allocUnsafe(56 + name + update.length)
  row.set(before, 0)
  writeUint64(row, seq, 32)
  writeUint64(row, at, 40)
  row.writeUInt32BE(name, 48)
  row.writeUInt32BE(update.length, 52)
  row.write(author, 56)
  row.set(update, 56 + name)
  return hash('sha256', row, 'buffer')
}

/** Which dispatch a room is, and its epoch: written at its birth, by restore and by repair. */
export const hashIdentity = (room: string, { lineage, epoch }: Epoch): Uint8Array => hashParts(['room', room, lineage, epoch])

/** Of a checkpoint: the link of the chain that it reaches to, and the digest of what it says. */
export const hashCheckpoint = (room: string, { seq, at, hash }: TimedLink, digest: Uint8Array): Uint8Array =>
  hashParts([`checkpoint ${seq} ${at}`, room, hash, digest])

/** sha256 over each part's length and bytes. */
export const hashParts = (parts: readonly (string | Uint8Array)[]): Uint8Array => {
  const all = createHash('sha256')
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    all.update(length).update(bytes)
  }
  return all.digest()
}

/** Without BigInt: seqs and times are safe integers. */
const writeUint64 = (bytes: Buffer, value: number, offset: number): void => {
  bytes.writeUInt32BE(Math.floor(value / 2 ** 32), offset)
  bytes.writeUInt32BE(value % 2 ** 32, offset + 4)
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** 128 random bits. */
export const newEpochId = (): string => randomBytes(16).toString('base64url')
