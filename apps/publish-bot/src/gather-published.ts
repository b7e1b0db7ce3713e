import { isDeepStrictEqual } from 'node:util'
import type { ApiClient } from '@stet/schema/contract/client'
import type { Revision, RevisionFacts, Site, Withdrawal } from '@stet/schema/revision'
import { atMost } from './at-most.ts'
import { resultOf } from './call.ts'
import { done, ExitCode, type Failure, failed, type Result } from './ending.ts'
import { fetchRevision } from './fetch-revision.ts'

const REQUESTS_AT_ONCE = 4

/** One dispatch or essay that was ever published. */
export type Work = {
  readonly newest: RevisionFacts
  readonly withdrawal: Withdrawal | null
  /** Oldest first. */
  readonly listed: readonly RevisionFacts[]
  /** All of them; none of what is withdrawn, since nothing of it is to be shown. */
  readonly revisions: readonly Revision[]
}

export type Gathered = { readonly site: Site; readonly works: readonly Work[] }

/** Everything that was ever published, each revision checked; or the first failure, and then nothing. What is `known` is not fetched again. */
export const gatherPublished = async (
  api: ApiClient,
  known: readonly Work[],
  onProgress: (gathered: number, all: number) => void,
): Promise<Result<Gathered>> => {
  const listed = resultOf(await api('listPublished'), 'list what is published')
  if (!listed.ok) return listed
  const { site, published, withdrawn } = listed.value
  const all = [
    ...published.map((newest) => ({ newest, withdrawal: null })),
    ...withdrawn.map(({ revision, withdrawal }) => ({ newest: revision, withdrawal })),
  ].sort((a, b) => (a.newest.path < b.newest.path ? -1 : 1))
  const twice = all.find(({ newest }, index) => newest.path === all[index + 1]?.newest.path)
  if (twice !== undefined) return failed(ExitCode.refused, `The server lists ${twice.newest.path} twice; nothing was exported.`)

  const knownByPath = new Map(known.map((work) => [work.newest.path, work]))
  const works = new Array<Work | null>(all.length).fill(null)
  const failures: Failure[] = []
  let count = 0
  await atMost(REQUESTS_AT_ONCE, all, async ({ newest, withdrawal }, index) => {
    if (failures.length > 0) return
    const before = knownByPath.get(newest.path)
    const work = before && isSame(before, newest, withdrawal) ? done(before) : await gatherWork(api, newest, withdrawal)
    if (!work.ok) failures.push(work.failure)
    else works[index] = work.value
    onProgress(++count, all.length)
  })
  if (failures[0] !== undefined) return { ok: false, failure: failures[0] }
  return done({ site, works: works.flatMap((work) => work ?? []) })
}

/** Revisions never change, so the newest one and the withdrawal tell all. */
const isSame = (before: Work, newest: RevisionFacts, withdrawal: Withdrawal | null): boolean =>
  isDeepStrictEqual([before.newest, before.withdrawal], [newest, withdrawal])

const gatherWork = async (api: ApiClient, newest: RevisionFacts, withdrawal: Withdrawal | null): Promise<Result<Work>> => {
  const listed = await listUpTo(api, newest)
  if (!listed.ok) return listed
  const revisions: Revision[] = []
  if (withdrawal === null)
    for (const facts of listed.value) {
      const revision = await fetchRevision(api, facts)
      if (!revision.ok) return revision
      revisions.push(revision.value)
    }
  return done({ newest, withdrawal, listed: listed.value, revisions })
}

/** A first revision is a list of its own; and one that was published since the newest was listed is left to the next run. */
const listUpTo = async (api: ApiClient, newest: RevisionFacts): Promise<Result<readonly RevisionFacts[]>> => {
  if (newest.revision === 1) return done([newest])
  const name = `the revisions of “${newest.title}”`
  const listed = resultOf(await api('listRevisions', { params: { id: newest.dispatch } }), `list ${name}`)
  if (!listed.ok) return listed
  const upTo = listed.value.revisions.filter(({ revision }) => revision <= newest.revision)
  const isDense = upTo.every(({ revision, path }, index) => revision === index + 1 && path === newest.path)
  return isDense && upTo.length === newest.revision && upTo.at(-1)?.sha256 === newest.sha256
    ? done(upTo)
    : failed(ExitCode.refused, `Refused ${name}: the server does not list them from 1 to ${newest.revision} at ${newest.path}.`)
}
