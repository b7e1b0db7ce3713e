import type { Clock } from '../clock.ts'
import { openHeadFile, type WrittenHead } from './head-file.ts'
import { openLogDatabase } from './log-tables.ts'
import { prepareReading } from './reading.ts'
import { CHAIN_START, type Head, hashCheckpoint, hashHead, hashRow, newEpochId, sameBytes } from './row-hash.ts'
import { lostAfter, readStoredRoom } from './stored-room.ts'
import {
  type Checkpoint,
  type Damage,
  DamagedLog,
  type Epoch,
  type LogEntry,
  type LogRow,
  type RawStretch,
  type RoomHead,
  type Stored,
  type Stretch,
} from './update-log.ts'
import { isCorruption, isDiskFailure, walkChain } from './walk-chain.ts'

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
/** What a commit adds to the write-ahead log beside the bytes of its entries: pages are written whole. */
const PAGES_OF_A_WRITE = 3 * 4_096

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
  const headFile = openHeadFile(files.heads, fail)
  const reading = prepareReading(db)
  const insert = db.prepare('INSERT INTO entries (room, seq, at, author, bytes, hash) VALUES (?, ?, ?, ?, ?, ?)')
  const setHead = db.prepare('INSERT OR REPLACE INTO heads VALUES (?, ?, ?, ?, ?, ?, ?)')
  const setCheckpoint = db.prepare(
    `INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (room) DO UPDATE
     SET seq = excluded.seq, hash = excluded.hash, state = excluded.state, state_vector = excluded.state_vector,
       sha256 = excluded.sha256 WHERE excluded.seq > checkpoints.seq`,
  )
  const setProbe = db.prepare('INSERT INTO probe VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at')
  const damageByRoom = new Map<string, Damage>()
  let notFolded = 0

  const quarantine = (room: string, damage: Damage): Damage => {
    const known = damageByRoom.get(room)
    if (known !== undefined) return known
    damageByRoom.set(room, damage)
    events.onDamaged(room, damage)
    return damage
  }
  /** The head of a room that may go on, compared with the head file; undefined when the room is new. */
  const soundHead = (room: string): Head | undefined | { damage: Damage } => {
    const damage = damageByRoom.get(room)
    if (damage !== undefined) return { damage }
    const written = headFile.heads.get(room)
    let head: Head | null | undefined
    let then: Uint8Array | undefined
    try {
      head = reading.head(room)
      then = written === undefined ? undefined : reading.hashAt(room, written.seq)
    } catch (error) {
      if (!isCorruption(error)) throw error
      return {
        damage: { seq: (written?.seq ?? 0) + 1, kind: 'unreadable', message: `its head cannot be read: ${error.message}` },
      }
    }
    if (head === null)
      return { damage: { seq: (written?.seq ?? 0) + 1, kind: 'altered', message: 'its head is not what was written' } }
    if (written === undefined) return head
    if (head === undefined || head.seq < written.seq) return { damage: lostAfter(head?.seq ?? 0, written.seq) }
    if (then === undefined) return { damage: lostAfter(written.seq - 1, written.seq) }
    if (sameBytes(then, written.hash)) return head
    const message = `entry ${written.seq} is not the one that the head file tells of`
    return { damage: { seq: written.seq, kind: 'altered', message } }
  }

  /** The heads that a commit in progress has moved on. */
  type Moved = Map<string, Head>
  const write = ({ room, entries, first, lineage }: Write, moved: Moved): Written => {
    const head = moved.get(room) ?? soundHead(room)
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
    if (entries.length > 0)
      moved.set(room, { seq, at, hash, epoch: head?.epoch ?? { lineage: lineage ?? newEpochId(), epoch: newEpochId() } })
    return { ok: true, seq, at, wrote: true }
  }
  const writeAll = db.transaction((writes: readonly Write[], moved: Moved): Written[] => {
    const written = writes.map((each) => write(each, moved))
    for (const [room, head] of moved) {
      const { lineage, epoch } = head.epoch
      setHead.run(room, head.seq, head.at, head.hash, lineage, epoch, hashHead(room, head))
    }
    return written
  }).immediate
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
    notFolded += moved.size * PAGES_OF_A_WRITE
    return written
  }
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
    let epoch: Epoch | undefined
    try {
      epoch = reading.head(room)?.epoch
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
      return [...new Set([...reading.roomsWithHead(), ...known])]
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
    read: guarded((room: string, after: number): LogRow[] => {
      const from = after === 0 ? CHAIN_START : reading.hashAt(room, after)
      const head = soundHead(room)
      if (head !== undefined && 'damage' in head) throw new DamagedLog(`room ${room}: ${quarantine(room, head.damage).message}`)
      if (head === undefined || head.seq <= after) return []
      if (from === undefined) throw new DamagedLog(`room ${room}: entry ${after} is missing`)
      const rows: LogRow[] = []
      const { end, damage } = walkChain({ seq: after, hash: from }, reading.rowsAfter(room, after), ({ hash: _, ...row }) =>
        rows.push(row),
      )
      const wrong = damage ?? (end.seq < head.seq ? lostAfter(end.seq, head.seq) : null)
      if (wrong !== null) throw new DamagedLog(`room ${room}: ${wrong.message}`)
      return rows
    }),
    stretches: guarded((room: string, after: number): Stretch[] => reading.stretchesAfter(room, after)),
    raw: guarded((room: string, { after, upTo }: { after: number; upTo: number }): RawStretch[] => {
      const head = soundHead(room)
      if (head === undefined || after >= upTo) return []
      const last = 'damage' in head ? upTo : Math.min(upTo, head.seq)
      const from = after === 0 ? CHAIN_START : reading.hashAt(room, after)
      if (after >= last) return []
      if (from === undefined) throw new DamagedLog(`room ${room}: entry ${after} is missing`)
      const found: RawStretch[] = []
      const { end, damage } = walkChain({ seq: after, hash: from }, reading.rowsWithin(room, after, upTo), ({ seq, ...row }) =>
        found.push({
          from: seq,
          to: seq,
          begunAt: row.at,
          at: row.at,
          author: row.author,
          bytes: row.update.length,
          update: row.update,
        }),
      )
      const wrong = damage ?? (end.seq < last ? lostAfter(end.seq, last) : null)
      if (wrong !== null) throw new DamagedLog(`room ${room}: ${wrong.message}`)
      return found
    }),
    load: guarded(load),
    head: guarded(headOf),
    heads: guarded((): RoomHead[] => allRooms().flatMap((room) => headOf(room) ?? [])),
    checkpoint: guarded((room: string): Checkpoint | null => {
      const found = reading.checkpoint(room)
      return found === null || found === 'damaged' ? null : found.checkpoint
    }),
    storeCheckpoint: guarded((room: string, checkpoint: Checkpoint): void => {
      const at = reading.hashAt(room, checkpoint.seq)
      if (at === undefined || damageByRoom.has(room)) return
      const { seq, state, holdings } = checkpoint
      setCheckpoint.run(room, seq, at, state, holdings, hashCheckpoint(room, checkpoint, at))
      notFolded += state.length
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
