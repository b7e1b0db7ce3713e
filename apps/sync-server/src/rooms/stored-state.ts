import type { StoredState } from '../decode/jobs.ts'
import type { Checkpoint, LogRow, UpdateLog } from '../log/update-log.ts'

/** Reads what stands for a room: its newest checkpoint and the entries after it. */
export const readStored = async (log: UpdateLog, room: string): Promise<{ checkpoint: Checkpoint | null; rows: LogRow[] }> => {
  const checkpoint = await log.checkpoint(room)
  return { checkpoint, rows: await log.read(room, checkpoint?.seq ?? 0) }
}

export const stateOf = ({ checkpoint, rows }: { checkpoint: Checkpoint | null; rows: readonly LogRow[] }): StoredState => ({
  checkpoint: checkpoint?.state ?? null,
  updates: rows.map(({ update }) => update),
})
