import type { PublicRecord } from '@stet/render/public-record'
import { fileOf, type SitePage, sitePages } from '@stet/render/site-pages'
import type { Gathered, Work } from './gather-published.ts'

/** A file of the site and how it is made. */
export type SiteFile = { readonly path: string; readonly render: SitePage['render'] }

/** The pages of the public site, as files of a folder that any server can show. */
export const siteFiles = ({ site, works }: Gathered): SiteFile[] =>
  sitePages(recordOf(works), site).flatMap((page) => {
    const path = fileOf(page)
    return path === null ? [] : [{ path, render: page.render }]
  })

const recordOf = (works: readonly Work[]): PublicRecord => {
  const workByPath = new Map(works.map((work) => [work.newest.path, work]))
  const workById = new Map(works.map((work) => [work.newest.dispatch as string, work]))
  return {
    all: () => works,
    at: (path) => workByPath.get(path) ?? null,
    list: (dispatch) => workById.get(dispatch)?.listed ?? [],
    get: (dispatch, revision) => {
      const found = workById.get(dispatch)?.revisions[revision - 1]
      if (found === undefined) throw new Error(`revision ${revision} of ${dispatch} was not gathered`)
      return found
    },
  }
}
