import type { Revision, RevisionFacts, Withdrawal } from '@stet/schema/revision'
import type { ArchiveEntry } from './archive-entry.ts'

/** A dispatch that was published once: its newest revision, and why readers do not have it any more, where that is so. */
export type Standing = { readonly newest: RevisionFacts; readonly withdrawal: Withdrawal | null }

/**
 * What was ever published, to make the site of. The server reads it from its database, the bot from what it has fetched;
 * what the site says of it is the same.
 */
export type PublicRecord = {
  /** Everything that was ever published, by path. */
  readonly all: () => readonly Standing[]
  /** By the dispatch's path, such as `/dispatches/008/`; null: nothing was ever published there. */
  readonly at: (path: string) => Standing | null
  /** Every revision of a dispatch, oldest first. */
  readonly list: (dispatch: string) => readonly RevisionFacts[]
  /** What the pages of the show say of each dispatch that readers have, in any order. */
  readonly entries: () => readonly ArchiveEntry[]
  /** Asked for only where readers have the dispatch. */
  readonly get: (dispatch: string, revision: number) => Revision
}

/** The newest revision of each dispatch that readers have, by path. */
export const shownIn = (record: PublicRecord): RevisionFacts[] =>
  record.all().flatMap(({ newest, withdrawal }) => (withdrawal === null ? [newest] : []))

/** What was taken back, with the reasons. */
export const withdrawnIn = (record: PublicRecord): { readonly revision: RevisionFacts; readonly withdrawal: Withdrawal }[] =>
  record.all().flatMap(({ newest, withdrawal }) => (withdrawal === null ? [] : [{ revision: newest, withdrawal }]))

/** Every revision that puts something right, newest first. */
export const correctedIn = (record: PublicRecord): RevisionFacts[] =>
  record
    .all()
    .filter(({ newest }) => newest.revision > 1)
    .flatMap(({ newest }) => record.list(newest.dispatch).filter(({ correction }) => correction !== null))
    .sort((a, b) => compare(b.publishedAt, a.publishedAt) || compare(a.path, b.path) || b.revision - a.revision)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
