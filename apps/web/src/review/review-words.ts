import { hasFallen, type StepKind } from '@stet/schema/status'
import { momentOf } from '../history/history-words.ts'
import type { Standing } from './use-status.ts'

export const STEP_WORDS: Readonly<Record<StepKind, string>> = {
  asked: 'asked for review',
  approved: 'approved',
  returned: 'asked for changes',
  published: 'published',
  withdrawn: 'withdrew it from its readers',
}

/** Where it stands and who brought it there: `Approved by Ada`, `Changed since Ada approved it`. */
export const standingWords = ({ stage, steps, sha256 }: Pick<Standing, 'stage' | 'steps' | 'sha256'>): string => {
  const newest = steps.at(-1) ?? null
  if (newest === null) return 'Draft'
  if (hasFallen(newest, sha256)) return `Changed since ${newest.by} approved it`
  switch (stage) {
    case 'approved':
      return `Approved by ${newest.by}`
    case 'in review':
      return `In review, asked by ${newest.by}`
    case 'published':
      return 'Published as it stands'
    case 'withdrawn':
      return `Withdrawn by ${newest.by}`
    case 'draft':
      return newest.step === 'returned'
        ? `${newest.by} asked for changes`
        : newest.step === 'published'
          ? 'Changed since it was published'
          : 'Draft'
  }
}

/** When an approval fell, in a sentence. */
export const fellWords = (fellAt: string, now: Date): string =>
  `The approval fell ${momentOf(fellAt, now)}, with the first change after it.`
