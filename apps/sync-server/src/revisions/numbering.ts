import type { Revision, RevisionFacts } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'
import type { Draft } from './revisions.ts'

/**
 * The snapshot with the number and date it is published under. Its own count first; then those of its newest revision, which is
 * the truth where a server went down before it could write them into the dispatch; then what is wished for; then, of numbers, the
 * next of the show.
 */
export const numbered = (draft: Draft, last: Revision | null, published: readonly RevisionFacts[]): Snapshot => {
  const { snapshot } = draft
  if (snapshot.kind === 'essay') return snapshot
  const number =
    last === null
      ? (draft.number ?? snapshot.number ?? nextNumber(draft.reserved, published))
      : (draft.number ?? snapshot.number ?? last.snapshot.number)
  return { ...snapshot, number, date: snapshot.date ?? last?.snapshot.date ?? draft.date }
}

/** Addresses last, so a number that was ever published is never given again. */
const nextNumber = (reserved: readonly number[], published: readonly RevisionFacts[]): number =>
  1 + Math.max(0, ...reserved, ...published.map(({ path }) => Number(/^\/dispatches\/(\d+)\/$/.exec(path)?.[1] ?? 0)))
