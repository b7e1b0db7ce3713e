import { existsSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { dataFiles } from '../data-folder.ts'
import type { OperationOutcome } from './backup.ts'

type Totals = { rooms: number; entries: number; bytes: number | null; newest: number | null; checkpoints: number | null }

/** What the log holds, and how large the files are. */
export const stats = (folder: string): OperationOutcome => {
  const files = dataFiles(folder)
  if (!existsSync(files.log)) return { ok: false, message: `STET_DATA: ${folder} holds no log` }
  const db = new Database(files.log, { readonly: true, timeout: 5_000 })
  try {
    const totals = db
      .prepare<Totals>(
        `SELECT (SELECT count(*) FROM rooms) AS rooms, max(at) AS newest, count(*) AS entries,
           sum(length(bytes)) AS bytes, (SELECT sum(length(state)) FROM checkpoints) AS checkpoints FROM entries`,
      )
      .get() as Totals
    const sizes = Object.values(files).map((file) => sizeOf(file) + sizeOf(`${file}-wal`))
    const lines = [
      `dispatches   ${totals.rooms}`,
      `entries      ${totals.entries}, ${totals.bytes ?? 0} bytes`,
      `checkpoints  ${totals.checkpoints ?? 0} bytes`,
      `newest       ${totals.newest === null ? 'none' : new Date(totals.newest).toISOString()}`,
      `files        ${sizes.reduce((sum, size) => sum + size, 0)} bytes`,
    ]
    return { ok: true, lines, sound: true }
  } finally {
    db.close()
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0
