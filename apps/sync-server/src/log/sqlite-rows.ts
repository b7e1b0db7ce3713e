import Database from 'better-sqlite3'
import type { Clock } from '../clock.ts'
import { CHAIN_START, hashRow, verifyRows } from './row-hash.ts'
import { type Checkpoint, DamagedLog, type LogEntry, type LogRow, type RoomHead } from './update-log.ts'

/** One thing to write in a commit. `first`: only when the room has no entries yet. */
export type Write = { readonly room: string; readonly entries: readonly LogEntry[]; readonly first: boolean }
export type Written = { readonly seq: number; readonly at: number; readonly wrote: boolean }

type StoredRow = LogRow & { readonly hash: Uint8Array }

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS entries (
    room TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL, bytes BLOB NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY (room, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS heads (room TEXT PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS checkpoints (
    room TEXT PRIMARY KEY, seq INTEGER NOT NULL, state BLOB NOT NULL, state_vector BLOB NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS probe (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;
`

/** The log's tables, synchronous: runs in the log's own thread. */
export const openSqliteRows = (file: string, clock: Pick<Clock, 'now'>) => {
  const db = new Database(file, { timeout: 5_000 })
  db.pragma('journal_mode = WAL')
  // FULL makes each commit wait for fsync of the WAL; "saved" means nothing less.
  db.pragma('synchronous = FULL')
  db.exec(SCHEMA)
  const insert = db.prepare('INSERT INTO entries (room, seq, at, author, bytes, hash) VALUES (?, ?, ?, ?, ?, ?)')
  const setHead = db.prepare(
    'INSERT INTO heads VALUES (?, ?, ?, ?) ON CONFLICT (room) DO UPDATE SET seq = excluded.seq, at = excluded.at, hash = excluded.hash',
  )
  const getHead = db.prepare<RoomHead & { hash: Uint8Array }>('SELECT room, seq, at, hash FROM heads WHERE room = ?')
  const allHeads = db.prepare<RoomHead>('SELECT room, seq, at FROM heads')
  const rowsAfter = db.prepare<StoredRow>(
    'SELECT seq, at, author, bytes AS "update", hash FROM entries WHERE room = ? AND seq > ? ORDER BY seq',
  )
  const hashAt = db.prepare<{ hash: Uint8Array }>('SELECT hash FROM entries WHERE room = ? AND seq = ?')
  const getCheckpoint = db.prepare<Checkpoint>('SELECT seq, state, state_vector AS stateVector FROM checkpoints WHERE room = ?')
  const setCheckpoint = db.prepare(
    `INSERT INTO checkpoints VALUES (?, ?, ?, ?) ON CONFLICT (room) DO UPDATE
     SET seq = excluded.seq, state = excluded.state, state_vector = excluded.state_vector WHERE excluded.seq > checkpoints.seq`,
  )
  const setProbe = db.prepare('INSERT INTO probe VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at')

  const write = ({ room, entries, first }: Write): Written => {
    const head = getHead.get(room)
    if (first && head !== undefined) return { seq: head.seq, at: head.at, wrote: false }
    let seq = head?.seq ?? 0
    let hash: Uint8Array = head?.hash ?? CHAIN_START
    // Time never falls within a room, whatever the machine's clock does.
    const at = Math.max(clock.now(), head?.at ?? 0)
    for (const { update, author } of entries) {
      seq += 1
      hash = hashRow(hash, { seq, at, author, update })
      insert.run(room, seq, at, author, update, hash)
    }
    if (entries.length > 0) setHead.run(room, seq, at, hash)
    return { seq, at, wrote: true }
  }

  return {
    /** One transaction, one fsync, however many rooms it touches. */
    commit: db.transaction((writes: readonly Write[]): Written[] => writes.map(write)).immediate,
    read: (room: string, after: number): LogRow[] => {
      const rows = rowsAfter.all(room, after)
      const lastSeq = getHead.get(room)?.seq ?? 0
      if (lastSeq <= after) return []
      const before = after === 0 ? CHAIN_START : hashAt.get(room, after)?.hash
      if (before === undefined) throw new DamagedLog(`room ${room}: entry ${after} is missing`)
      if (rows[0]?.seq !== after + 1 || rows.at(-1)?.seq !== lastSeq)
        throw new DamagedLog(`room ${room}: entries up to ${lastSeq} are not all there`)
      verifyRows(room, before, rows)
      return rows.map(({ seq, at, author, update }) => ({ seq, at, author, update }))
    },
    head: (room: string): RoomHead | null => {
      const head = getHead.get(room)
      return head === undefined ? null : { room, seq: head.seq, at: head.at }
    },
    heads: (): RoomHead[] => allHeads.all(),
    checkpoint: (room: string): Checkpoint | null => getCheckpoint.get(room) ?? null,
    storeCheckpoint: (room: string, { seq, state, stateVector }: Checkpoint): void => {
      setCheckpoint.run(room, seq, state, stateVector)
    },
    probe: (): void => {
      setProbe.run(clock.now())
    },
    close: (): void => db.close(),
  }
}

export type SqliteRows = ReturnType<typeof openSqliteRows>
