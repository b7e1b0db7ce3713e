import type { DispatchId } from '@stet/schema/ids'
import type { Revision, RevisionFacts } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'

export type Draft = {
  readonly snapshot: Snapshot
  readonly sha256: string
  readonly publishedAt: string
  readonly publishedBy: string
}

export type PublishRefusal =
  | { readonly ok: false; readonly fault: 'unchanged'; readonly revision: number }
  /** Another dispatch is published under this number. */
  | { readonly ok: false; readonly fault: 'taken'; readonly by: RevisionFacts }
  /** It was published as something else, and its address lasts. */
  | { readonly ok: false; readonly fault: 'moved'; readonly path: string }
export type PublishOutcome = { readonly ok: true; readonly revision: RevisionFacts } | PublishRefusal

/** What is published: immutable, numbered from 1 within a dispatch. */
export type Revisions = {
  readonly publish: (draft: Draft) => PublishOutcome
  readonly list: (dispatch: DispatchId) => RevisionFacts[]
  readonly get: (dispatch: DispatchId, revision: number) => Revision | null
  /** The newest revision of each dispatch, by path. */
  readonly newest: () => RevisionFacts[]
  readonly newestAt: (path: string) => Revision | null
}
