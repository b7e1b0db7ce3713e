import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { createSqliteAuditLog } from '../audit/sqlite-audit-log.ts'
import { dataFiles, lockDataFolder, prepareDataFolder } from '../data-folder.ts'
import { beginEpoch } from '../log/begin-epoch.ts'
import { type OperationOutcome, verifyBackup } from './backup.ts'
import { pictures, recordings } from './hashed-files.ts'
import { fsyncFile, swapIn, timeName } from './swap-in.ts'

/**
 * Puts a backup in the place of a data folder. Every dispatch begins a new epoch in it, so that desks know that the
 * server has gone back and give back what they hold beyond it.
 */
export const restore = (folder: string, source: string, force: boolean, now: number): OperationOutcome => {
  const files = dataFiles(folder)
  const file = resolve(source)
  if (!existsSync(file)) return { ok: false, message: `${file} is not there` }
  prepareDataFolder(folder)
  const lock = lockDataFolder(folder)
  if (lock === null) return { ok: false, message: `STET_DATA: a server is using ${folder}; stop it first` }
  try {
    if (existsSync(files.log) && !force)
      return { ok: false, message: `${folder} holds dispatches already; --force puts them aside and the backup in their place` }
    const report = verifyOrFault(file)
    if (!report.sound && (!force || !('at' in report)))
      return { ok: false, message: [...report.lines, `${file} is not sound; nothing was restored`].join('\n') }
    const drafts = {
      log: `${files.log}.restoring`,
      desk: `${files.desk}.restoring`,
      heads: `${files.heads}.restoring`,
      auditHead: `${files.auditHead}.restoring`,
    }
    const folderDrafts = { audio: `${files.audio}.restoring`, artwork: `${files.artwork}.restoring` }
    for (const each of [...Object.values(drafts), ...Object.values(folderDrafts)]) rmSync(each, { recursive: true, force: true })
    copyFileSync(file, drafts.log)
    makeLog(drafts.log, folderDrafts)
    const fresh = new Map([[files.log, drafts.log]])
    if ('desk' in report && report.desk !== null) {
      writeFileSync(drafts.desk, report.desk, { mode: 0o600 })
      noteRestore(drafts.desk, file, now)
      fresh.set(files.desk, drafts.desk)
      writeFileSync(drafts.auditHead, '', { mode: 0o600 })
      fresh.set(files.auditHead, drafts.auditHead)
    }
    // Empty, as that of the audit log: the next start writes the heads of what was restored.
    writeFileSync(drafts.heads, '', { mode: 0o600 })
    fresh.set(files.heads, drafts.heads)
    for (const draft of fresh.values()) fsyncFile(draft)
    fresh.set(files.audio, folderDrafts.audio)
    fresh.set(files.artwork, folderDrafts.artwork)
    const aside = join(folder, `before-restore-${timeName(now)}`)
    swapIn(folder, { aside, fresh, derived: [files.catalogue] })
    const from = 'at' in report ? ` of ${new Date(report.at).toISOString()}` : ''
    return {
      ok: true,
      lines: [...report.lines, `${folder} holds the backup${from}; what was there before is in ${aside}`],
      sound: report.sound,
    }
  } finally {
    lock.release()
  }
}

const verifyOrFault = (file: string) => {
  try {
    return verifyBackup(file)
  } catch (error) {
    return {
      sound: false,
      lines: [`it cannot be read as a backup: ${error instanceof Error ? error.message : String(error)}`],
    } as const
  }
}

const noteRestore = (draft: string, file: string, now: number): void => {
  const db = new Database(draft)
  try {
    const audit = createSqliteAuditLog(db, { now: () => now })
    void audit.add({ act: 'restored a backup', by: null, about: file, address: '' })
  } finally {
    db.close()
  }
}

/** Of a backup: recordings and artwork go into their folders, and what is left is a log. */
const makeLog = (draft: string, folders: { readonly audio: string; readonly artwork: string }): void => {
  const db = new Database(draft)
  try {
    recordings.takeFromBackup(db, folders.audio)
    pictures.takeFromBackup(db, folders.artwork)
    for (const each of [recordings, pictures]) each.drop(db)
    db.exec('DROP TABLE backup')
    db.exec('VACUUM')
    beginEpoch(db)
  } finally {
    db.close()
  }
}
