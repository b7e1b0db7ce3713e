import type { DispatchId, LocalId } from '@stet/schema/ids'

/** `by`: a person's id. Times are milliseconds since 1970. */
export type StoredMoment = {
  readonly id: LocalId
  readonly seq: number
  readonly at: number
  readonly name: string
  readonly by: string
  readonly namedAt: number
}

/** Moments of dispatches that somebody gave a name to. */
export type NamedMoments = {
  /** False when the dispatch has as many as it may have. */
  readonly add: (dispatch: DispatchId, moment: StoredMoment) => boolean
  /** By seq, newest first. */
  readonly list: (dispatch: DispatchId) => StoredMoment[]
  /** Whether there was one. */
  readonly forget: (dispatch: DispatchId, id: LocalId) => boolean
}

export const MOST_MOMENTS = 500
