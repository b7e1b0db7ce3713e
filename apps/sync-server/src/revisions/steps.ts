import type { DispatchId } from '@stet/schema/ids'
import type { Step } from '@stet/schema/status'

/** `seq`: the newest entry of the log that the step was said of; null where nobody asks for it. */
export type StoredStep = Step & { readonly seq: number | null }

/** Who brought a dispatch how far. Steps are only ever added. */
export type Steps = {
  readonly add: (dispatch: DispatchId, step: StoredStep) => void
  /** Oldest first. */
  readonly list: (dispatch: DispatchId) => StoredStep[]
  /** The newest step of each dispatch that has one. */
  readonly newest: () => ReadonlyMap<string, StoredStep>
}
