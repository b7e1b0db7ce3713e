import type { Clock } from '../clock.ts'
import { openHeadFile, type WrittenHead } from './head-file.ts'
import { prepareKeeping } from './keep-history.ts'
import { openLogDatabase } from './log-tables.ts'
import { prepareHistory } from './read-history.ts'
import { prepareReading } from './reading.ts'
import { createRecent } from './recent.ts'
import { CHAIN_START, hashCheckpoint, hashIdentity, hashParts, hashRow, newEpochId, type TimedLink } from './row-hash.ts'
import { endDamage, readStoredRoom } from './stored-room.ts'
import {
  type Checkpoint,
  type Damage,
  DamagedLog,
  type Epoch,
  type LogEntry,
  type LogRow,
  type RoomHead,
  type Stored,
} from './update-log.ts'
import { isCorruption, isDiskFailure } from './walk-chain.ts'

/** One thing to write in a commit. `first`: only when the room has no entries yet. */
export type Write = {
  readonly room: string
  readonly entries: readonly LogEntry[]
  readonly first: boolean
  readonly lineage?: string | undefined
}
export type Written =
  | { readonly ok: true; readonly seq: number; readonly at: number; readonly wrote: boolean }
  | { readonly ok: false; readonly damage: Damage }

export type RowsEvents = {
  /** Told once for each room. */
  readonly onDamaged: (room: string, damage: Damage) => void
  /** The disk has failed: what it says from now on may be false. */
  readonly onFailed: (message: string) => void
}

/** Bytes written after which the write-ahead log is folded into the database. */
const FOLD_AFTER = 4 * 1024 * 1024
/** What a room adds to the write-ahead log beside the bytes of its entries: pages are written whole. */
const PAGE = 4_096
/** Rooms whose heads are kept in memory, so that who writes there again needs no reading: some hundred bytes each. */
const HEADS_KEPT = 4_096
/** KiB of pages kept in memory: 500 rooms that are written to have as many newest pages. */
const PAGES_KEPT = 16_384

/** A room's newest entry and what the room is. */
type Head = TimedLink & { readonly epoch: Epoch }

