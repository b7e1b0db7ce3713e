import type Database from 'better-sqlite3'
import { hashPack, type Pack } from './pack.ts'
import { hashCheckpoint, hashIdentity, hashParts, hashRow, type Link, START, sameBytes, type TimedLink } from './row-hash.ts'
import type { Checkpoint, Epoch } from './update-log.ts'
import { isWhole, type StoredRow } from './walk-chain.ts'

type IdentityRow = { lineage: string; epoch: string; sha256: Uint8Array }
type LinkRow = TimedLink & { readonly digest: Uint8Array; readonly sha256: Uint8Array }

/** A checkpoint that is what was written, and the link of the chain that it reaches to. */
export type FoundCheckpoint = { readonly checkpoint: Checkpoint; readonly link: TimedLink }

type PackRow = Pack & { readonly sha256: Uint8Array }

/** What is read from the log's tables. A row that carries its own hash is given only when it fits. */
export const prepareReading = (db: Database) => {
  const getIdentity = db.prepare<IdentityRow>('SELECT lineage, epoch, sha256 FROM rooms WHERE room = ?')
  const rooms = db.prepare<{ room: string }>('SELECT room FROM rooms')
  const enteredRooms = db.prepare<{ room: string }>('SELECT DISTINCT room FROM entries')
  const packedRooms = db.prepare<{ room: string }>('SELECT DISTINCT room FROM history')
  const rowsWithin = db.prepare<StoredRow>(
    'SELECT seq, at, author, bytes AS "update", hash FROM entries WHERE room = ? AND seq > ? AND seq <= ? ORDER BY seq',
  )
  const lastRows = db.prepare<StoredRow>(
    'SELECT seq, at, author, bytes AS "update", hash FROM entries WHERE room = ? ORDER BY seq DESC LIMIT 2',
  )
  const enteredLink = db.prepare<TimedLink>('SELECT seq, at, hash FROM entries WHERE room = ? AND seq = ?')
  const getCheckpointLink = db.prepare<LinkRow>('SELECT seq, at, hash, digest, sha256 FROM checkpoints WHERE room = ?')
  const getState = db.prepare<Checkpoint>('SELECT seq, state, holdings FROM checkpoints WHERE room = ?')
  const packFacts = 'from_seq AS "from", seq, at, bytes, hash, digest, sha256, facts'
  const packsWithin = db.prepare<PackRow>(
    `SELECT ${packFacts}, updates FROM history WHERE room = ? AND seq > ? AND from_seq <= ? ORDER BY from_seq`,
  )
  const lastPack = db.prepare<PackRow>(`SELECT ${packFacts}, updates FROM history WHERE room = ? ORDER BY from_seq DESC LIMIT 1`)
  const lastPackFacts = db.prepare<Omit<PackRow, 'updates'>>(
    `SELECT ${packFacts} FROM history WHERE room = ? ORDER BY from_seq DESC LIMIT 1`,
  )
  /** Null: there is none. */
  const lastPackLink = (room: string): TimedLink | null | 'damaged' => {
    const row = lastPackFacts.get(room)
    if (row === undefined) return null
    return isSealed(room, row) ? { seq: row.seq, at: row.at, hash: row.hash } : 'damaged'
  }
  /** Null: there is none. */
  const checkpointLink = (room: string): (TimedLink & { readonly digest: Uint8Array }) | null | 'damaged' => {
    const row = getCheckpointLink.get(room)
    if (row === undefined) return null
    const { sha256, digest, ...link } = row
    if ([link.hash, digest, sha256].some(isNoBytes)) return 'damaged'
    return sameBytes(hashCheckpoint(room, link, digest), sha256) ? { ...link, digest } : 'damaged'
  }
  const linkAt = (room: string, seq: number): TimedLink | undefined => {
    if (seq === 0) return START
    const links = [enteredLink.get(room, seq) ?? null, checkpointLink(room), lastPackLink(room)]
    return links.find((link) => link !== null && link !== 'damaged' && link.seq === seq) as TimedLink | undefined
  }
  return {
    /** Undefined: there is none. Null: it is not what was written. */
    identity: (room: string): Epoch | null | undefined => {
      const row = getIdentity.get(room)
      if (row === undefined) return undefined
      const { lineage, epoch, sha256 } = row
      // A flipped bit may make another type of a column.
      if (isNoBytes(sha256) || typeof lineage !== 'string' || typeof epoch !== 'string') return null
      return sameBytes(hashIdentity(room, { lineage, epoch }), sha256) ? { lineage, epoch } : null
    },
    roomsBorn: (): string[] => rooms.all().map(({ room }) => room),
    /** All rooms of which anything is stored. */
    rooms: (): string[] => [...new Set([...rooms.all(), ...enteredRooms.all(), ...packedRooms.all()].map(({ room }) => room))],
    rowsWithin: (room: string, after: number, upTo: number): Iterable<StoredRow> => rowsWithin.iterate(room, after, upTo),
    /** Those that hold anything after `after` and up to `upTo`. */
    packsWithin: function* (room: string, after: number, upTo: number): Generator<Pack | 'damaged'> {
      for (const row of packsWithin.iterate(room, after, upTo)) yield isPackSound(room, row) ? row : 'damaged'
    },
    /** Null: there is none. */
    lastPack: (room: string): Pack | null | 'damaged' => {
      const row = lastPack.get(room)
      return row === undefined ? null : isPackSound(room, row) ? row : 'damaged'
    },
    /** What an entry's link is, where it stands as itself or ends a pack, or the checkpoint reaches to it. */
    linkAt,
    /** 0: there is none that is sound. */
    checkpointSeq: (room: string): number => {
      const link = checkpointLink(room)
      return link === null || link === 'damaged' ? 0 : link.seq
    },
    /** Where the room's chain ends; null when nothing of it is stored. Only the newest entry is proven, by the one before. */
    end: (room: string): TimedLink | null | 'unproven' => {
      const [last, before] = lastRows.all(room)
      const checkpoint = checkpointLink(room)
      if (checkpoint !== null && checkpoint !== 'damaged' && checkpoint.seq >= (last?.seq ?? 0)) return checkpoint
      if (last === undefined) {
        const pack = lastPackLink(room)
        return pack === 'damaged' || (pack === null && checkpoint !== null) ? 'unproven' : pack
      }
      const { seq, at, hash } = last
      const from = before ?? linkAt(room, last.seq - 1)
      return from !== undefined && isProven(from, last) ? { seq, at, hash } : 'unproven'
    },
    /** Null: there is none. */
    checkpoint: (room: string): FoundCheckpoint | null | 'damaged' => {
      const link = checkpointLink(room)
      if (link === null || link === 'damaged') return link
      const { seq, state, holdings } = getState.get(room) as Checkpoint
      if ([state, holdings].some(isNoBytes) || !sameBytes(hashParts([holdings, state]), link.digest)) return 'damaged'
      return { checkpoint: { seq, state, holdings }, link }
    },
  }
}
export type Reading = ReturnType<typeof prepareReading>

const isProven = (before: Link, row: StoredRow): boolean =>
  row.seq === before.seq + 1 && !isNoBytes(before.hash) && isWhole(row) && sameBytes(hashRow(before.hash, row), row.hash)

const isNoBytes = (value: unknown): boolean => !(value instanceof Uint8Array)

const isSealed = (room: string, row: Omit<PackRow, 'updates'>): boolean =>
  ![row.hash, row.digest, row.sha256, row.facts].some(isNoBytes) && sameBytes(hashPack(room, row), row.sha256)

const isPackSound = (room: string, row: PackRow): boolean =>
  isSealed(room, row) && !isNoBytes(row.updates) && sameBytes(hashParts([row.updates]), row.digest)
