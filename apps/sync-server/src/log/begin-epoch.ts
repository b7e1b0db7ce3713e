import type Database from 'better-sqlite3'
import { prepareReading } from './reading.ts'
import { hashHead, newEpochId } from './row-hash.ts'

/** Marks every sound room as one that may have gone back. A head that is not what was written stays as it is found. */
export const beginEpoch = (db: Database): void => {
  const reading = prepareReading(db)
  const set = db.prepare('UPDATE heads SET epoch = ?, sha256 = ? WHERE room = ?')
  db.transaction(() => {
    for (const room of reading.roomsWithHead()) {
      const head = reading.head(room)
      if (head === undefined || head === null) continue
      const epoch = { ...head.epoch, epoch: newEpochId() }
      set.run(epoch.epoch, hashHead(room, { ...head, epoch }), room)
    }
  }).immediate()
}
