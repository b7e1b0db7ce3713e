import { snapshotJson } from '@stet/render/json'
import type { ApiClient } from '@stet/schema/contract/client'
import type { Revision, RevisionFacts } from '@stet/schema/revision'
import { resultOf } from './call.ts'
import { done, ExitCode, failed, type Result } from './ending.ts'
import { sha256Of } from './staged-file.ts'

/** One revision, refused unless its snapshot is the very one that was published. */
export const fetchRevision = async (api: ApiClient, facts: RevisionFacts): Promise<Result<Revision>> => {
  const name = `revision ${facts.revision} of “${facts.title}”`
  const params = { id: facts.dispatch, revision: facts.revision }
  const fetched = resultOf(await api('getRevision', { params }), `fetch ${name}`)
  if (!fetched.ok) return fetched
  const { snapshot, ...found } = fetched.value
  const found256 = sha256Of(snapshotJson(snapshot))
  if (found256 !== facts.sha256)
    return failed(
      ExitCode.refused,
      `Refused ${name} (${facts.path}): its snapshot has sha256 ${found256}, expected ${facts.sha256}.`,
    )
  const keys = ['dispatch', 'revision', 'sha256', 'path'] as const
  const other = keys.find((key) => found[key] !== facts[key])
  if (other !== undefined)
    return failed(ExitCode.refused, `Refused ${name}: its ${other} is “${found[other]}”, expected “${facts[other]}”.`)
  if (snapshot.id !== facts.dispatch)
    return failed(ExitCode.refused, `Refused ${name}: its snapshot is of dispatch ${snapshot.id}, expected ${facts.dispatch}.`)
  return done(fetched.value)
}
