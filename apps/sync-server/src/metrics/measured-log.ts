import type { UpdateLog } from '../log/update-log.ts'
import type { Metrics } from './metrics.ts'

/** The same log, telling how long its commits take and how much waits for them. */
export const measuredLog = (log: UpdateLog, metrics: Pick<Metrics, 'commit' | 'watch'>): UpdateLog => {
  let waiting = 0
  metrics.watch('stet_entries_waiting', () => waiting)
  const measured = async <O extends { ok: true } | { ok: false; fault: string }>(count: number, commit: () => Promise<O>) => {
    const begun = performance.now()
    waiting += count
    try {
      const outcome = await commit()
      metrics.commit(outcome.ok ? 'saved' : outcome.fault, count, performance.now() - begun)
      return outcome
    } finally {
      waiting -= count
    }
  }
  return {
    ...log,
    append: (room, entries) => measured(entries.length, () => log.append(room, entries)),
    create: (room, entry, lineage) => measured(1, () => log.create(room, entry, lineage)),
  }
}
