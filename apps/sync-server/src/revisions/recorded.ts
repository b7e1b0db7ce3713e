import type { PublicRecord, Standing } from '@stet/render/public-record'
import type { DispatchId } from '@stet/schema/ids'
import type { Archive } from '../site/archive.ts'
import type { Revisions } from './revisions.ts'

/** What was published, as the site is made of it. */
export const recorded = (revisions: Revisions, archive: Archive): PublicRecord => ({
  entries: archive.entries,
  all: () =>
    [
      ...revisions.newest().map((newest): Standing => ({ newest, withdrawal: null })),
      ...revisions.withdrawn().map(({ revision, withdrawal }): Standing => ({ newest: revision, withdrawal })),
    ].sort((a, b) => (a.newest.path < b.newest.path ? -1 : 1)),
  at: (path) => {
    const whole = revisions.newestAt(path)
    if (whole === null) return null
    const { snapshot: _, earlier: __, ...newest } = whole
    return { newest, withdrawal: revisions.withdrawal(newest.dispatch) }
  },
  list: (dispatch) => revisions.list(dispatch as DispatchId),
  get: (dispatch, revision) => {
    const found = revisions.get(dispatch as DispatchId, revision)
    if (found === null) throw new Error(`revision ${revision} of ${dispatch} was listed and is not there`)
    return found
  },
})
