import { closeSync, fdatasync, fdatasyncSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import type { Link } from './row-hash.ts'

/**
 * The heads of all rooms, kept outside of the database, so that a database whose end was lost is found out: SQLite
 * drops a torn or damaged end of its write-ahead log without a word.
 *
 * Each room has a slot that is written in place after each commit and before its acknowledgement. The write costs no
 * fsync: it survives whatever ends this process. Against a power cut the file is fsynced at most `SYNC_EVERY` after the
 * write, beside the commits, so there it speaks for all but the last second. It never says more than was committed.
 *
 * A slot: CRC-32 of what follows (4 bytes), seq (8), hash (32), lineage (22), length of the room's name (1), the name.
 * Slots do not straddle sectors, so a power cut leaves one as it was or as it became.
 */
export type WrittenHead = Link & { readonly lineage: string }

export type HeadFile = {
  /** A slot of seq 0 has been reserved, and says nothing. */
  readonly heads: ReadonlyMap<string, WrittenHead>
  /** Slots that are not what was written. They say nothing. */
  readonly unreadableSlots: number
  /** Makes room for a room before anything of it is committed. Throws when the disk is full. */
  readonly reserve: (room: string) => void
  readonly set: (room: string, head: WrittenHead) => void
  readonly close: () => void
}

const SLOT = 128
const LINEAGE_AT = 44
const NAME_AT = 67
const SYNC_EVERY = 1_000

export const openHeadFile = (file: string, onFailed: (error: Error) => void): HeadFile => {
  // Made if need be, but not opened for appending: slots are written in place.
  closeSync(openSync(file, 'a', 0o600))
  const writing = openSync(file, 'r+')
  const { heads, slots, unreadable, count } = readSlots(writing)
  const free = [...unreadable]
  let end = count
  let syncing: NodeJS.Timeout | null = null

  const write = (room: string, slot: number, head: WrittenHead) => {
    writeSync(writing, encodeSlot(room, head), 0, SLOT, slot * SLOT)
    syncing ??= setTimeout(() => {
      syncing = null
      // In a thread of the pool: commits go on meanwhile.
      fdatasync(writing, (error) => {
        if (error !== null && error.code !== 'EBADF') onFailed(error)
      })
    }, SYNC_EVERY).unref()
  }
  return {
    heads,
    unreadableSlots: unreadable.length,
    reserve: (room) => {
      if (slots.has(room)) return
      const slot = free[0] ?? end
      write(room, slot, { seq: 0, hash: new Uint8Array(32), lineage: '' })
      slots.set(room, slot)
      if (slot === end) end += 1
      else free.shift()
    },
    set: (room, head) => {
      const slot = slots.get(room)
      if (slot === undefined) throw new Error(`room ${room} has no slot in the head file`)
      write(room, slot, head)
      heads.set(room, head)
    },
    close: () => {
      if (syncing !== null) clearTimeout(syncing)
      fdatasyncSync(writing)
      closeSync(writing)
    },
  }
}

/** For who only looks. A file that is not there says nothing. */
export const readHeadFile = (file: string): Pick<HeadFile, 'heads' | 'unreadableSlots'> => {
  let fd: number
  try {
    fd = openSync(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { heads: new Map(), unreadableSlots: 0 }
    throw error
  }
  try {
    const { heads, unreadable } = readSlots(fd)
    return { heads, unreadableSlots: unreadable.length }
  } finally {
    closeSync(fd)
  }
}

/** As a head file has them: what a backup is compared with. */
export const encodeHeads = (heads: ReadonlyMap<string, WrittenHead>): Buffer =>
  Buffer.concat([...heads].map(([room, head]) => encodeSlot(room, head)))

export const decodeHeads = (bytes: Uint8Array): Pick<HeadFile, 'heads' | 'unreadableSlots'> => {
  const { heads, unreadable } = decodeSlots(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
  return { heads, unreadableSlots: unreadable.length }
}

const readSlots = (fd: number) => {
  const bytes = Buffer.alloc(fstatSync(fd).size)
  readSync(fd, bytes, 0, bytes.length, 0)
  return decodeSlots(bytes)
}

const decodeSlots = (bytes: Buffer) => {
  const heads = new Map<string, WrittenHead>()
  const slots = new Map<string, number>()
  const count = Math.floor(bytes.length / SLOT)
  const unreadable: number[] = []
  for (let index = 0; index < count; index++) {
    const read = decodeSlot(bytes.subarray(index * SLOT, (index + 1) * SLOT))
    if (read === null) unreadable.push(index)
    else {
      slots.set(read.room, index)
      if (read.seq > 0) heads.set(read.room, { seq: read.seq, hash: read.hash, lineage: read.lineage })
    }
  }
  return { heads, slots, unreadable, count }
}

const encodeSlot = (room: string, { seq, hash, lineage }: WrittenHead): Buffer => {
  const name = Buffer.from(room)
  if (name.length > SLOT - NAME_AT) throw new Error(`the name of room ${room} is longer than a slot of the head file`)
  const slot = Buffer.alloc(SLOT)
  slot.writeBigUInt64BE(BigInt(seq), 4)
  slot.set(hash, 12)
  slot.write(lineage, LINEAGE_AT, 'latin1')
  slot.writeUInt8(name.length, NAME_AT - 1)
  slot.set(name, NAME_AT)
  slot.writeUInt32BE(crc32(slot.subarray(4)), 0)
  return slot
}

const decodeSlot = (slot: Buffer): (WrittenHead & { room: string }) | null => {
  if (crc32(slot.subarray(4)) !== slot.readUInt32BE(0)) return null
  const length = slot.readUInt8(NAME_AT - 1)
  return {
    seq: Number(slot.readBigUInt64BE(4)),
    hash: Uint8Array.from(slot.subarray(12, 44)),
    lineage: slot.toString('latin1', LINEAGE_AT, NAME_AT - 1).replace(/\0+$/, ''),
    room: slot.toString('utf8', NAME_AT, NAME_AT + length),
  }
}
