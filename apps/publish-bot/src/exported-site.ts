import { printPicture } from '@stet/picture/print-picture'
import type { ArchiveEntry } from '@stet/render/archive-entry'
import type { PublicRecord } from '@stet/render/public-record'
import { dispatchPages, fileOf, type SitePage, showPages } from '@stet/render/site-pages'
import type { Revision, RevisionFacts, Site } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'
import type { Work } from './fetch-work.ts'
import type { ListedWork } from './list-published.ts'

/** A file of the site and how it is made. */
export type SiteFile = { readonly path: string; readonly render: SitePage['render'] }

/** What the pages of the show tell of a dispatch or essay. */
export type ToldWork = ListedWork & { readonly listed: readonly RevisionFacts[]; readonly entry: ArchiveEntry | null }

/** What stands below the address of one dispatch or essay: it follows from that one alone. */
export const workFiles = (work: Work, site: Site): SiteFile[] => {
  const record = recordOf([{ ...work, entry: null }], ({ revision }) => whole(work.revisions[revision - 1]))
  return filesOf(dispatchPages(record, work, site, printPicture))
}

/** What tells of the show as a whole. `snapshotOf` is asked for the newest revisions of the few that feeds hold. */
export const showFiles = (works: readonly ToldWork[], site: Site, snapshotOf: (facts: RevisionFacts) => Snapshot): SiteFile[] => {
  const record = recordOf(works, (facts, listed) => ({
    ...facts,
    earlier: listed.filter(({ revision }) => revision < facts.revision).map(earlierOf),
    snapshot: snapshotOf(facts),
  }))
  return filesOf(showPages(record, site))
}

const earlierOf = ({ revision, publishedAt, correction }: RevisionFacts) => ({ revision, publishedAt, correction })

const whole = (revision: Revision | undefined): Revision => {
  if (revision === undefined) throw new Error('a page asks for a revision that was not fetched')
  return revision
}

const filesOf = (pages: readonly SitePage[]): SiteFile[] =>
  pages.flatMap((page) => {
    const path = fileOf(page)
    return path === null ? [] : [{ path, render: page.render }]
  })

const recordOf = (
  works: readonly ToldWork[],
  wholeOf: (facts: RevisionFacts, listed: readonly RevisionFacts[]) => Revision,
): PublicRecord => {
  const workByPath = new Map(works.map((work) => [work.newest.path, work]))
  const listedById = new Map(works.map(({ newest, listed }) => [newest.dispatch as string, listed]))
  return {
    all: () => works,
    at: (path) => workByPath.get(path) ?? null,
    entries: () => works.flatMap(({ entry }) => entry ?? []),
    list: (dispatch) => listedById.get(dispatch) ?? [],
    get: (dispatch, revision) => {
      const listed = listedById.get(dispatch) ?? []
      const facts = listed[revision - 1]
      if (facts === undefined) throw new Error(`revision ${revision} of ${dispatch} is not listed`)
      return wholeOf(facts, listed)
    },
  }
}
