import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { isAudioFileName } from '../audio/folder-audio-store.ts'
import { dataFiles, lockDataFolder } from '../data-folder.ts'
import { readHeadFile } from '../log/head-file.ts'
import { requireLogVersion } from '../log/log-tables.ts'
import { verifyLog } from '../log/verify-log.ts'
import { AUDIO_OF } from '../revisions/publishing-tables.ts'
import type { OperationOutcome } from './backup.ts'
import { fsyncFile } from './swap-in.ts'

type Options = {
  /** Younger ones stay: a dispatch that names one may still be on its way. */
  readonly days: number
  readonly isDryRun: boolean
}
type Recording = { readonly name: string; readonly bytes: number; readonly at: number }

const DAY = 24 * 60 * 60 * 1000
/** They may overlap: which of the letters before and after one belong to it cannot be told from the bytes alone. */
const WHEREVER_A_SHA256_MAY_BEGIN = /(?=([0-9a-f]{64}))/g

/**
 * Removes recordings that came and that no dispatch ever named. Whatever stands in its history can be shown and restored, so a recording
 * that another took the place of stays, as does all that was ever published.
 */
export const tidy = (folder: string, { days, isDryRun }: Options, now: number): OperationOutcome => {
  const files = dataFiles(folder)
  if (!existsSync(files.log)) return { ok: false, message: `STET_DATA: ${folder} holds no log` }
  // While a server writes, a dispatch might come to name what is being removed.
  const lock = isDryRun ? null : lockDataFolder(folder)
  if (!isDryRun && lock === null) return { ok: false, message: `STET_DATA: a server is using ${folder}; stop it first` }
  try {
    const old = recordingsIn(files.audio).filter(({ at }) => at <= now - days * DAY)
    const found = withoutNamed(old, files)
    if (found === null)
      return {
        ok: false,
        message: 'tidy: not all dispatches can be read, and what cannot be read may name any recording; run “verify”',
      }
    if (!isDryRun) remove(files.audio, found)
    return { ok: true, lines: told(found, days, isDryRun), sound: true }
  } finally {
    lock?.release()
  }
}

/** What bears another name was not uploaded, and is left alone. */
const recordingsIn = (folder: string): Recording[] =>
  (existsSync(folder) ? readdirSync(folder).sort() : []).filter(isAudioFileName).map((name) => {
    const { size, mtimeMs } = statSync(join(folder, name))
    return { name, bytes: size, at: mtimeMs }
  })

/** Null: not everything that might name one can be read. */
const withoutNamed = (recordings: readonly Recording[], files: ReturnType<typeof dataFiles>): Recording[] | null => {
  const unnamed = new Map(recordings.map((recording) => [recording.name.slice(0, 64), recording]))
  const { heads, unreadableSlots } = readHeadFile(files.heads)
  const log = new Database(files.log, { readonly: true, timeout: 5_000 })
  try {
    requireLogVersion(log, files.log)
    const { faults } = verifyLog(log, heads, ({ update }) => {
      // A name stands in an update letter by letter, so nothing has to be decoded to find it.
      const letters = Buffer.from(update.buffer, update.byteOffset, update.byteLength).toString('latin1')
      for (const [, sha256 = ''] of letters.matchAll(WHEREVER_A_SHA256_MAY_BEGIN)) unnamed.delete(sha256)
    })
    if (faults.length + unreadableSlots > 0) return null
  } finally {
    log.close()
  }
  for (const sha256 of publishedAudio(files.desk)) unnamed.delete(sha256)
  return [...unnamed.values()]
}

const publishedAudio = (file: string): string[] => {
  if (!existsSync(file)) return []
  const db = new Database(file, { readonly: true, timeout: 5_000 })
  try {
    return db
      .prepare<{ sha256: string }>(`SELECT DISTINCT ${AUDIO_OF} AS sha256 FROM revisions WHERE ${AUDIO_OF} IS NOT NULL`)
      .all()
      .map(({ sha256 }) => sha256)
  } finally {
    db.close()
  }
}

const remove = (folder: string, recordings: readonly Recording[]): void => {
  if (recordings.length === 0) return
  for (const { name } of recordings) rmSync(join(folder, name))
  fsyncFile(folder)
}

const told = (recordings: readonly Recording[], days: number, isDryRun: boolean): string[] => {
  if (recordings.length === 0) return [`nothing to tidy: every recording was named by a dispatch, or came within ${days} days`]
  const bytes = recordings.reduce((sum, recording) => sum + recording.bytes, 0)
  return [
    ...recordings.map((each) => `${each.name}  ${each.bytes} bytes, came ${new Date(each.at).toISOString().slice(0, 10)}`),
    `${counted(recordings)} that no dispatch ever named, ${bytes} bytes: ${isDryRun ? 'would go' : 'removed'}`,
  ]
}

const counted = ({ length }: readonly Recording[]): string => (length === 1 ? '1 recording' : `${length} recordings`)
