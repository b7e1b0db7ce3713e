import type { DispatchId } from '@stet/schema/ids'
import type { Correction, Revision, RevisionFacts } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'

/** What is to be published. */
export type Draft = {
  /** As it stands; number and date may be missing. */
  readonly snapshot: Snapshot
  /** Wished for, where it is given one. */
  readonly number: number | null
  readonly date: string | null
  /** Numbers that other drafts bear: none is given that one of them has. */
  readonly reserved: readonly number[]
  readonly publishedAt: string
  readonly publishedBy: string
  readonly correction: Correction | null
  /** The number of the revision this is to be; null: whichever is next. */
  readonly revision: number | null
}

export type PublishRefusal =
  | { readonly ok: false; readonly fault: 'unchanged'; readonly revision: number }
  /** Another dispatch is published under this number. */
  | { readonly ok: false; readonly fault: 'taken'; readonly number: number | null; readonly by: RevisionFacts }
  /** It was published as something else, and its address lasts. */
  | { readonly ok: false; readonly fault: 'moved'; readonly path: string }
  /** Others published meanwhile. */
  | { readonly ok: false; readonly fault: 'outrun'; readonly by: RevisionFacts }

export type PublishOutcome =
  /** `snapshot`: with the number and date that it is given. */
  { readonly ok: true; readonly revision: RevisionFacts; readonly snapshot: Snapshot } | PublishRefusal

/** What is published: immutable, numbered from 1 within a dispatch. */
export type Revisions = {
  /** Numbers and stores in one transaction. The same once more, as the same revision, answers what was published. */
  readonly publish: (draft: Draft) => PublishOutcome
  /** What `publish` would answer, and the snapshot as it would be numbered in any case; stores nothing. */
  readonly preview: (draft: Draft) => { readonly snapshot: Snapshot; readonly outcome: PublishOutcome }
  readonly list: (dispatch: DispatchId) => RevisionFacts[]
  readonly get: (dispatch: DispatchId, revision: number) => Revision | null
  /** The newest revision of each dispatch, by path. */
  readonly newest: () => RevisionFacts[]
  readonly newestAt: (path: string) => Revision | null
  /** Every revision that puts something right, newest first. */
  readonly corrected: () => RevisionFacts[]
}
