import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { snapshotSha256 } from '@stet/render/json'
import { AudioFile, audioFileName } from '@stet/schema/audio'
import Database from 'better-sqlite3'
import { artworkFiles, standingArtwork } from '../artwork/folder-artwork-store.ts'
import { firstBreak } from '../audit/audit-chain.ts'
import { lostSince, readAuditHead } from '../audit/audit-head.ts'
import { readAuditEntries } from '../audit/sqlite-audit-log.ts'
import { dataFiles } from '../data-folder.ts'
import { readHeadFile } from '../log/head-file.ts'
import { requireLogVersion } from '../log/log-tables.ts'
import { type RoomFault, type Verdict, verifyLog } from '../log/verify-log.ts'
import { type FilesVerdict, pictures, recordings } from './hashed-files.ts'

/** What is wrong, a line each; none means that all is sound. */
export type Report = { readonly lines: readonly string[]; readonly sound: boolean }

/** Reads every byte that is content, beside a running server or without one. */
export const verifyFolder = (folder: string): Report => {
  const files = dataFiles(folder)
  // Before the database: what is committed meanwhile is in the database first.
  const { heads, unreadableSlots } = readHeadFile(files.heads)
  if (!existsSync(files.log))
    return heads.size === 0
      ? { lines: [`${folder} holds no log: nothing has been written there yet`], sound: true }
      : { lines: [`the log is gone: the head file tells of ${heads.size} dispatches`], sound: false }
  const log = new Database(files.log, { readonly: true, timeout: 5_000 })
  try {
    requireLogVersion(log, files.log)
    const verdict = verifyLog(log, heads)
    const uploaded = { recordings: recordings.verifyFolder(files.audio), pictures: pictures.verifyFolder(files.artwork) }
    const titleOf = readTitles(files.catalogue)
    const lines = [
      ...verdict.faults.map((fault) => faultLine(fault, titleOf)),
      ...(unreadableSlots === 0
        ? []
        : [`the head file: ${unreadableSlots} of its slots cannot be read; the next start makes them anew`]),
      ...faultsOf(uploaded),
      ...deskFaults(files),
    ]
    return { lines: lines.length === 0 ? [allSound(verdict, uploaded)] : lines, sound: lines.length === 0 }
  } finally {
    log.close()
  }
}

/** What was found of each kind of file. */
export type Uploaded = { readonly recordings: FilesVerdict; readonly pictures: FilesVerdict }

export const faultsOf = (uploaded: Uploaded): string[] => Object.values(uploaded).flatMap(({ faults }) => faults)

export const allSound = ({ rooms, entries }: Verdict, uploaded: Uploaded): string => {
  const counts = Object.entries(uploaded).flatMap(([name, { sound }]) => (sound.length === 0 ? [] : [`${sound.length} ${name}`]))
  return `all sound: ${[`${rooms} dispatches`, `${entries} entries`, ...counts].join(', ')}`
}

export const faultLine = ({ room, kind, seq, message, whole }: RoomFault, titleOf: (room: string) => string | null): string => {
  const title = titleOf(room)
  const name = room === '' ? 'the log' : title === null ? room : `${room} “${title}”`
  return `${name}: ${kind} from entry ${seq}: ${message}; ${whole ? 'the dispatch itself is whole' : 'damaged'}`
}

/** Titles are of the catalogue, which may be gone or damaged itself. */
const readTitles = (file: string): ((room: string) => string | null) => {
  try {
    const db = new Database(file, { readonly: true })
    const rows = db.prepare<{ id: string; title: string }>('SELECT id, title FROM listings').all()
    db.close()
    const titles = new Map(rows.map(({ id, title }) => [id, title]))
    return (room) => titles.get(room) || null
  } catch {
    return () => null
  }
}

type RevisionRow = { dispatch: string; revision: number; sha256: string; snapshot: string }

/** People and revisions: SQLite's own check, each revision's hash, and that its recording and the artwork are there. */
const deskFaults = ({ desk, audio: audioFolder, artwork: artworkFolder, auditHead }: ReturnType<typeof dataFiles>): string[] => {
  if (!existsSync(desk)) return []
  // Before the database: what is committed meanwhile is in the database first.
  const head = readAuditHead(auditHead)
  const name = 'people and revisions'
  try {
    const db = new Database(desk, { readonly: true, timeout: 5_000 })
    try {
      const checks = db.pragma('integrity_check') as { integrity_check: string }[]
      const faults = checks.map((each) => each.integrity_check).filter((each) => each !== 'ok')
      const hasRevisions = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'revisions'").get() !== undefined
      const revisions = hasRevisions
        ? db.prepare<RevisionRow>('SELECT dispatch, revision, sha256, snapshot FROM revisions').all()
        : []
      const audit = readAuditEntries(db)
      const broken = firstBreak(audit)
      const lost = lostSince(head, audit.length, (seq) => audit[seq - 1] ?? null)
      const altered = revisions.filter((each) => !isRevisionSound(each))
      return [
        ...faults.slice(0, 3).map((each) => `${name}: ${each}`),
        ...revisions
          .flatMap((each) => audioOf(each) ?? [])
          .filter((audio) => !existsSync(join(audioFolder, audioFileName(audio))))
          .map((audio) => `the recording ${audioFileName(audio)} is published and gone`),
        ...goneArtwork(db, artworkFolder),
        ...(broken === null ? [] : [`${name}: the audit log is not what was written from entry ${broken} on`]),
        ...(lost === null ? [] : [`${name}: of the audit log ${lost}`]),
        ...altered.map(({ dispatch, revision }) => `${name}: revision ${revision} of ${dispatch} is not what was published`),
      ]
    } finally {
      db.close()
    }
  } catch (error) {
    return [`${name}: they cannot be read: ${error instanceof Error ? error.message : String(error)}`]
  }
}

const goneArtwork = (db: Database, folder: string): string[] => {
  const standing = standingArtwork(db)
  return (standing === null ? [] : artworkFiles(standing))
    .filter((name) => !existsSync(join(folder, name)))
    .map((name) => `the picture ${name} is the show’s artwork and gone`)
}

/** Of a revision that cannot be read, another line tells. */
const audioOf = ({ snapshot }: RevisionRow): AudioFile | null => {
  try {
    return AudioFile.safeParse(JSON.parse(snapshot).audio).data ?? null
  } catch {
    return null
  }
}

const isRevisionSound = ({ snapshot, sha256 }: RevisionRow): boolean => {
  try {
    return snapshotSha256(JSON.parse(snapshot)) === sha256
  } catch {
    return false
  }
}
