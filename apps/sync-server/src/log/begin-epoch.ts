import type Database from 'better-sqlite3'
import { prepareReading } from './reading.ts'
import { hashIdentity, newEpochId } from './row-hash.ts'

/** Marks every sound room as one that may have gone back. An identity that is not what was written stays as it is found. */
export const beginEpoch = (db: Database): void => {
  const reading = prepareReading(db)
  const set = db.prepare('UPDATE rooms SET epoch = ?, sha256 = ? WHERE room = ?')
  db.transaction(() => {
    for (const room of reading.roomsBorn()) {
      const known = reading.identity(room)
      if (known === undefined || known === null) continue
      const epoch = newEpochId()
      set.run(epoch, hashIdentity(room, { ...known, epoch }), room)
    }
  }).immediate()
}
