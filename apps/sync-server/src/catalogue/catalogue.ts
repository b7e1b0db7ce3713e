import type { DispatchListing } from '@stet/schema/contract/api'
import type { DispatchId } from '@stet/schema/ids'
import Database from 'better-sqlite3'
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { DecodePool } from '../decode/decode-pool.ts'
import type { RoomHead, UpdateLog } from '../log/update-log.ts'
import { stateOf } from '../rooms/stored-state.ts'

/** What the list of dispatches shows, but for what became of it in public; and what its content is known by, null while it is not sound. */
export type Entry = Omit<DispatchListing, 'revision' | 'stage'> & { readonly sha256: string | null }

export type Catalogue = {
  /**
   * Newest first. What had changed before it was asked for is in it, but where that takes longer than `PATIENCE`: such
   * a listing shows what it did and follows in its turn.
   */
  readonly list: () => Promise<Entry[]>
  /** As it is known at this moment, without waiting for what has changed. */
  readonly known: () => Entry[]
  /** To be told that a dispatch has a new entry; its listing follows a little later. */
  readonly changed: (id: string) => void
  /** Brings one listing up to date now. */
  readonly refresh: (id: string) => Promise<void>
  /** One listing, brought up to date; null where there is no such dispatch. */
  readonly one: (id: string) => Promise<Entry | null>
  readonly close: () => Promise<void>
}

/** Milliseconds without a new entry after which a listing is made anew, and after which it is in any case. */
const SETTLE = 300
const LATEST = 10_000
/** Milliseconds that one who asks for the list waits for listings that are made anew. */
const PATIENCE = 1000
/** One listing at a time, and this many times as long a pause after it: many dispatches cost the list a twentieth of a processor. */
const PAUSES = 19
/** Raised whenever a listing holds something else, or is reckoned otherwise: what is there is then made anew. */
const SCHEMA_VERSION = 4
const SCHEMA = `
  DROP TABLE IF EXISTS listings;
  CREATE TABLE listings (
    id TEXT PRIMARY KEY, seq INTEGER NOT NULL, kind TEXT NOT NULL, number INTEGER, date TEXT, title TEXT NOT NULL,
    sha256 TEXT, speech TEXT NOT NULL, lineage TEXT, epoch TEXT, updated_at TEXT NOT NULL
  ) STRICT;
  PRAGMA user_version = ${SCHEMA_VERSION};
`
const COLUMNS = 'id, seq, kind, number, date, title, sha256, speech, lineage, epoch, updated_at AS updatedAt'
/** `speech` is JSON. */
type Row = Omit<Entry, 'speech' | 'lineage' | 'epoch'> & {
  seq: number
  speech: string
  lineage: string | null
  epoch: string | null
}

/**
 * Derived from the log and thrown away without loss: what is stale after a crash shows by its seq and is made again
 * at the start, so no write here waits for the disk.
 */
