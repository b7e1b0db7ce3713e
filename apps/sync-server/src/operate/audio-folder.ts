import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { fsyncFile } from './swap-in.ts'

/** Recordings in a folder and in a backup. Neither is ever whole in memory. */

const CHUNK = 1024 ** 2

/** How many chunks a recording has stands apart from the chunks, so that lost ones are noticed. */
const TABLES = `
  CREATE TABLE audio (name TEXT PRIMARY KEY, chunks INTEGER NOT NULL) STRICT;
  CREATE TABLE audio_chunks (name TEXT NOT NULL, nth INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (name, nth)) STRICT;
`

export type AudioVerdict = { readonly sound: readonly string[]; readonly faults: readonly string[] }

const ALTERED = 'is not what was uploaded'

export const verifyAudioFolder = (folder: string): AudioVerdict =>
  judge(namesIn(folder), (name) => hashOf(chunksOf(join(folder, name))))

export const putAudioInBackup = (folder: string, db: Database): void => {
  db.exec(TABLES)
  const file = db.prepare('INSERT INTO audio VALUES (?, ?)')
  const chunk = db.prepare('INSERT INTO audio_chunks VALUES (?, ?, ?)')
  const putOne = db.transaction((name: string) => {
    let nth = 0
    for (const bytes of chunksOf(join(folder, name))) chunk.run(name, nth++, bytes)
    file.run(name, nth)
  })
  for (const name of namesIn(folder)) putOne(name)
}

export const verifyAudioInBackup = (db: Database): AudioVerdict => {
  const names = filesIn(db)
  return judge([...names.keys()], (name) => hashOf(storedChunks(db, name)))
}

/** Writes what is sound into a folder. */
export const takeAudioFromBackup = (db: Database, folder: string): void => {
  const { sound } = verifyAudioInBackup(db)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of sound) {
    const path = join(folder, name)
    const file = openSync(path, 'wx', 0o600)
    for (const bytes of storedChunks(db, name)) writeSync(file, bytes)
    closeSync(file)
    fsyncFile(path)
  }
  fsyncFile(folder)
}

/** A backup of before there were recordings has none. */
export const hasAudio = (db: Database): boolean =>
  db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'audio'").get() !== undefined

export const dropAudio = (db: Database): void => {
  if (!hasAudio(db)) return
  db.exec('DROP TABLE audio_chunks; DROP TABLE audio')
  db.exec('VACUUM')
}

const filesIn = (db: Database): ReadonlyMap<string, number> =>
  hasAudio(db)
    ? new Map(
        db
          .prepare<{ name: string; chunks: number }>('SELECT name, chunks FROM audio ORDER BY name')
          .all()
          .map(({ name, chunks }) => [name, chunks]),
      )
    : new Map()

function* storedChunks(db: Database, name: string): Generator<Uint8Array> {
  const one = db.prepare<{ bytes: Uint8Array }>('SELECT bytes FROM audio_chunks WHERE name = ? AND nth = ?')
  const count = filesIn(db).get(name) ?? 0
  for (let nth = 0; nth < count; nth++) yield one.get(name, nth)?.bytes ?? new Uint8Array(0)
}

function* chunksOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const chunk = Buffer.alloc(CHUNK)
      const length = readSync(file, chunk)
      if (length === 0) return
      yield chunk.subarray(0, length)
    }
  } finally {
    closeSync(file)
  }
}

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : [])

const judge = (names: readonly string[], hash: (name: string) => string): AudioVerdict => {
  const isSound = new Map(names.map((name) => [name, name.split('.')[0] === hash(name)]))
  return {
    sound: names.filter((name) => isSound.get(name)),
    faults: names.filter((name) => !isSound.get(name)).map((name) => `the recording ${name} ${ALTERED}`),
  }
}

const hashOf = (chunks: Iterable<Uint8Array>): string => {
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}
