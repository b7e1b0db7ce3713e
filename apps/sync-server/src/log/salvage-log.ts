import type Database from 'better-sqlite3'
import type { WrittenHead } from './head-file.ts'
import { openLogDatabase } from './log-tables.ts'
import { prepareReading, type Reading } from './reading.ts'
import { CHAIN_START, hashIdentity, hashRow, newEpochId } from './row-hash.ts'
import { readStoredRoom } from './stored-room.ts'
import type { Epoch, LogRow } from './update-log.ts'
import { findRooms, verifyLog } from './verify-log.ts'
import { walkRoom } from './walk-room.ts'

/** Who stands as the author of an entry that takes the place of what could not be read. */
const AUTHOR = 'repair'
const EMPTY_UPDATE = Uint8Array.of(0, 0)

/** What a room is stored in, and how many columns each has. */
const TABLES = [
  ['rooms', 4],
  ['history', 10],
  ['checkpoints', 8],
  ['entries', 6],
] as const
type Column = string | number | Uint8Array

/** Writes all that is sound of one log into a new one; answers a line for each room that did not go over as it was. */
export const salvageLog = (old: Database, heads: ReadonlyMap<string, WrittenHead>, file: string, now: number): string[] => {
  const reading = prepareReading(old)
  const faulty = new Set(verifyLog(old, heads).faults.map(({ room }) => room))
  const db = openLogDatabase(file)
  const insert = db.prepare('INSERT INTO entries (room, seq, at, author, bytes, hash) VALUES (?, ?, ?, ?, ?, ?)')
  const insertRoom = db.prepare('INSERT INTO rooms VALUES (?, ?, ?, ?)')
  const copies = TABLES.map(([table, width]) => ({
    read: old.prepare<Record<string, Column>>(`SELECT * FROM ${table} WHERE room = ?`),
    insert: db.prepare(`INSERT INTO ${table} VALUES (${Array.from({ length: width }, () => '?').join(', ')})`),
  }))
  const lines: string[] = []

  const copy = (room: string) => {
    for (const { read, insert } of copies) for (const row of read.iterate(room)) insert.run(...Object.values(row))
  }
  const write = (room: string, rows: readonly LogRow[], epoch: Epoch) => {
    let hash: Uint8Array = CHAIN_START
    let seq = 0
    let at = 0
    for (const row of rows) {
      seq += 1
      at = Math.max(at, row.at)
      hash = hashRow(hash, { ...row, seq, at })
      insert.run(room, seq, at, row.author, row.update, hash)
    }
    insertRoom.run(room, epoch.lineage, epoch.epoch, hashIdentity(room, epoch))
  }
  const salvage = db.transaction((room: string) => {
    const epoch = readableEpoch(reading, room)
    if (!faulty.has(room)) return copy(room)
    const { rows, line, isEmpty } = lastSoundState(reading, room, heads.get(room), now)
    if (isEmpty && epoch === null && !heads.has(room)) {
      lines.push(`${room}: what stands under this name belongs to no dispatch; it stays in the old log`)
      return
    }
    const lineage = epoch?.lineage ?? heads.get(room)?.lineage ?? newEpochId()
    write(room, rows, { lineage, epoch: newEpochId() })
    lines.push(`${room}: ${line}`)
  })
  try {
    for (const room of findRooms(reading, heads).rooms) salvage.immediate(room)
    // All in the one file that is put into place.
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
  return lines
}

const lastSoundState = (reading: Reading, room: string, expected: WrittenHead | undefined, now: number) => {
  const stored = readStoredRoom(reading, room, expected)
  const fromStart = soundRows(reading, room)
  const reach = stored.rows.at(-1)?.seq ?? stored.checkpoint?.seq ?? 0
  if (fromStart.length >= reach && fromStart.length > 0)
    return { rows: fromStart, line: `goes on from entry ${fromStart.length}; its history is kept`, isEmpty: false }
  if (stored.checkpoint !== null) {
    const { state, seq } = stored.checkpoint
    const first: LogRow = { seq: 1, at: stored.rows[0]?.at ?? now, author: AUTHOR, update: state }
    return {
      rows: [first, ...stored.rows],
      line: `goes on from entry ${reach}; its history before entry ${seq} is in the old log only`,
      isEmpty: false,
    }
  }
  const empty: LogRow = { seq: 1, at: now, author: AUTHOR, update: EMPTY_UPDATE }
  return {
    rows: [empty],
    line: 'nothing of it could be read; it begins empty, and desks give back what they hold',
    isEmpty: true,
  }
}

const soundRows = (reading: Reading, room: string): LogRow[] => {
  const rows: LogRow[] = []
  walkRoom(reading, room, ({ hash: _, ...row }) => rows.push(row))
  return rows
}

const readableEpoch = (reading: Reading, room: string): Epoch | null => {
  try {
    return reading.identity(room) ?? null
  } catch {
    return null
  }
}
