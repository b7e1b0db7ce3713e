import { existsSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { dataFiles } from '../data-folder.ts'
import type { OperationOutcome } from './backup.ts'

type Totals = Record<'rooms' | 'entries' | 'bytes' | 'newest' | 'checkpoints' | 'packs', number>

/** What the log holds, and how large the files are. */
export const stats = (folder: string): OperationOutcome => {
  const files = dataFiles(folder)
  if (!existsSync(files.log)) return { ok: false, message: `STET_DATA: ${folder} holds no log` }
  const db = new Database(files.log, { readonly: true, timeout: 5_000 })
  try {
    const totals = db
      .prepare<Totals>(
        `SELECT (SELECT count(*) FROM rooms) AS rooms,
           (SELECT count(*) FROM entries) + (SELECT total(seq - from_seq + 1) FROM history) AS entries,
           (SELECT total(length(bytes)) FROM entries) + (SELECT total(bytes) FROM history) AS bytes,
           (SELECT total(length(facts) + length(updates)) FROM history) AS packs,
           (SELECT total(length(state)) FROM checkpoints) AS checkpoints,
           (SELECT coalesce(max(at), 0) FROM (SELECT at FROM entries UNION ALL SELECT at FROM history)) AS newest`,
      )
      .get() as Totals
    const sizes = Object.values(files).map((file) => sizeOf(file) + sizeOf(`${file}-wal`))
    const lines = [
      `dispatches   ${totals.rooms}`,
      `entries      ${totals.entries}, ${totals.bytes} bytes`,
      `history      ${totals.packs} bytes, as it is stored`,
      `checkpoints  ${totals.checkpoints} bytes`,
      `newest       ${totals.newest === 0 ? 'none' : new Date(totals.newest).toISOString()}`,
      `files        ${sizes.reduce((sum, size) => sum + size, 0)} bytes`,
    ]
    return { ok: true, lines, sound: true }
  } finally {
    db.close()
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0
