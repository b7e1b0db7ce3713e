import Database from 'better-sqlite3'
import { hashHead, newEpochId } from './row-hash.ts'

const SCHEMA_VERSION = 1
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS entries (
    room TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL, bytes BLOB NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY (room, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE heads (
    room TEXT PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, hash BLOB NOT NULL,
    lineage TEXT NOT NULL, epoch TEXT NOT NULL, sha256 BLOB NOT NULL
  ) STRICT;
  CREATE TABLE checkpoints (
    room TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash BLOB NOT NULL, state BLOB NOT NULL, state_vector BLOB NOT NULL, sha256 BLOB NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS probe (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;
  PRAGMA user_version = ${SCHEMA_VERSION};
`

/** The log's database, ready to be written. `hash` is the chain's; `sha256` is of its own row, against flipped bits. */
export const openLogDatabase = (file: string): Database => {
  const db = new Database(file, { timeout: 5_000 })
  db.pragma('journal_mode = WAL')
  // FULL makes each commit wait for fsync of the WAL; "saved" means nothing less.
  db.pragma('synchronous = FULL')
  if (db.pragma('user_version', { simple: true }) === 0) db.transaction(makeTables).immediate(db)
  requireLogVersion(db, file)
  return db
}

export const requireLogVersion = (db: Database, file: string): void => {
  const version = Number(db.pragma('user_version', { simple: true }))
  if (version > SCHEMA_VERSION) throw new Error(`${file} was written by a newer Stet (tables ${version}, here ${SCHEMA_VERSION})`)
  if (version < SCHEMA_VERSION)
    throw new Error(`${file} was written by an older Stet; start the server once, which brings it up to date`)
}

type OldHead = { room: string; seq: number; at: number; hash: Uint8Array }

/** Tables of before had heads without epochs, and checkpoints without hashes: those are made again from the entries. */
const makeTables = (db: Database): void => {
  const hasHeads = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'heads'").get() !== undefined
  const heads = hasHeads ? db.prepare<OldHead>('SELECT room, seq, at, hash FROM heads').all() : []
  db.exec('DROP TABLE IF EXISTS heads; DROP TABLE IF EXISTS checkpoints;')
  db.exec(SCHEMA)
  const insert = db.prepare('INSERT INTO heads VALUES (?, ?, ?, ?, ?, ?, ?)')
  for (const { room, seq, at, hash } of heads) {
    const epoch = { lineage: newEpochId(), epoch: newEpochId() }
    insert.run(room, seq, at, hash, epoch.lineage, epoch.epoch, hashHead(room, { seq, at, hash, epoch }))
  }
}
