import { snapshotSha256 } from '@stet/render/json'
import type { DispatchId } from '@stet/schema/ids'
import { hasFallen, type Stage, type Status, stageAfter, stepsFrom } from '@stet/schema/status'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Clock } from '../clock.ts'
import type { DecodePool } from '../decode/decode-pool.ts'
import { DamagedLog, type UpdateLog } from '../log/update-log.ts'
import { type SnapshotTaken, snapshotOf } from './snapshot-of.ts'
import type { Steps, StoredStep } from './steps.ts'

/** `sha256`: the content that is meant; without it, whatever stands. */
export type Said = {
  readonly step: 'asked' | 'approved' | 'returned'
  readonly by: string
  readonly note: string
  readonly sha256?: string
}

export type StepOutcome =
  | { readonly ok: true; readonly status: Status }
  | (SnapshotTaken & { readonly ok: false })
  /** The content is not what the caller saw. */
  | { readonly ok: false; readonly fault: 'another'; readonly sha256: string }
  /** From this stage there is no such step. */
  | { readonly ok: false; readonly fault: 'out of turn'; readonly stage: Stage }

export type Review = {
  /** Null where there is no such dispatch. */
  readonly status: (id: DispatchId) => Promise<Status | null>
  readonly take: (id: DispatchId, said: Said) => Promise<StepOutcome>
}

type Needs = {
  readonly log: UpdateLog
  readonly pool: DecodePool
  readonly catalogue: Pick<Catalogue, 'one'>
  readonly steps: Steps
  readonly clock: Pick<Clock, 'now'>
}

/** The way from draft to approved. What is said is kept; what follows from it is reckoned anew each time. */
export const createReview = ({ log, pool, catalogue, steps, clock }: Needs): Review => {
  /** The first entry after what was approved; null where the log was numbered anew since. */
  const fellAt = async (id: DispatchId, { seq, at }: StoredStep): Promise<string | null> => {
    if (seq === null) return null
    try {
      const [next] = await log.read(id, seq, seq + 1)
      return next === undefined || next.at < Date.parse(at) ? null : new Date(next.at).toISOString()
    } catch (error) {
      if (error instanceof DamagedLog) return null
      throw error
    }
  }
  const statusFor = async (id: DispatchId, sha256: string | null): Promise<Status> => {
    const all = steps.list(id)
    const newest = all.at(-1) ?? null
    return {
      stage: stageAfter(newest, sha256),
      sha256,
      fellAt: newest !== null && hasFallen(newest, sha256) ? await fellAt(id, newest) : null,
      steps: all.map(({ seq: _, ...step }) => step),
    }
  }

  return {
    status: async (id) => {
      const listed = await catalogue.one(id)
      return listed === null ? null : statusFor(id, listed.sha256)
    },
    take: async (id, { step, by, note, sha256: meant }) => {
      const taken = await snapshotOf(id, { log, pool })
      if (!taken.ok) return taken
      const sha256 = snapshotSha256(taken.snapshot)
      if (meant !== undefined && meant !== sha256) return { ok: false, fault: 'another', sha256 }
      // From here to the step nothing waits, so that of two who say the same at once the second finds what the first said.
      const newest = steps.list(id).at(-1) ?? null
      const isRepeated = newest?.step === step && newest.note === note && (step !== 'approved' || newest.sha256 === sha256)
      if (isRepeated) return { ok: true, status: await statusFor(id, sha256) }
      const stage = stageAfter(newest, sha256)
      if (!stepsFrom(stage).includes(step)) return { ok: false, fault: 'out of turn', stage }
      steps.add(id, { step, sha256, by, at: new Date(clock.now()).toISOString(), note, seq: taken.seq })
      return { ok: true, status: await statusFor(id, sha256) }
    },
  }
}
