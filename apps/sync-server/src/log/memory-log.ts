import type { Clock } from '../clock.ts'
import { newEpochId } from './row-hash.ts'
import type { Checkpoint, Epoch, LogRow, RoomHead, UpdateLog } from './update-log.ts'

/** Keeps nothing beyond the process: for tests. */
export const createMemoryLog = (clock: Clock): UpdateLog => {
  const rowsByRoom = new Map<string, LogRow[]>()
  const checkpointsByRoom = new Map<string, Checkpoint>()
  const epochByRoom = new Map<string, Epoch>()
  let closed = false

  const head = (room: string): RoomHead | null => {
    const last = rowsByRoom.get(room)?.at(-1)
    return last === undefined ? null : { room, seq: last.seq, at: last.at, epoch: epochByRoom.get(room) ?? null }
  }
  const append: UpdateLog['append'] = async (room, entries) => {
    if (closed) return { ok: false, fault: 'closed', message: 'the log is closed' }
    const rows = rowsByRoom.get(room) ?? []
    const at = clock.now()
    for (const { update, author } of entries) rows.push({ seq: rows.length + 1, at, author, update: update.slice() })
    if (rows.length > 0) {
      rowsByRoom.set(room, rows)
      if (!epochByRoom.has(room)) epochByRoom.set(room, { lineage: newEpochId(), epoch: newEpochId() })
    }
    return { ok: true, seq: rows.length, at }
  }
  return {
    append,
    create: async (room, entry, lineage) => {
      if (head(room) !== null) return { ok: true, created: false }
      if (lineage !== undefined && !closed) epochByRoom.set(room, { lineage, epoch: newEpochId() })
      const outcome = await append(room, [entry])
      return outcome.ok ? { ok: true, created: true } : outcome
    },
    read: async (room, after, upTo) => (rowsByRoom.get(room) ?? []).slice(after, upTo),
    load: async (room) => {
      const checkpoint = checkpointsByRoom.get(room) ?? null
      return { checkpoint, rows: (rowsByRoom.get(room) ?? []).slice(checkpoint?.seq ?? 0), damage: null }
    },
    head: async (room) => head(room),
    heads: async () => [...rowsByRoom.keys()].map(head).filter((found) => found !== null),
    checkpoint: async (room) => checkpointsByRoom.get(room) ?? null,
    storeCheckpoint: async (room, checkpoint) => {
      if (checkpoint.seq > (checkpointsByRoom.get(room)?.seq ?? 0)) checkpointsByRoom.set(room, checkpoint)
    },
    failed: new Promise(() => {}),
    canAppend: async () => !closed,
    close: async () => {
      closed = true
    },
  }
}