export const openCatalogue = (
  file: string,
  needs: { log: UpdateLog; pool: DecodePool; clock: Clock; logger: Logger },
): Catalogue => {
  const { log, pool, clock, logger } = needs
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  if (db.pragma('user_version', { simple: true }) !== SCHEMA_VERSION) db.exec(SCHEMA)
  const all = db.prepare<Row>(`SELECT ${COLUMNS} FROM listings ORDER BY updated_at DESC, id`)
  const one = db.prepare<Row>(`SELECT ${COLUMNS} FROM listings WHERE id = ?`)
  const put = db.prepare('INSERT OR REPLACE INTO listings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const settling = new Map<string, { readonly since: number; last: number; cancel: () => void }>()
  /** One refresh of a dispatch at a time, and one that waits for it. */
  const running = new Map<string, Promise<void>>()
  /** What has settled, in order. */
  const settled = new Set<string>()
  let isCatchingUp = false
  let closed = false

  const refreshNow = async (id: string): Promise<void> => {
    const head = await log.head(id)
    const known = one.get(id)
    if (head === null || closed || (known !== undefined && isUpToDate(known, head))) return
    const outcome = await pool.run('listing', { state: stateOf(await log.load(id)), id: id as DispatchId })
    if (closed) return
    const listed = outcome.ok ? outcome.value : null
    if (!outcome.ok) logger.warn({ room: id, reason: outcome.message }, 'a listing could not be made anew')
    // A dispatch that is no valid snapshot at the moment keeps the face it had.
    const face = listed ?? known ?? { kind: 'dispatch', number: null, date: null, title: '' }
    const speech = listed === null ? (known?.speech ?? '[]') : JSON.stringify(listed.speech)
    const { lineage = null, epoch = null } = head.epoch ?? {}
    const updatedAt = new Date(head.at).toISOString()
    const sha256 = listed?.sha256 ?? null
    put.run(id, head.seq, face.kind, face.number, face.date, face.title, sha256, speech, lineage, epoch || null, updatedAt)
  }
  const refresh = async (id: string): Promise<void> => {
    const before = running.get(id) ?? Promise.resolve()
    const mine: Promise<void> = before
      .then(() => refreshNow(id))
      .catch((error) => logger.error({ room: id, error: String(error) }, 'a listing could not be made anew'))
    running.set(id, mine)
    await mine
    if (running.get(id) === mine) running.delete(id)
  }
  const settle = (id: string, change: { readonly since: number; readonly last: number; cancel: () => void }) => {
    const at = Math.min(change.last + SETTLE, change.since + LATEST)
    change.cancel = clock.after(Math.max(0, at - clock.now()), () => {
      if (change.last + SETTLE > clock.now() && change.since + LATEST > clock.now()) return settle(id, change)
      settling.delete(id)
      settled.add(id)
      void catchUp()
    })
  }
  const catchUp = async (): Promise<void> => {
    if (isCatchingUp) return
    isCatchingUp = true
    for (const id of settled) {
      settled.delete(id)
      const began = clock.now()
      await refresh(id)
      await new Promise<void>((resolve) => clock.after((clock.now() - began) * PAUSES, resolve))
    }
    isCatchingUp = false
  }
  /** All that has changed by now, at once and not when it has settled. */
  const bringUpToDate = async (): Promise<void> => {
    const until = clock.now() + PATIENCE
    for (const id of new Set([...running.keys(), ...settled, ...settling.keys()])) {
      if (closed || clock.now() >= until) return
      settling.get(id)?.cancel()
      settling.delete(id)
      settled.delete(id)
      await refresh(id)
    }
  }
  const refreshStale = async (): Promise<void> => {
    const rows = new Map(all.all().map((row) => [row.id as string, row]))
    for (const head of await log.heads()) {
      const row = rows.get(head.room)
      if (row === undefined || !isUpToDate(row, head)) await refresh(head.room)
    }
  }
  const ready = refreshStale().catch((error) =>
    logger.error({ error: String(error) }, 'the list of dispatches could not be brought up to date'),
  )

  return {
    list: async () => {
      await ready
      await new Promise<void>((resolve) => {
        const giveUp = clock.after(PATIENCE, resolve)
        void bringUpToDate().then(() => {
          giveUp()
          resolve()
        })
      })
      return all.all().map(entryOf)
    },
    known: () => all.all().map(entryOf),
    changed: (id) => {
      if (closed) return
      const now = clock.now()
      const known = settling.get(id)
      if (known !== undefined) known.last = now
      else {
        const change = { since: now, last: now, cancel: () => {} }
        settling.set(id, change)
        settle(id, change)
      }
    },
    refresh,
    one: async (id) => {
      await refresh(id)
      const row = one.get(id)
      return row === undefined ? null : entryOf(row)
    },
    close: async () => {
      closed = true
      for (const { cancel } of settling.values()) cancel()
      settled.clear()
      await ready
      await Promise.all(running.values())
      db.close()
    },
  }
}

/** A log that went back may stand at the seq of the listing with something else in it. */
const isUpToDate = ({ seq, epoch }: Row, head: RoomHead): boolean => seq === head.seq && epoch === (head.epoch?.epoch || null)

const entryOf = ({ seq: _, speech, lineage, epoch, ...entry }: Row): Entry => ({
  ...entry,
  speech: JSON.parse(speech),
  ...(lineage === null ? {} : { lineage }),
  ...(epoch === null ? {} : { epoch }),
})
