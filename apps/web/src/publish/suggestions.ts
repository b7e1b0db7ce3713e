import type { DispatchListing } from '@stet/schema/contract/api'
import type { Snapshot } from '@stet/schema/snapshot'

export type Suggestions = { readonly number: number | null; readonly date: string | null }

/** The next number of the show and today's date, for a dispatch that has none. Essays need neither. */
export const suggestionsFor = (
  snapshot: Pick<Snapshot, 'id' | 'kind' | 'number' | 'date'>,
  shelf: readonly Pick<DispatchListing, 'id' | 'number'>[],
  today: string,
): Suggestions => {
  if (snapshot.kind === 'essay') return { number: null, date: null }
  const taken = shelf.filter(({ id }) => id !== snapshot.id).map(({ number }) => number ?? 0)
  return {
    number: snapshot.number === null ? Math.max(0, ...taken) + 1 : null,
    date: snapshot.date === null ? today : null,
  }
}

/** The calendar day where the person is. */
export const dayOf = (now: Date): string =>
  `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
