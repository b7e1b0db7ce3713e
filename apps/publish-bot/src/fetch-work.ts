import type { ApiClient } from '@stet/schema/contract/client'
import type { Revision, RevisionFacts } from '@stet/schema/revision'
import { resultOf } from './call.ts'
import { done, ExitCode, failed, type Result } from './ending.ts'
import { fetchRevision } from './fetch-revision.ts'
import type { ListedWork } from './list-published.ts'

export type Work = ListedWork & {
  /** Oldest first. */
  readonly listed: readonly RevisionFacts[]
  /** All of them; none of what is withdrawn, since nothing of it is to be shown. */
  readonly revisions: readonly Revision[]
}

/** All that the pages of one dispatch or essay are made of, each revision checked; or the first failure. */
export const fetchWork = async (api: ApiClient, { newest, withdrawal }: ListedWork): Promise<Result<Work>> => {
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
