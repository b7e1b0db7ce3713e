import type { ApiClient } from '@stet/schema/contract/client'
import type { Revision, RevisionFacts, Site } from '@stet/schema/revision'
import { atMost } from './at-most.ts'
import { resultOf } from './call.ts'
import { done, ExitCode, type Failure, failed, type Result } from './ending.ts'
import { fetchRevision } from './fetch-revision.ts'

const REQUESTS_AT_ONCE = 4

/** The newest revision of everything published, each one checked; or the first failure, and then nothing. */
export const gatherPublished = async (
  api: ApiClient,
  onProgress: (gathered: number, all: number) => void,
): Promise<Result<{ site: Site; revisions: Revision[] }>> => {
  const listed = resultOf(await api('listPublished'), 'list what is published')
  if (!listed.ok) return listed
  const { site, published } = listed.value
  const twice = published.find(({ path }, index) => published.findIndex((other) => other.path === path) !== index)
  if (twice !== undefined) return failed(ExitCode.refused, `The server lists ${twice.path} twice; nothing was exported.`)

  const gathered = new Map<RevisionFacts, Revision>()
  const failures: Failure[] = []
  await atMost(REQUESTS_AT_ONCE, published, async (facts) => {
    if (failures.length > 0) return
    const revision = await fetchRevision(api, facts)
    if (!revision.ok) failures.push(revision.failure)
    else gathered.set(facts, revision.value)
    onProgress(gathered.size, published.length)
  })
  if (failures[0] !== undefined) return { ok: false, failure: failures[0] }
  return done({ site, revisions: published.flatMap((facts) => gathered.get(facts) ?? []) })
}
