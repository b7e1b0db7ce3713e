import type { Problem } from '@stet/schema/finding'
import type { DispatchId } from '@stet/schema/ids'
import type { Snapshot } from '@stet/schema/snapshot'
import type { DecodePool } from '../decode/decode-pool.ts'
import type { UpdateLog } from '../log/update-log.ts'
import { stateOf } from '../rooms/stored-state.ts'

export type SnapshotTaken =
  | { readonly ok: true; readonly snapshot: Snapshot /** Of its newest entry. */; readonly seq: number }
  | { readonly ok: false; readonly fault: 'absent' }
  | { readonly ok: false; readonly fault: 'damaged' }
  | { readonly ok: false; readonly fault: 'invalid'; readonly problems: Problem[] }
  | { readonly ok: false; readonly fault: 'failed'; readonly message: string }

/** The dispatch as the log holds it. */
export const snapshotOf = async (id: DispatchId, { log, pool }: { log: UpdateLog; pool: DecodePool }): Promise<SnapshotTaken> => {
  if ((await log.head(id)) === null) return { ok: false, fault: 'absent' }
  const stored = await log.load(id)
  if (stored.damage !== null) return { ok: false, fault: 'damaged' }
  const outcome = await pool.run('snapshot', { state: stateOf(stored), id })
  if (!outcome.ok) return { ok: false, fault: 'failed', message: outcome.message }
  const seq = stored.rows.at(-1)?.seq ?? stored.checkpoint?.seq ?? 0
  return outcome.value.ok ? { ...outcome.value, seq } : { ok: false, fault: 'invalid', problems: outcome.value.problems }
}
