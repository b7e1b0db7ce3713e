import { z } from 'zod'
import { Sha256 } from './sha256.ts'

/**
 * How a dispatch comes from draft to readers. The server keeps steps and never changes one; where a dispatch stands follows
 * from its newest step and from what its content is by now.
 */
export const StepKind = z.enum(['asked', 'approved', 'returned', 'published', 'withdrawn'])
export type StepKind = z.infer<typeof StepKind>

/** Said of a step to those who work on it; of a withdrawal, its reason, to readers. */
export const StepNote = z.string().trim().max(2_000, 'expected at most 2000 characters')

export const Step = z.strictObject({
  step: StepKind,
  /** Of the snapshot it was said of. */
  sha256: Sha256,
  by: z.string(),
  at: z.iso.datetime(),
  note: z.string(),
})
export type Step = z.infer<typeof Step>

export const Stage = z.enum(['draft', 'in review', 'approved', 'published', 'withdrawn'])
export type Stage = z.infer<typeof Stage>

export const Status = z.strictObject({
  stage: Stage,
  /** Of the content as it stands; null where it is no sound snapshot. This is what an approval names. */
  sha256: Sha256.nullable(),
  /** When the content became another than the approved one, where it did; an approval falls with that. */
  fellAt: z.iso.datetime().nullable(),
  /** Oldest first. */
  steps: z.array(Step),
})
export type Status = z.infer<typeof Status>

/** Whether it was approved as something else than it is by now. */
export const hasFallen = (newest: Step | null, sha256: string | null): boolean =>
  newest?.step === 'approved' && newest.sha256 !== sha256

/** Where a dispatch of this content stands after its newest step. */
export const stageAfter = (newest: Step | null, sha256: string | null): Stage => {
  switch (newest?.step) {
    case undefined:
    case 'returned':
      return 'draft'
    case 'asked':
      return 'in review'
    case 'approved':
      return hasFallen(newest, sha256) ? 'in review' : 'approved'
    case 'published':
      return newest.sha256 === sha256 ? 'published' : 'draft'
    case 'withdrawn':
      return 'withdrawn'
  }
}

/** The steps that people may take from a stage; publishing has conditions of its own. */
export const stepsFrom = (stage: Stage): readonly ('asked' | 'approved' | 'returned')[] => {
  switch (stage) {
    case 'draft':
    case 'withdrawn':
      return ['asked', 'approved']
    case 'in review':
      return ['approved', 'returned']
    case 'approved':
      return ['returned']
    case 'published':
      return []
  }
}
