import type Database from 'better-sqlite3'
import { createHeld } from '../sync/held.ts'
import { scanUpdate } from '../sync/scan-update.ts'
import { hashCheckpoint, hashIdentity, hashParts, newEpochId, sameBytes } from './row-hash.ts'

type OldHead = {
  readonly room: string
  readonly seq: number
  readonly at: number
  readonly hash: Uint8Array
  readonly lineage?: string
  readonly epoch?: string
  readonly sha256?: Uint8Array
}
type OldCheckpoint = {
  readonly seq: number
  readonly hash: Uint8Array
  readonly state: Uint8Array
  readonly stateVector: Uint8Array
  readonly sha256: Uint8Array
}

/** What no hash is: a row that was not sound before is not sound afterwards. */
const NO_HASH = new Uint8Array(0)

/**
 * Older tables had a row `heads` of each room, written with each commit. What it said follows from the newest entry, but for
 * lineage and epoch. The first of all layouts (0) had no epochs, and no hashes on its checkpoints. Entries stay as they are.
 */
export const bringUpToDate = (db: Database, from: number, schema: string): void => {
  db.exec('ALTER TABLE heads RENAME TO old_heads; ALTER TABLE checkpoints RENAME TO old_checkpoints')
  db.exec(schema)
  const rooms = db.prepare<{ room: string }>('SELECT room FROM old_heads').all()
  for (const { room } of rooms) moveHead(db, room)
  if (from > 0) for (const { room } of rooms) moveCheckpoint(db, room)
  db.exec('DROP TABLE old_heads; DROP TABLE old_checkpoints')
}

const moveHead = (db: Database, room: string): void => {
  const head = db.prepare<OldHead>('SELECT * FROM old_heads WHERE room = ?').get(room) as OldHead
  const newest = db
    .prepare<{ seq: number; hash: Uint8Array }>('SELECT seq, hash FROM entries WHERE room = ? ORDER BY seq DESC LIMIT 1')
    .get(room)
  const epoch = { lineage: head.lineage ?? newEpochId(), epoch: head.epoch ?? newEpochId() }
  const isSound = isHeadSound(head) && newest?.seq === head.seq && sameBytes(newest.hash, head.hash)
  db.prepare('INSERT INTO rooms VALUES (?, ?, ?, ?)').run(
    room,
    epoch.lineage,
    epoch.epoch,
    isSound ? hashIdentity(room, epoch) : NO_HASH,
  )
}

const isHeadSound = ({ room, seq, at, hash, lineage, epoch, sha256 }: OldHead): boolean =>
  sha256 === undefined ||
  (hash instanceof Uint8Array && sameBytes(sha256, hashParts([`head ${seq} ${at}`, room, hash, lineage ?? '', epoch ?? ''])))

/** One that is not what was written is left out: the entries say the same. What it holds by clocks was not stored with it. */
const moveCheckpoint = (db: Database, room: string): void => {
  const found = db
    .prepare<OldCheckpoint>('SELECT seq, hash, state, state_vector AS stateVector, sha256 FROM old_checkpoints WHERE room = ?')
    .get(room)
  if (found === undefined) return
  const { seq, hash, state, stateVector, sha256 } = found
  if (!sameBytes(sha256, hashParts([`checkpoint ${seq}`, room, hash, state, stateVector]))) return
  const holdings = holdingsOf(state)
  if (holdings === null) return
  const { at } = db
    .prepare<{ at: number }>('SELECT coalesce(max(at), 0) AS at FROM entries WHERE room = ? AND seq <= ?')
    .get(room, seq) as { at: number }
  const digest = hashParts([holdings, state])
  const sealed = hashCheckpoint(room, { seq, at, hash }, digest)
  db.prepare('INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(room, seq, at, hash, digest, sealed, holdings, state)
}

const holdingsOf = (state: Uint8Array): Uint8Array | null => {
  const held = createHeld()
  const scan = scanUpdate(state, held)
  if (!scan.ok) return null
  held.add(scan)
  return held.encode()
}
