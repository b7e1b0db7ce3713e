import type { DispatchId } from '@stet/schema/ids'
import type { Step } from '@stet/schema/status'

/** `seq`: the newest entry of the log that the step was said of; null where nobody asks for it. */
export type StoredStep = Step & { readonly seq: number | null }

/** A step among those of all dispatches: `nth` rises and is never given twice. */
export type NumberedStep = Step & {
  readonly nth: number
  readonly dispatch: DispatchId
  /** The newest revision there was then; null while nothing was published. */
  readonly revision: number | null
  readonly path: string | null
}

/** Who brought a dispatch how far. Steps are only ever added. */
export type Steps = {
  readonly add: (dispatch: DispatchId, step: StoredStep) => void
  /** Oldest first. */
  readonly list: (dispatch: DispatchId) => StoredStep[]
  /** The newest step of each dispatch that has one. */
  readonly newest: () => ReadonlyMap<string, StoredStep>
  /** Of all dispatches, in the order in which they were said, at most so many. */
  readonly after: (nth: number, most: number) => NumberedStep[]
  /** The number of the newest step of all; 0 while there is none. */
  readonly last: () => number
}
