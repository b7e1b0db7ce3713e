import type Database from 'better-sqlite3'
import { type Head, hashCheckpoint, hashHead, sameBytes } from './row-hash.ts'
import type { Checkpoint, Stretch } from './update-log.ts'
import type { Link, StoredRow } from './walk-chain.ts'

type HeadRow = { room: string; seq: number; at: number; hash: Uint8Array; lineage: string; epoch: string; sha256: Uint8Array }
type CheckpointRow = Checkpoint & { readonly hash: Uint8Array; readonly sha256: Uint8Array }

/** A checkpoint that is what was written, and the link of the chain that it reaches to. */
export type FoundCheckpoint = { readonly checkpoint: Checkpoint; readonly link: Link }

/** What is read from the log's tables. A row that carries its own hash is given only when it fits. */
export const prepareReading = (db: Database) => {
  const getHead = db.prepare<HeadRow>('SELECT * FROM heads WHERE room = ?')
  const rooms = db.prepare<{ room: string }>('SELECT room FROM heads')
  const enteredRooms = db.prepare<{ room: string }>('SELECT DISTINCT room FROM entries')
  const rowsAfter = db.prepare<StoredRow>(
    'SELECT seq, at, author, bytes AS "update", hash FROM entries WHERE room = ? AND seq > ? ORDER BY seq',
  )
  const rowsWithin = db.prepare<StoredRow>(
    'SELECT seq, at, author, bytes AS "update", hash FROM entries WHERE room = ? AND seq > ? AND seq <= ? ORDER BY seq',
  )
  const stretchesAfter = db.prepare<Stretch>(
    `SELECT seq AS "from", seq AS "to", at AS begunAt, at, author, length(bytes) AS bytes FROM entries
     WHERE room = ? AND seq > ? ORDER BY seq`,
  )
  const hashAt = db.prepare<{ hash: Uint8Array }>('SELECT hash FROM entries WHERE room = ? AND seq = ?')
  const getCheckpoint = db.prepare<CheckpointRow>(
    'SELECT seq, hash, state, state_vector AS holdings, sha256 FROM checkpoints WHERE room = ?',
  )
  return {
    /** Undefined: there is none. Null: it is not what was written. */
    head: (room: string): Head | null | undefined => {
      const row = getHead.get(room)
      if (row === undefined) return undefined
      const { seq, at, hash, lineage, epoch, sha256 } = row
      // A flipped bit may make another type of a column.
      if ([hash, sha256].some(isNoBytes) || typeof lineage !== 'string' || typeof epoch !== 'string') return null
      const head = { seq, at, hash, epoch: { lineage, epoch } }
      return sameBytes(hashHead(room, head), sha256) ? head : null
    },
    roomsWithHead: (): string[] => rooms.all().map(({ room }) => room),
    /** All rooms of which anything is stored. */
    rooms: (): string[] => [...new Set([...rooms.all(), ...enteredRooms.all()].map(({ room }) => room))],
    rowsAfter: (room: string, seq: number): Iterable<StoredRow> => rowsAfter.iterate(room, seq),
    rowsWithin: (room: string, after: number, upTo: number): Iterable<StoredRow> => rowsWithin.iterate(room, after, upTo),
    stretchesAfter: (room: string, after: number): Stretch[] => stretchesAfter.all(room, after),
    hashAt: (room: string, seq: number): Uint8Array | undefined => hashAt.get(room, seq)?.hash,
    /** Null: there is none. */
    checkpoint: (room: string): FoundCheckpoint | null | 'damaged' => {
      const row = getCheckpoint.get(room)
      if (row === undefined) return null
      const { seq, hash, state, holdings, sha256 } = row
      if ([hash, state, holdings, sha256].some(isNoBytes)) return 'damaged'
      const checkpoint = { seq, state, holdings }
      return sameBytes(hashCheckpoint(room, checkpoint, hash), sha256) ? { checkpoint, link: { seq, hash } } : 'damaged'
    },
  }
}
export type Reading = ReturnType<typeof prepareReading>

const isNoBytes = (value: unknown): boolean => !(value instanceof Uint8Array)
