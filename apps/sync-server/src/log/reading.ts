import type Database from 'better-sqlite3'
import {
  CHAIN_START,
  hashCheckpoint,
  hashIdentity,
  hashParts,
  hashRow,
  type Link,
  sameBytes,
  type TimedLink,
} from './row-hash.ts'
import type { Checkpoint, Epoch } from './update-log.ts'
import { isWhole, type StoredRow } from './walk-chain.ts'

type IdentityRow = { lineage: string; epoch: string; sha256: Uint8Array }
type LinkRow = TimedLink & { readonly digest: Uint8Array; readonly sha256: Uint8Array }

/** A checkpoint that is what was written, and the link of the chain that it reaches to. */
export type FoundCheckpoint = { readonly checkpoint: Checkpoint; readonly link: TimedLink }

/** What is read from the log's tables. A row that carries its own hash is given only when it fits. */
export const prepareReading = (db: Database) => {
  const getIdentity = db.prepare<IdentityRow>('SELECT lineage, epoch, sha256 FROM rooms WHERE room = ?')
  const rooms = db.prepare<{ room: string }>('SELECT room FROM rooms')
  const enteredRooms = db.prepare<{ room: string }>('SELECT DISTINCT room FROM entries')
  const rowsAfter = db.prepare<StoredRow>(
    'SELECT seq, at, author, bytes AS "update", hash FROM entries WHERE room = ? AND seq > ? ORDER BY seq',
  )
  const lastRows = db.prepare<StoredRow>(
    'SELECT seq, at, author, bytes AS "update", hash FROM entries WHERE room = ? ORDER BY seq DESC LIMIT 2',
  )
  const linkAt = db.prepare<TimedLink>('SELECT seq, at, hash FROM entries WHERE room = ? AND seq = ?')
  const getCheckpointLink = db.prepare<LinkRow>('SELECT seq, at, hash, digest, sha256 FROM checkpoints WHERE room = ?')
  const getState = db.prepare<Checkpoint>('SELECT seq, state, state_vector AS holdings FROM checkpoints WHERE room = ?')
  /** Null: there is none. */
  const checkpointLink = (room: string): (TimedLink & { readonly digest: Uint8Array }) | null | 'damaged' => {
    const row = getCheckpointLink.get(room)
    if (row === undefined) return null
    const { sha256, digest, ...link } = row
    if ([link.hash, digest, sha256].some(isNoBytes)) return 'damaged'
    return sameBytes(hashCheckpoint(room, link, digest), sha256) ? { ...link, digest } : 'damaged'
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
    rooms: (): string[] => [...new Set([...rooms.all(), ...enteredRooms.all()].map(({ room }) => room))],
    rowsAfter: (room: string, seq: number): Iterable<StoredRow> => rowsAfter.iterate(room, seq),
    linkAt: (room: string, seq: number): TimedLink | undefined => linkAt.get(room, seq),
    /** 0: there is none that is sound. */
    checkpointSeq: (room: string): number => {
      const link = checkpointLink(room)
      return link === null || link === 'damaged' ? 0 : link.seq
    },
    /** Where the room's chain ends; null when nothing of it is stored. Only the newest entry is proven, by the one before. */
    end: (room: string): TimedLink | null | 'unproven' => {
      const [last, before] = lastRows.all(room)
      if (last === undefined) {
        const link = checkpointLink(room)
        return link === 'damaged' ? 'unproven' : link
      }
      const { seq, at, hash } = last
      return isProven(before ?? { seq: 0, hash: CHAIN_START }, last) ? { seq, at, hash } : 'unproven'
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
