import type { StoredState } from '../decode/jobs.ts'
import type { Stored } from '../log/update-log.ts'

export const stateOf = ({ checkpoint, rows }: Stored): StoredState => ({
  checkpoint: checkpoint?.state ?? null,
  updates: rows.map(({ update }) => update),
})
