import type { Clock } from '../clock.ts'
import type { Checkpoint, LogRow, RoomHead, UpdateLog } from './update-log.ts'

/** Keeps nothing beyond the process: for tests. */
export const createMemoryLog = (clock: Clock): UpdateLog => {
  const rowsByRoom = new Map<string, LogRow[]>()
  const checkpointsByRoom = new Map<string, Checkpoint>()
  let closed = false

  const head = (room: string): RoomHead | null => {
    const last = rowsByRoom.get(room)?.at(-1)
    return last === undefined ? null : { room, seq: last.seq, at: last.at }
  }
  const append: UpdateLog['append'] = async (room, entries) => {
    if (closed) return { ok: false, fault: 'closed', message: 'the log is closed' }
    const rows = rowsByRoom.get(room) ?? []
    const at = clock.now()
    for (const { update, author } of entries) rows.push({ seq: rows.length + 1, at, author, update: update.slice() })
    if (rows.length > 0) rowsByRoom.set(room, rows)
    return { ok: true, seq: rows.length, at }
  }
  return {
    append,
    create: async (room, entry) => {
      if (head(room) !== null) return { ok: true, created: false }
      const outcome = await append(room, [entry])
      return outcome.ok ? { ok: true, created: true } : outcome
    },
    read: async (room, after) => (rowsByRoom.get(room) ?? []).slice(after),
    head: async (room) => head(room),
    heads: async () => [...rowsByRoom.keys()].map(head).filter((found) => found !== null),
    checkpoint: async (room) => checkpointsByRoom.get(room) ?? null,
    storeCheckpoint: async (room, checkpoint) => {
      if (checkpoint.seq > (checkpointsByRoom.get(room)?.seq ?? 0)) checkpointsByRoom.set(room, checkpoint)
    },
    canAppend: async () => !closed,
    close: async () => {
      closed = true
    },
  }
}