/** The log's tables and its head file, synchronous: runs in the log's own thread. */
export const openSqliteRows = (
  files: { readonly database: string; readonly heads: string },
  clock: Pick<Clock, 'now'>,
  events: RowsEvents,
) => {
  let failure: string | null = null
  const fail = (error: unknown) => {
    if (failure !== null) return
    failure = error instanceof Error ? error.message : String(error)
    events.onFailed(failure)
  }
  const db = openLogDatabase(files.database)
  // Folding by itself would swallow an error of fsync, and the next try may falsely succeed.
  db.pragma('wal_autocheckpoint = 0')
  db.pragma(`cache_size = -${PAGES_KEPT}`)
  const headFile = openHeadFile(files.heads, fail)
  const reading = prepareReading(db)
  const insert = db.prepare('INSERT INTO entries (room, seq, at, author, bytes, hash) VALUES (?, ?, ?, ?, ?, ?)')
  const insertRoom = db.prepare('INSERT INTO rooms VALUES (?, ?, ?, ?)')
  const setCheckpoint = db.prepare('INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const keepHistory = prepareKeeping(db, reading)
  const readHistory = prepareHistory(reading)
  const setProbe = db.prepare('INSERT INTO probe VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at')
  const damageByRoom = new Map<string, Damage>()
  const recentHeads = createRecent<string, Head>(HEADS_KEPT)
  let notFolded = 0

  const quarantine = (room: string, damage: Damage): Damage => {
    const known = damageByRoom.get(room)
    if (known !== undefined) return known
    damageByRoom.set(room, damage)
    recentHeads.drop(room)
    events.onDamaged(room, damage)
    return damage
  }
  /** The head of a room that may go on, compared with the head file; undefined when the room is new. */
  const soundHead = (room: string): Head | undefined | { damage: Damage } => {
    const damage = damageByRoom.get(room)
    if (damage !== undefined) return { damage }
    const expected = headFile.heads.get(room)
    try {
      const end = reading.end(room)
      if (end === null && expected === undefined && reading.identity(room) === undefined) return undefined
      const found = end === 'unproven' ? readStoredRoom(reading, room, expected) : soundEnd(room, end, expected)
      if (found.damage !== null) return { damage: found.damage }
      return { ...found.end, epoch: reading.identity(room) as Epoch }
    } catch (error) {
      if (!isCorruption(error)) throw error
      const seq = (expected?.seq ?? 0) + 1
      return { damage: { seq, kind: 'unreadable', message: `its end cannot be read: ${error.message}` } }
    }
  }
  const soundEnd = (room: string, found: TimedLink | null, expected: WrittenHead | undefined) => {
    const end = found ?? { seq: 0, at: 0, hash: CHAIN_START }
    const atExpected = expected === undefined ? null : (reading.linkAt(room, expected.seq)?.hash ?? null)
    return { end, damage: endDamage(reading, room, end, expected, atExpected) }
  }

  /** The heads that a commit in progress has moved on. */
  type Moved = Map<string, Head>
  const write = ({ room, entries, first, lineage }: Write, moved: Moved): Written => {
    const head = moved.get(room) ?? recentHeads.get(room) ?? soundHead(room)
    if (head !== undefined && 'damage' in head) return { ok: false, damage: quarantine(room, head.damage) }
    if (first && head !== undefined) return { ok: true, seq: head.seq, at: head.at, wrote: false }
    let seq = head?.seq ?? 0
    let hash: Uint8Array = head?.hash ?? CHAIN_START
    // Time never falls within a room, whatever the machine's clock does.
    const at = Math.max(clock.now(), head?.at ?? 0)
    for (const { update, author } of entries) {
      seq += 1
      hash = hashRow(hash, { seq, at, author, update })
      insert.run(room, seq, at, author, update, hash)
      notFolded += update.length
    }
    if (entries.length > 0) moved.set(room, { seq, at, hash, epoch: head?.epoch ?? beginRoom(room, lineage) })
    return { ok: true, seq, at, wrote: true }
  }
  const beginRoom = (room: string, lineage = newEpochId()): Epoch => {
    const epoch = { lineage, epoch: newEpochId() }
    insertRoom.run(room, epoch.lineage, epoch.epoch, hashIdentity(room, epoch))
    return epoch
  }
  const writeAll = db.transaction((writes: readonly Write[], moved: Moved): Written[] =>
    writes.map((each) => write(each, moved)),
  ).immediate
  const commit = (writes: readonly Write[]): Written[] => {
    for (const { room } of writes) headFile.reserve(room)
    const moved: Moved = new Map()
    const written = writeAll(writes, moved)
    try {
      for (const [room, head] of moved) headFile.set(room, writtenHead(head))
    } catch (error) {
      fail(error)
      throw error
    }
    for (const [room, head] of moved) recentHeads.set(room, head)
    notFolded += moved.size * PAGE
    return written
  }
  /** Answers how many bytes it wrote. */
  const storeCheckpoint = db.transaction((room: string, { seq, state, holdings }: Checkpoint): number => {
    const link = reading.linkAt(room, seq)
    if (link === undefined || reading.checkpointSeq(room) >= seq) return 0
    const digest = hashParts([holdings, state])
    setCheckpoint.run(room, seq, link.at, link.hash, digest, hashCheckpoint(room, link, digest), holdings, state)
    return state.length + keepHistory(room, seq)
  }).immediate

  /** A page that cannot be read spoils the transaction it is met in; the rooms that do not need it go on. */
  const commitApart = (writes: readonly Write[]): Written[] =>
    writes.map((each) => {
      try {
        return commit([each])[0] as Written
      } catch (error) {
        if (!isCorruption(error)) throw error
        const damage: Damage = { seq: (headFile.heads.get(each.room)?.seq ?? 0) + 1, kind: 'unreadable', message: error.message }
        return { ok: false, damage: quarantine(each.room, damage) }
      }
    })

  /** An error of reading or writing ends all writing: a second try may succeed and have saved nothing. */
  const guarded =
    <A extends unknown[], R>(act: (...args: A) => R) =>
    (...args: A): R => {
      if (failure !== null) throw new Error(failure)
      try {
        return act(...args)
      } catch (error) {
        if (isDiskFailure(error)) fail(error)
        throw error
      }
    }

  const load = (room: string): Stored => {
    const stored = readStoredRoom(reading, room, headFile.heads.get(room))
    if (stored.damage !== null) quarantine(room, stored.damage)
    return { ...stored, damage: damageByRoom.get(room) ?? null }
  }
  const headOf = (room: string): RoomHead | null => {
    const head = soundHead(room)
    if (head === undefined) return null
    if (!('damage' in head)) return { room, seq: head.seq, at: head.at, epoch: head.epoch }
    quarantine(room, head.damage)
    const { checkpoint, rows } = load(room)
    const last = rows.at(-1)
    return { room, seq: last?.seq ?? checkpoint?.seq ?? 0, at: last?.at ?? 0, epoch: readableEpoch(room) }
  }
  const readableEpoch = (room: string): Epoch | null => {
    let epoch: Epoch | null | undefined
    try {
      epoch = reading.identity(room)
    } catch {
      // The page is damaged, which has been told of.
    }
    const lineage = headFile.heads.get(room)?.lineage
    return epoch ?? (lineage === undefined ? null : { lineage, epoch: '' })
  }
  /** The head file knows rooms that a damaged database may not. */
  const allRooms = (): string[] => {
    const known = [...headFile.heads.keys()]
    try {
      return [...new Set([...reading.roomsBorn(), ...known])]
    } catch (error) {
      if (!isCorruption(error)) throw error
      return known
    }
  }
  const compareWithHeadFile = () => {
    for (const room of allRooms()) {
      const head = soundHead(room)
      if (head === undefined) continue
      if ('damage' in head) quarantine(room, head.damage)
      else if (headFile.heads.get(room)?.seq !== head.seq) {
        headFile.reserve(room)
        headFile.set(room, writtenHead(head))
      }
    }
  }
  compareWithHeadFile()

  /** How far can be read: to the newest entry, 0 where the room is unknown. Of a damaged one only what is asked for by name. */
  const reachOf = (room: string, upTo: number | undefined): number => {
    const head = soundHead(room)
    if (head === undefined) return 0
    if (!('damage' in head)) return Math.min(upTo ?? head.seq, head.seq)
    if (upTo !== undefined) return upTo
    throw new DamagedLog(`room ${room}: ${quarantine(room, head.damage).message}`)
  }

  return {
    /** One transaction, one fsync, however many rooms it touches. */
    commit: guarded((writes: readonly Write[]): Written[] => {
      try {
        return commit(writes)
      } catch (error) {
        if (!isCorruption(error)) throw error
        return commitApart(writes)
      }
    }),
    read: guarded((room: string, after: number, upTo?: number): LogRow[] => readHistory(room, after, reachOf(room, upTo))),
    load: guarded(load),
    head: guarded(headOf),
    heads: guarded((): RoomHead[] => allRooms().flatMap((room) => headOf(room) ?? [])),
    checkpoint: guarded((room: string): Checkpoint | null => {
      const found = reading.checkpoint(room)
      return found === null || found === 'damaged' ? null : found.checkpoint
    }),
    storeCheckpoint: guarded((room: string, checkpoint: Checkpoint): void => {
      if (!damageByRoom.has(room)) notFolded += storeCheckpoint(room, checkpoint)
    }),
    probe: guarded((): void => {
      setProbe.run(clock.now())
    }),
    /** To be called when nothing is asked for: it may take as long as several commits. */
    fold: guarded((): void => {
      if (notFolded < FOLD_AFTER) return
      db.pragma('wal_checkpoint(PASSIVE)')
      notFolded = 0
    }),
    close: (): void => {
      headFile.close()
      db.close()
    },
  }
}

const writtenHead = ({ seq, hash, epoch }: Head): WrittenHead => ({ seq, hash, lineage: epoch.lineage })

export type SqliteRows = ReturnType<typeof openSqliteRows>
