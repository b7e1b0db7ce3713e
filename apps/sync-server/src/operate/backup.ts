import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { dataFiles } from '../data-folder.ts'
import { decodeHeads, encodeHeads, readHeadFile, type WrittenHead } from '../log/head-file.ts'
import { requireLogVersion } from '../log/log-tables.ts'
import { provenHeads, type Verdict, verifyLog } from '../log/verify-log.ts'
import { pictures, recordings } from './hashed-files.ts'
import { fsyncFile } from './swap-in.ts'
import { allSound, faultLine, faultsOf, type Report, type Uploaded } from './verify.ts'

/**
 * A backup is one SQLite file: the log as it stood at one moment, and in the table `backup` the database of people and
 * revisions, and a head file of its own, so that a dispatch or its end that went missing from the file is noticed. Recordings and
 * artwork stand beside it in pieces.
 */
const MANIFEST = `CREATE TABLE backup (
  id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL, heads BLOB NOT NULL, desk BLOB NOT NULL, desk_sha256 BLOB NOT NULL
) STRICT`

export type OperationOutcome =
  | { readonly ok: true; readonly lines: readonly string[]; readonly sound: boolean }
  | { readonly ok: false; readonly message: string }

/** Works beside a running server: each copy is one read of the database at one moment. */
export const backUp = (folder: string, target: string, now: number): OperationOutcome => {
  const files = dataFiles(folder)
  const file = resolve(target)
  if (!existsSync(files.log)) return { ok: false, message: `STET_DATA: ${folder} holds no log to back up` }
  if (existsSync(file)) return { ok: false, message: `${file} is there already; give a name that is free` }
  const draft = `${file}.partial`
  const deskDraft = `${file}.desk.partial`
  try {
    for (const each of [draft, deskDraft]) rmSync(each, { force: true })
    // People and revisions first: of each revision the dispatch is then in the log.
    copyDatabase(files.desk, deskDraft)
    // And heads before what they speak of.
    const { heads } = readHeadFile(files.heads)
    copyDatabase(files.log, draft)
    // Files last: whatever names one was written after it had come.
    const { verdict, files: uploaded } = sealBackup(draft, { heads, desk: readFileSync(deskDraft), folders: files, now })
    fsyncFile(draft)
    renameSync(draft, file)
    fsyncFile(dirname(file))
    const lost = faultsOf(uploaded)
    const sound = verdict.faults.length + lost.length === 0
    const lines = [
      ...verdict.faults.map((fault) => faultLine(fault, () => null)),
      ...lost,
      `${file}: ${sound ? allSound(verdict, uploaded) : 'not all is sound'}`,
    ]
    return { ok: true, lines, sound }
  } finally {
    for (const each of [draft, deskDraft]) rmSync(each, { force: true })
  }
}

const copyDatabase = (from: string, to: string): void => {
  const db = new Database(from, { readonly: true, timeout: 5_000 })
  try {
    db.prepare('VACUUM INTO ?').run(to)
  } finally {
    db.close()
  }
}

type Sealing = {
  readonly heads: ReadonlyMap<string, WrittenHead>
  readonly desk: Uint8Array
  readonly folders: { readonly audio: string; readonly artwork: string }
  readonly now: number
}

const sealBackup = (draft: string, { heads, desk, folders, now }: Sealing): { verdict: Verdict; files: Uploaded } => {
  const db = new Database(draft)
  try {
    requireLogVersion(db, draft)
    db.exec(MANIFEST)
    db.prepare('INSERT INTO backup VALUES (1, ?, ?, ?, ?)').run(now, encodeHeads(provenHeads(db)), desk, sha256(desk))
    recordings.putInBackup(folders.audio, db)
    pictures.putInBackup(folders.artwork, db)
    return { verdict: verifyLog(db, heads), files: uploadedIn(db) }
  } finally {
    db.close()
  }
}

const uploadedIn = (db: Database): Uploaded => ({ recordings: recordings.verifyBackup(db), pictures: pictures.verifyBackup(db) })

/** `desk`: the bytes of the database of people and revisions; null where they are not what was written. */
export type OpenBackup = { readonly at: number; readonly desk: Uint8Array | null }

/** Tells all that is wrong with a backup. Throws what SQLite throws when it is no database at all. */
export const verifyBackup = (file: string): Report & OpenBackup => {
  const db = new Database(file, { readonly: true })
  try {
    requireLogVersion(db, file, 'restore it with that one, then start this one')
    type Row = { at: number; heads: Uint8Array; desk: Uint8Array; desk_sha256: Uint8Array }
    const manifest = db.prepare<Row>('SELECT at, heads, desk, desk_sha256 FROM backup WHERE id = 1').get()
    if (manifest === undefined) throw new Error('its manifest is missing')
    const { heads, unreadableSlots } = decodeHeads(manifest.heads)
    const verdict = verifyLog(db, heads)
    const uploaded = uploadedIn(db)
    const isDeskSound = isSame(sha256(manifest.desk), manifest.desk_sha256)
    const faults = [
      ...verdict.faults.map((fault) => faultLine(fault, () => null)),
      ...(unreadableSlots === 0 ? [] : [`its heads: ${unreadableSlots} of them are not what was written`]),
      ...faultsOf(uploaded),
      ...(isDeskSound ? [] : ['people and revisions are not what was backed up']),
    ]
    return {
      lines: faults.length === 0 ? [allSound(verdict, uploaded)] : faults,
      sound: faults.length === 0,
      at: manifest.at,
      desk: isDeskSound ? manifest.desk : null,
    }
  } finally {
    db.close()
  }
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
