import type { ApiClient } from '@stet/schema/contract/client'
import type { RevisionFacts, Site, Withdrawal } from '@stet/schema/revision'
import { resultOf } from './call.ts'
import { done, ExitCode, failed, type Result } from './ending.ts'

/** One dispatch or essay that was ever published. */
export type ListedWork = { readonly newest: RevisionFacts; readonly withdrawal: Withdrawal | null }

export type Listed = {
  readonly site: Site
  /** By path. */
  readonly works: readonly ListedWork[]
}

/** Everything that was ever published. */
export const listPublished = async (api: ApiClient): Promise<Result<Listed>> => {
  const listed = resultOf(await api('listPublished'), 'list what is published')
  if (!listed.ok) return listed
  const { site, published, withdrawn } = listed.value
  const works = [
    ...published.map((newest) => ({ newest, withdrawal: null })),
    ...withdrawn.map(({ revision, withdrawal }) => ({ newest: revision, withdrawal })),
  ].sort((a, b) => (a.newest.path < b.newest.path ? -1 : 1))
  const twice = works.find(({ newest }, index) => newest.path === works[index + 1]?.newest.path)
  return twice === undefined
    ? done({ site, works })
    : failed(ExitCode.refused, `The server lists ${twice.newest.path} twice; nothing was exported.`)
}
