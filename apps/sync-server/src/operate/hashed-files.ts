import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { fsyncFile } from './swap-in.ts'

/** Files named by the hash of their bytes, in a folder and in a backup. None is ever whole in memory. */
export type HashedFiles = {
  readonly verifyFolder: (folder: string) => FilesVerdict
  readonly putInBackup: (folder: string, db: Database) => void
  readonly verifyBackup: (db: Database) => FilesVerdict
  /** Writes what is sound into a folder. */
  readonly takeFromBackup: (db: Database, folder: string) => void
  readonly drop: (db: Database) => void
}

export type FilesVerdict = { readonly sound: readonly string[]; readonly faults: readonly string[] }

const CHUNK = 1024 ** 2

/**
 * `table`: theirs in a backup; one of before there were such files has none. `thing`: what one of them is called where people are told of it.
 */
const createHashedFiles = (table: string, thing: string): HashedFiles => {
  // How many chunks a file has stands apart from the chunks, so that lost ones are noticed.
  const tables = `
    CREATE TABLE ${table} (name TEXT PRIMARY KEY, chunks INTEGER NOT NULL) STRICT;
    CREATE TABLE ${table}_chunks (name TEXT NOT NULL, nth INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (name, nth)) STRICT;
  `

  const judge = (names: readonly string[], hash: (name: string) => string): FilesVerdict => {
    const isSound = new Map(names.map((name) => [name, name.split('.')[0] === hash(name)]))
    return {
      sound: names.filter((name) => isSound.get(name)),
      faults: names.filter((name) => !isSound.get(name)).map((name) => `the ${thing} ${name} is not what was uploaded`),
    }
  }

  const isIn = (db: Database): boolean => db.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(table) !== undefined

  const chunkCounts = (db: Database): ReadonlyMap<string, number> =>
    isIn(db)
      ? new Map(
          db
            .prepare<{ name: string; chunks: number }>(`SELECT name, chunks FROM ${table} ORDER BY name`)
            .all()
            .map(({ name, chunks }) => [name, chunks]),
        )
      : new Map()

  function* storedChunks(db: Database, name: string): Generator<Uint8Array> {
    const one = db.prepare<{ bytes: Uint8Array }>(`SELECT bytes FROM ${table}_chunks WHERE name = ? AND nth = ?`)
    const count = chunkCounts(db).get(name) ?? 0
    for (let nth = 0; nth < count; nth++) yield one.get(name, nth)?.bytes ?? new Uint8Array(0)
  }

  const verifyBackup = (db: Database): FilesVerdict =>
    judge([...chunkCounts(db).keys()], (name) => hashOf(storedChunks(db, name)))

  return {
    verifyFolder: (folder) => judge(namesIn(folder), (name) => hashOf(chunksOf(join(folder, name)))),

    putInBackup: (folder, db) => {
      db.exec(tables)
      const file = db.prepare(`INSERT INTO ${table} VALUES (?, ?)`)
      const chunk = db.prepare(`INSERT INTO ${table}_chunks VALUES (?, ?, ?)`)
      const putOne = db.transaction((name: string) => {
        let nth = 0
        for (const bytes of chunksOf(join(folder, name))) chunk.run(name, nth++, bytes)
        file.run(name, nth)
      })
      for (const name of namesIn(folder)) putOne(name)
    },

    verifyBackup,

    takeFromBackup: (db, folder) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      for (const name of verifyBackup(db).sound) {
        const path = join(folder, name)
        const file = openSync(path, 'wx', 0o600)
        for (const bytes of storedChunks(db, name)) writeSync(file, bytes)
        closeSync(file)
        fsyncFile(path)
      }
      fsyncFile(folder)
    },

    drop: (db) => {
      if (isIn(db)) db.exec(`DROP TABLE ${table}_chunks; DROP TABLE ${table}`)
    },
  }
}

export const recordings = createHashedFiles('audio', 'recording')
export const pictures = createHashedFiles('artwork', 'picture')

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

const hashOf = (chunks: Iterable<Uint8Array>): string => {
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}
