import type Database from 'better-sqlite3'
import type { Clock } from '../clock.ts'
import { auditHash, FIRST_HASH } from './audit-chain.ts'
import { type AuditHead, lostSince } from './audit-head.ts'
import type { AuditAct, AuditEntry, AuditLog, AuditNote } from './audit-log.ts'

const TABLE = `
  CREATE TABLE IF NOT EXISTS audit (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, act TEXT NOT NULL, by_whom TEXT, about TEXT NOT NULL, address TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER IF NOT EXISTS audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
  CREATE TRIGGER IF NOT EXISTS audit_stands BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
`

type Row = { seq: number; at: number; act: AuditAct; by_whom: string | null; about: string; address: string; hash: string }

/** Without a head, an end that is cut off goes unnoticed. What the head finds gone is noted as an entry, for good. */
export const createSqliteAuditLog = (db: Database, clock: Pick<Clock, 'now'>, head: AuditHead | null = null): AuditLog => {
  db.exec(TABLE)
  const newest = db.prepare<Row>('SELECT * FROM audit ORDER BY seq DESC LIMIT 1')
  const bySeq = db.prepare<Row>('SELECT * FROM audit WHERE seq = ?')
  const after = db.prepare<Row>('SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?')
  const insert = db.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)')
  const add = db.transaction((note: AuditNote): AuditEntry => {
    const last = newest.get()
    const entry = { ...note, seq: (last?.seq ?? 0) + 1, at: clock.now() }
    const hash = auditHash(last?.hash ?? FIRST_HASH, entry)
    insert.run(entry.seq, entry.at, entry.act, entry.by, entry.about, entry.address, hash)
    return { ...entry, hash }
  })
  const addAndMark = (note: AuditNote): AuditEntry => {
    const entry = add.immediate(note)
    head?.set(entry)
    return entry
  }
  const last = newest.get()
  const lost = lostSince(head?.found ?? null, last?.seq ?? 0, (seq) => bySeq.get(seq) ?? null)
  if (lost !== null) addAndMark({ act: 'found entries gone', by: null, about: lost, address: '' })
  else if (last !== undefined) head?.set(last)
  return {
    add: async (note) => addAndMark(note),
    read: async (seq, most) => after.all(seq, most).map(entryOf),
    newest: async () => {
      const row = newest.get()
      return row === undefined ? null : entryOf(row)
    },
  }
}

/** Of a database that is only read; none where it is of before there was a log. */
export const readAuditEntries = (db: Database): AuditEntry[] =>
  db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'audit'").get() === undefined
    ? []
    : db.prepare<Row>('SELECT * FROM audit ORDER BY seq').all().map(entryOf)

const entryOf = ({ by_whom, ...entry }: Row): AuditEntry => ({ ...entry, by: by_whom })
