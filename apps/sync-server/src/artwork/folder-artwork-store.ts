import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Artwork, type ArtworkType, artworkPath, smallArtworkPath } from '@stet/schema/artwork'
import type Database from 'better-sqlite3'
import { type Arrived, syncNames, writeDown } from '../uploads/write-down.ts'
import { readArtworkFacts } from './artwork-facts.ts'
import type { ArtworkStore, ReceivedArtwork } from './artwork-store.ts'

type Options = {
  /** Says which artwork stands. */
  readonly desk: Database
  /** Has its files. */
  readonly folder: string
  /** For what is still coming in, on the same disk. */
  readonly incoming: string
  readonly maxBytes: number
  /** Milliseconds in which at least something has to come. */
  readonly patience: number
}

export const openFolderArtworkStore = ({ desk, folder, incoming, maxBytes, patience }: Options): ArtworkStore => {
  desk.exec('CREATE TABLE IF NOT EXISTS artwork (one INTEGER PRIMARY KEY CHECK (one = 1), facts TEXT NOT NULL) STRICT')
  const write = desk.prepare(
    'INSERT INTO artwork (one, facts) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET facts = excluded.facts',
  )
  const erase = desk.prepare('DELETE FROM artwork')
  let standing = standingArtwork(desk)
  // What was coming in when the server ended comes no more.
  rmSync(incoming, { recursive: true, force: true })
  for (const each of [folder, incoming]) mkdirSync(each, { recursive: true, mode: 0o700 })
  // What was taken off or replaced goes now and not at once: a backup that is just being made may have it in its list.
  const named = new Set(standing === null ? [] : artworkFiles(standing))
  for (const each of readdirSync(folder)) if (!named.has(each)) rmSync(join(folder, each))

  const keep = async (draft: string, arrived: Arrived, name: string): Promise<ReceivedArtwork> => {
    const facts = await readArtworkFacts(draft)
    if (!facts.ok) return facts
    const { type, pixels, small } = facts
    const artwork = Artwork.parse({
      ...arrived,
      type,
      pixels,
      small: createHash('sha256').update(small).digest('hex'),
      name,
    })
    const smallDraft = `${draft}.small`
    try {
      await writeFile(smallDraft, small, { mode: 0o600, flush: true })
      const [whole, copy] = artworkFiles(artwork)
      await rename(smallDraft, join(folder, copy))
      await rename(draft, join(folder, whole))
      await syncNames(folder)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return { ok: false, fault: { kind: 'full' } }
      throw error
    } finally {
      await rm(smallDraft, { force: true })
    }
    write.run(JSON.stringify(artwork))
    standing = artwork
    return { ok: true, artwork }
  }

  return {
    receive: async (body, name) => {
      const draft = join(incoming, randomBytes(16).toString('hex'))
      try {
        const arrived = await writeDown(body, draft, { maxBytes, patience })
        return arrived.ok ? await keep(draft, arrived.file, name) : { ok: false, fault: { kind: arrived.fault } }
      } finally {
        await rm(draft, { force: true })
      }
    },

    get: () => standing,

    remove: () => {
      erase.run()
      standing = null
    },

    find: (fileName) => {
      if (standing === null) return null
      const [whole, copy] = artworkFiles(standing)
      if (fileName !== whole && fileName !== copy) return null
      const type: ArtworkType = fileName === whole ? standing.type : 'image/png'
      const sha256 = fileName === whole ? standing.sha256 : standing.small
      const path = join(folder, fileName)
      const stat = statSync(path, { throwIfNoEntry: false })
      return stat === undefined ? null : { path, bytes: stat.size, type, sha256 }
    },
  }
}

/** Which artwork stands, as a database says; null where it says of none. */
export const standingArtwork = (desk: Database): Artwork | null => {
  const hasTable = desk.prepare("SELECT 1 FROM sqlite_master WHERE name = 'artwork'").get() !== undefined
  const row = hasTable ? desk.prepare<{ facts: string }>('SELECT facts FROM artwork').get() : undefined
  return row === undefined ? null : Artwork.parse(JSON.parse(row.facts))
}

/** The names of its files in the folder: itself, and the small copy. */
export const artworkFiles = (artwork: Artwork): readonly [whole: string, small: string] => [
  basename(artworkPath(artwork)),
  basename(smallArtworkPath(artwork)),
]
