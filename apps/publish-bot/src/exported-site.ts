import { printPicture } from '@stet/picture/print-picture'
import { archiveEntry } from '@stet/render/archive-entry'
import type { PublicRecord } from '@stet/render/public-record'
import { dispatchPages, fileOf, type SitePage, showPages } from '@stet/render/site-pages'
import type { Site } from '@stet/schema/revision'
import type { Gathered, Work } from './gather-published.ts'

/** A file of the site and how it is made. */
export type SiteFile = { readonly path: string; readonly render: SitePage['render'] }

/** What stands below the address of one dispatch or essay: it follows from that one alone. */
export const workFiles = (work: Work, site: Site): SiteFile[] =>
  filesOf(dispatchPages(recordOf([work]), work, site, printPicture))

/** What tells of the show as a whole. */
export const showFiles = ({ site, works }: Gathered): SiteFile[] => filesOf(showPages(recordOf(works), site))

const filesOf = (pages: readonly SitePage[]): SiteFile[] =>
  pages.flatMap((page) => {
    const path = fileOf(page)
    return path === null ? [] : [{ path, render: page.render }]
  })

const recordOf = (works: readonly Work[]): PublicRecord => {
  const workByPath = new Map(works.map((work) => [work.newest.path, work]))
  const workById = new Map(works.map((work) => [work.newest.dispatch as string, work]))
  return {
    all: () => works,
    at: (path) => workByPath.get(path) ?? null,
    entries: () =>
      works.flatMap(({ newest, withdrawal, revisions }) => {
        const whole = revisions[newest.revision - 1]
        return withdrawal !== null || whole === undefined ? [] : [archiveEntry({ facts: newest, snapshot: whole.snapshot })]
      }),
    list: (dispatch) => workById.get(dispatch)?.listed ?? [],
    get: (dispatch, revision) => {
      const found = workById.get(dispatch)?.revisions[revision - 1]
      if (found === undefined) throw new Error(`revision ${revision} of ${dispatch} was not gathered`)
      return found
    },
  }
}
