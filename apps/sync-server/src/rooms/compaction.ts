import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { DecodePool } from '../decode/decode-pool.ts'
import type { UpdateLog } from '../log/update-log.ts'
import type { Room } from './room.ts'
import { stateOf } from './stored-state.ts'

export type Compaction = {
  /** This room is to get a new checkpoint, in its turn. */
  readonly want: (room: Room) => void
}

/** One room at a time, and this many times as long a pause after it: a thirtieth of a processor, however much is written. */
const PAUSES = 29

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
      await compact(room).catch((error) => logger.error({ room: id, error: String(error) }, 'a checkpoint could not be stored'))
      await new Promise<void>((resolve) => clock.after((clock.now() - began) * PAUSES, resolve))
    }
    isAtWork = false
  }
  const compact = async (room: Room): Promise<void> => {
    const stored = await log.load(room.id)
    const seq = stored.rows.at(-1)?.seq
    if (stored.damage !== null || seq === undefined) return
    const outcome = await pool.run('compact', { state: stateOf(stored) })
    if (!outcome.ok) return logger.warn({ room: room.id, reason: outcome.message }, 'a checkpoint could not be made')
    const checkpoint = { seq, ...outcome.value }
    await log.storeCheckpoint(room.id, checkpoint)
    room.replaceCheckpoint(checkpoint)
  }

  return {
    want: (room) => {
      if (room.damage !== null) return
      wanted.set(room.id, room)
      void workThrough()
    },
  }
}
