import { formatProblem } from '@stet/schema/finding'
import { resultOf } from './call.ts'
import type { CommandContext } from './command-context.ts'
import { dispatchName } from './dispatch-name.ts'
import { done, type Result } from './ending.ts'
import { lookUp } from './look-up.ts'

export const publishCommand = async (
  { api, origin, terminal }: CommandContext,
  reference: string,
  json: boolean,
): Promise<Result<undefined>> => {
  const found = await lookUp(api, reference)
  if (!found.ok) return found
  const { dispatch } = found.value
  const published = resultOf(await api('publish', { params: { id: dispatch.id } }), `publish ${dispatchName(dispatch)}`)
  if (!published.ok) return published
  const { revision, findings } = published.value
  for (const finding of findings) terminal.note(`${finding.level}: ${formatProblem(finding)}`)
  if (json) terminal.print(JSON.stringify(published.value))
  else terminal.print(`Published revision ${revision.revision} of “${revision.title}”: ${origin}${revision.path}`)
  return done(undefined)
}
