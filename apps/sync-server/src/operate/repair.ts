import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { dataFiles, lockDataFolder } from '../data-folder.ts'
import { readHeadFile } from '../log/head-file.ts'
import { openLogDatabase, requireLogVersion } from '../log/log-tables.ts'
import { salvageLog } from '../log/salvage-log.ts'
import { verifyLog } from '../log/verify-log.ts'
import type { OperationOutcome } from './backup.ts'
import { fsyncFile, swapIn, timeName } from './swap-in.ts'

/**
 * Makes a new log of all that is sound and keeps the old one aside as it is. Sound dispatches go over byte for byte; a
 * damaged one goes on from its last sound state in a new epoch, so that desks give back what they hold beyond it.
 */
export const repair = (folder: string, now: number): OperationOutcome => {
  const files = dataFiles(folder)
  const { heads } = readHeadFile(files.heads)
  const isThere = existsSync(files.log)
  if (!isThere && heads.size === 0) return { ok: false, message: `STET_DATA: ${folder} holds no log` }
  const lock = lockDataFolder(folder)
  if (lock === null) return { ok: false, message: `STET_DATA: a server is using ${folder}; stop it first` }
  const draft = `${files.log}.repairing`
  const headsDraft = `${files.heads}.repairing`
  try {
    for (const each of [draft, `${draft}-wal`, `${draft}-shm`]) rmSync(each, { force: true })
    // A log that is gone is an empty one: the head file tells of its dispatches.
    const old = isThere ? new Database(files.log, { timeout: 5_000 }) : openLogDatabase(files.log)
    let lines: string[]
    try {
      requireLogVersion(old, files.log)
      const { faults } = verifyLog(old, heads)
      if (faults.length === 0) return { ok: true, lines: ['all is sound: there is nothing to repair'], sound: true }
      lines = salvageLog(old, heads, draft, now)
    } finally {
      old.close()
    }
    // Empty: the next start writes the heads of what goes on.
    writeFileSync(headsDraft, '', { mode: 0o600 })
    for (const each of [draft, headsDraft]) fsyncFile(each)
    const aside = join(folder, `before-repair-${timeName(now)}`)
    const fresh = new Map([
      [files.log, draft],
      [files.heads, headsDraft],
    ])
    swapIn(folder, { aside, fresh, derived: [files.catalogue] })
    return { ok: true, lines: [...lines, `the log as it was found is in ${aside}`], sound: true }
  } finally {
    lock.release()
  }
}
