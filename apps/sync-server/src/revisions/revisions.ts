import type { DispatchId } from '@stet/schema/ids'
import type { Correction, Revision, RevisionFacts, Withdrawal } from '@stet/schema/revision'
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

export type WithdrawOutcome =
  | { readonly ok: true; readonly revision: RevisionFacts; readonly withdrawal: Withdrawal }
  | { readonly ok: false; readonly fault: 'not published' }
  /** Another revision than the one that was meant is published by now. */
  | { readonly ok: false; readonly fault: 'outrun'; readonly by: RevisionFacts }

/** What is published: immutable, numbered from 1 within a dispatch. */
export type Revisions = {
  /** Numbers and stores in one transaction. The same once more, as the same revision, answers what was published. */
  readonly publish: (draft: Draft) => PublishOutcome
  /** What `publish` would answer, and the snapshot as it would be numbered in any case; stores nothing. */
  readonly preview: (draft: Draft) => { readonly snapshot: Snapshot; readonly outcome: PublishOutcome }
  /** `revision` null: whichever is the newest. What is withdrawn already stays so, with the reason it has. */
  readonly withdraw: (dispatch: DispatchId, withdrawal: Withdrawal, revision: number | null) => WithdrawOutcome
  /** Null while it is shown to readers, or never was. */
  readonly withdrawal: (dispatch: DispatchId) => Withdrawal | null
  /** The newest revision of what is withdrawn, with the reason. */
  readonly withdrawn: () => { readonly revision: RevisionFacts; readonly withdrawal: Withdrawal }[]
  readonly list: (dispatch: DispatchId) => RevisionFacts[]
  readonly get: (dispatch: DispatchId, revision: number) => Revision | null
  /** The newest revision of each dispatch that is shown to readers, by path. */
  readonly newest: () => RevisionFacts[]
  /** Withdrawn or not. */
  /** Whether a revision of a dispatch that is not withdrawn has this recording. */
  readonly showsAudio: (sha256: string) => boolean
  readonly newestAt: (path: string) => Revision | null
  /** Every revision that puts something right, newest first. */
  readonly corrected: () => RevisionFacts[]
}
