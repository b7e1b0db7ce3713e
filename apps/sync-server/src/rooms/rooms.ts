import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { DecodePool } from '../decode/decode-pool.ts'
import type { UpdateLog } from '../log/update-log.ts'
import { createCompaction, LONG_TAIL } from './compaction.ts'
import { createRoom, type Room } from './room.ts'

export type Rooms = {
  /** The room of a dispatch, loaded if need be; null when the log knows no such dispatch. Ask after authorisation only. */
  readonly open: (id: string) => Promise<Room | null>
  /** To be told when someone has left a room, so that an empty one is unloaded after a while. */
  readonly left: (room: Room) => void
  readonly openCount: () => number
  /** Resolves when every submission is committed or refused. */
  readonly drain: () => Promise<void>
}

const IDLE = 30_000

type Needs = { log: UpdateLog; pool: DecodePool; clock: Clock; logger: Logger; onCommitted: (id: string) => void }

export const createRooms = ({ log, pool, clock, logger, onCommitted }: Needs): Rooms => {
  const loading = new Map<string, Promise<Room | null>>()
  const loaded = new Map<string, Room>()
  const compaction = createCompaction({ log, pool, clock, logger })

  const load = async (id: string): Promise<Room | null> => {
    // Both at once: one way to the log's thread and back. No entry can come between, since nobody has the room open.
    const [head, stored] = await Promise.all([log.head(id), log.load(id)])
    if (head === null) return null
    const room: Room = createRoom({ id, epoch: head.epoch, stored }, log, clock, {
      onCommitted: (room) => {
        onCommitted(id)
        if (room.tailLength() > LONG_TAIL) compaction.want(room)
      },
      onFailed: (_, { fault, message }) => {
        logger.error({ room: id, fault, message }, 'the log refused an update; the room is closed')
        forget(room)
      },
    })
    loaded.set(id, room)
    unloadLater(room)
    return room
  }
  const forget = (room: Room) => {
    if (loaded.get(room.id) !== room) return
    loaded.delete(room.id)
    loading.delete(room.id)
  }
  const unloadLater = (room: Room) => {
    clock.after(IDLE, () => {
      if (room.members.size > 0 || loaded.get(room.id) !== room) return
      void room.drained().then(() => {
        if (room.members.size > 0 || loaded.get(room.id) !== room) return
        forget(room)
        if (room.tailLength() > 0) compaction.want(room)
      })
    })
  }
  return {
    open: (id) => {
      const known = loading.get(id)
      if (known !== undefined) return known
      const opening = load(id).then(
        (room) => {
          if (room === null) loading.delete(id)
          return room
        },
        (error) => {
          loading.delete(id)
          throw error
        },
      )
      loading.set(id, opening)
      return opening
    },
    left: (room) => {
      if (room.members.size === 0) unloadLater(room)
    },
    openCount: () => loaded.size,
    drain: async () => {
      await Promise.all([...loaded.values()].map((room) => room.drained()))
    },
  }
}
