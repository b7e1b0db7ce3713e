import Database from 'better-sqlite3'
import { bringUpToDate } from './bring-up-to-date.ts'

const SCHEMA_VERSION = 2
/**
 * `entries` holds the newest entries of a room, and `history` all that came before, in packs. `hash` is the chain's, at the
 * (last) entry of the row. `sha256` is of its own row, against flipped bits; that of a checkpoint or a pack is over `digest`,
 * which is over the long column at its end, so that where it stands can be trusted without reading all of it.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS entries (
    room TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL, bytes BLOB NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY (room, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE rooms (
    room TEXT PRIMARY KEY, lineage TEXT NOT NULL, epoch TEXT NOT NULL, sha256 BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE checkpoints (
    room TEXT PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, hash BLOB NOT NULL, digest BLOB NOT NULL, sha256 BLOB NOT NULL,
    holdings BLOB NOT NULL, state BLOB NOT NULL
  ) STRICT;
  CREATE TABLE history (
    room TEXT NOT NULL, from_seq INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, bytes INTEGER NOT NULL,
    hash BLOB NOT NULL, digest BLOB NOT NULL, sha256 BLOB NOT NULL, facts BLOB NOT NULL, updates BLOB NOT NULL,
    PRIMARY KEY (room, from_seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS probe (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;
`

/** The log's database, ready to be written. */
export const openLogDatabase = (file: string): Database => {
  const db = new Database(file, { timeout: 5_000 })
  db.pragma('journal_mode = WAL')
  // FULL makes each commit wait for fsync of the WAL; "saved" means nothing less.
  db.pragma('synchronous = FULL')
  if (versionOf(db) < SCHEMA_VERSION) db.transaction(makeTables).immediate(db)
  requireLogVersion(db, file)
  return db
}

export const requireLogVersion = (
  db: Database,
  file: string,
  remedy = 'start the server once, which brings it up to date',
): void => {
  const version = versionOf(db)
  if (version > SCHEMA_VERSION) throw new Error(`${file} was written by a newer Stet (tables ${version}, here ${SCHEMA_VERSION})`)
  if (version < SCHEMA_VERSION)
    throw new Error(`${file} was written by an older Stet (tables ${version}, here ${SCHEMA_VERSION}); ${remedy}`)
}

const makeTables = (db: Database): void => {
  const isOld = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'heads'").get() !== undefined
  if (isOld) bringUpToDate(db, versionOf(db), SCHEMA)
  else db.exec(SCHEMA)
  db.pragma(`user_version = ${SCHEMA_VERSION}`)
}

const versionOf = (db: Database): number => Number(db.pragma('user_version', { simple: true }))
