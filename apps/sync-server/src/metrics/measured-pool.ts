import type { DecodePool } from '../decode/decode-pool.ts'
import type { Metrics } from './metrics.ts'

/** The same pools, telling how long jobs take and how many wait. */
export const measuredPools = <P extends Readonly<Record<string, DecodePool>>>(
  pools: P,
  metrics: Pick<Metrics, 'job' | 'watch'>,
): P => {
  let waiting = 0
  metrics.watch('stet_jobs_waiting', () => waiting)
  const measured = (pool: DecodePool): DecodePool => ({
    ...pool,
    run: async (name, input) => {
      const begun = performance.now()
      waiting += 1
      const outcome = await pool.run(name, input)
      waiting -= 1
      metrics.job(name, outcome.ok ? 'done' : outcome.fault, performance.now() - begun)
      return outcome
    },
  })
  return Object.fromEntries(Object.entries(pools).map(([name, pool]) => [name, measured(pool)])) as P
}
