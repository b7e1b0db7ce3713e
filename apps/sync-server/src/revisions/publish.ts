import { runChecks } from '@stet/checks/checks'
import { snapshotSha256 } from '@stet/render/json'
import type { Finding } from '@stet/schema/finding'
import type { DispatchId } from '@stet/schema/ids'
import { publishingProblems } from '@stet/schema/readiness'
import type { RevisionFacts } from '@stet/schema/revision'
import type { Clock } from '../clock.ts'
import type { DecodePool } from '../decode/decode-pool.ts'
import type { UpdateLog } from '../log/update-log.ts'
import type { PublishRefusal, Revisions } from './revisions.ts'
import { type SnapshotTaken, snapshotOf } from './snapshot-of.ts'

type Needs = { log: UpdateLog; pool: DecodePool; revisions: Revisions; clock: Clock }
export type Published =
  | { readonly ok: true; readonly revision: RevisionFacts; readonly findings: Finding[] }
  | (SnapshotTaken & { ok: false })
  | PublishRefusal

/** Log -> snapshot -> readiness -> revision; findings are told, never in the way. */
export const publishDispatch = async (id: DispatchId, by: string, needs: Needs): Promise<Published> => {
  const taken = await snapshotOf(id, needs)
  if (!taken.ok) return taken
  const problems = publishingProblems(taken.snapshot)
  if (problems.length > 0) return { ok: false, fault: 'invalid', problems }
  const publishedAt = new Date(needs.clock.now()).toISOString()
  const outcome = needs.revisions.publish({
    snapshot: taken.snapshot,
    sha256: snapshotSha256(taken.snapshot),
    publishedAt,
    publishedBy: by,
  })
  return outcome.ok ? { ...outcome, findings: runChecks(taken.snapshot) } : outcome
}
