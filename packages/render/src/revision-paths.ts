/** Where the site tells of revisions; `path` is that of the dispatch, such as `/dispatches/008/`. */

export const CORRECTIONS_PATH = '/corrections/'

/** All revisions of one dispatch, with dates and notes. */
export const revisionsPath = (path: string): string => `${path}revisions/`

/** One revision, for ever as it was. */
export const revisionPath = (path: string, revision: number): string => `${path}revisions/${revision}/`

/** What a revision made of the one before it. */
export const changesPath = (path: string, revision: number): string => `${path}revisions/${revision}/changes/`
