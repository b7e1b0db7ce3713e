import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { DecodePool } from '../decode/decode-pool.ts'
import type { UpdateLog } from '../log/update-log.ts'
import type { Room } from './room.ts'

export type Compaction = {
  /** This room is to get a new checkpoint, in its turn. */
  readonly want: (room: Room) => void
}

/** Entries after the checkpoint at which a new one is made. */
export const LONG_TAIL = 500
/** One room at a time, and this many times as long a pause after it: a thirtieth of a processor, however much is written. */
const PAUSES = 29
/** With more waiting than is taken at once, half of one: a dispatch with a long tail opens slowly, and the tail would grow. */
const PAUSES_BEHIND = 1
/**
 * Entries for one checkpoint: the log's thread commits nothing while it moves them to the history. A quarter of a very long tail, since
 * each checkpoint takes the whole dispatch.
 */
const AT_ONCE = { least: 10_000, most: 50_000 }
/** Entries asked for at once, which keep it from committing for some seven milliseconds. */
const PAGE = 1_000

/** Makes checkpoints from log rows, never from what a live room believes to hold. */
export const createCompaction = (needs: { log: UpdateLog; pool: DecodePool; clock: Clock; logger: Logger }): Compaction => {
  const { log, pool, clock, logger } = needs
  const wanted = new Map<string, Room>()
  let isAtWork = false

  const workThrough = async (): Promise<void> => {
    if (isAtWork) return
    isAtWork = true
    for (const [id, room] of wanted) {
      wanted.delete(id)
      const began = clock.now()
      const left = await compact(room).catch((error) => {
        logger.error({ room: id, error: String(error) }, 'a checkpoint could not be stored')
        return 0
      })
      if (left > LONG_TAIL) wanted.set(id, room)
      const pause = (clock.now() - began) * (left > AT_ONCE.least ? PAUSES_BEHIND : PAUSES)
      await new Promise<void>((resolve) => clock.after(pause, resolve))
    }
    isAtWork = false
  }
  /** How many entries are left after it. */
  const compact = async (room: Room): Promise<number> => {
    const before = await log.checkpoint(room.id)
    const from = before?.seq ?? 0
    const tail = room.seq() - from
    const upTo = from + Math.min(tail, Math.max(AT_ONCE.least, Math.min(Math.ceil(tail / 4), AT_ONCE.most)))
    if (upTo <= from) return 0
    const updates: Uint8Array[] = []
    for (let reached = from; reached < upTo; reached += PAGE)
      for (const { update } of await log.read(room.id, reached, Math.min(reached + PAGE, upTo))) updates.push(update)
    const outcome = await pool.run('compact', { state: { checkpoint: before?.state ?? null, updates } })
    if (!outcome.ok) {
      logger.warn({ room: room.id, reason: outcome.message }, 'a checkpoint could not be made')
      return 0
    }
    const checkpoint = { seq: upTo, ...outcome.value }
    await log.storeCheckpoint(room.id, checkpoint)
    room.replaceCheckpoint(checkpoint)
    return room.seq() - upTo
  }

  return {
    want: (room) => {
      if (room.damage !== null) return
      wanted.set(room.id, room)
      void workThrough()
    },
  }
}
