import { createHash, randomBytes } from 'node:crypto'
import type { Checkpoint, Epoch, LogRow } from './update-log.ts'

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

/** A room's newest entry: its seq, its time, and the hash in which the chain ends there. */
export type Head = { readonly seq: number; readonly at: number; readonly hash: Uint8Array; readonly epoch: Epoch }

export const hashHead = (room: string, { seq, at, hash, epoch }: Head): Uint8Array =>
  hashParts([`head ${seq} ${at}`, room, hash, epoch.lineage, epoch.epoch])

/** `at`: the hash of the entry that the checkpoint reaches to, from which the chain goes on. */
export const hashCheckpoint = (room: string, { seq, state, holdings }: Checkpoint, at: Uint8Array): Uint8Array =>
  hashParts([`checkpoint ${seq}`, room, at, state, holdings])

const hashParts = (parts: readonly (string | Uint8Array)[]): Uint8Array => {
  const hash = createHash('sha256')
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    hash.update(length).update(bytes)
  }
  return hash.digest()
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** 128 random bits. */
export const newEpochId = (): string => randomBytes(16).toString('base64url')
