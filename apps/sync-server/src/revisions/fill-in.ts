import type { DispatchId } from '@stet/schema/ids'
import type { MetaFields } from '@stet/schema/layout/open-dispatch'
import type { DecodePool } from '../decode/decode-pool.ts'
import type { UpdateLog } from '../log/update-log.ts'
import type { Member } from '../rooms/member.ts'
import type { Room } from '../rooms/room.ts'
import type { Rooms } from '../rooms/rooms.ts'
import { stateOf } from '../rooms/stored-state.ts'
import { scanUpdate } from '../sync/scan-update.ts'

export type FillInOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: string }

export type FillIn = (id: DispatchId, fields: Partial<MetaFields>, author: string) => Promise<FillInOutcome>

/** Writes fields into a dispatch as an edit like any other: through its room, committed, shown to everyone who is there. */
export const createFillIn =
  ({ log, pool, rooms }: { log: UpdateLog; pool: DecodePool; rooms: Rooms }): FillIn =>
  async (id, fields, author) => {
    const room = await rooms.open(id)
    if (room === null) return { ok: false, reason: 'there is no such dispatch' }
    const written = await pool.run('writeMeta', { state: stateOf(await log.load(id)), fields })
    if (!written.ok) return { ok: false, reason: written.message }
    const outcome = await submit(room, Uint8Array.from(written.value), author)
    rooms.left(room)
    return outcome
  }

const submit = (room: Room, update: Uint8Array, author: string): Promise<FillInOutcome> => {
  // What it rests on is in the log, so the room holds it too.
  const scan = scanUpdate(update, room.held)
  if (!scan.ok) return Promise.resolve({ ok: false, reason: scan.reason })
  return new Promise((resolve) => {
    const settle = (outcome: FillInOutcome) => {
      room.leave(writer)
      resolve(outcome)
    }
    const writer: Member = {
      relay: () => {},
      mention: () => {},
      saved: () => settle({ ok: true }),
      notSaved: (reason) => settle({ ok: false, reason }),
    }
    room.join(writer)
    room.submit({ sender: writer, count: 1, news: { update, scan, author } })
  })
}
