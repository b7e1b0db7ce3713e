import { formatProblem } from '@stet/schema/finding'
import type { Preview, PublishRequest } from '@stet/schema/publishing'
import { formatNumber } from '@stet/schema/timeline'
import { resultOf } from './call.ts'
import type { CommandContext } from './command-context.ts'
import { dispatchName } from './dispatch-name.ts'
import { done, ExitCode, failed, type Result } from './ending.ts'
import { lookUp } from './look-up.ts'

type Options = {
  readonly wish: Pick<PublishRequest, 'number' | 'date' | 'correction' | 'minor'>
  readonly dryRun: boolean
  readonly json: boolean
}

export const publishCommand = async (
  context: CommandContext,
  reference: string,
  { wish, dryRun, json }: Options,
): Promise<Result<undefined>> => {
  const { api, origin, terminal } = context
  const found = await lookUp(api, reference)
  if (!found.ok) return found
  const { dispatch } = found.value
  const name = dispatchName(dispatch)
  const params = { id: dispatch.id }
  // Looked at first: what is published is then exactly this, once, however often an answer is lost.
  const { number, date, minor } = wish
  const query = { number, date, ...(minor && { minor: 'true' as const }) }
  const previewed = resultOf(await api('previewRevision', { params, query }), `look at ${name}`)
  if (!previewed.ok) return previewed
  const preview = previewed.value
  if (dryRun) return tell(context, name, preview, json)

  const { sha256, revision: next } = preview
  const body = { ...wish, sha256, revision: next }
  const published = resultOf(await api('publish', { params, body }), `publish ${name}`)
  if (!published.ok) return published
  const { revision, findings } = published.value
  for (const finding of findings) terminal.note(`${finding.level}: ${formatProblem(finding)}`)
  if (json) terminal.print(JSON.stringify(published.value))
  else terminal.print(`Published revision ${revision.revision} of “${revision.title}”: ${origin}${revision.path}`)
  return done(undefined)
}

/** What publishing would do, in lines; ends as a refusal where it would be refused. */
const tell = ({ terminal }: CommandContext, name: string, preview: Preview, json: boolean): Result<undefined> => {
  if (json) terminal.print(JSON.stringify(preview))
  else for (const line of previewLines(preview)) terminal.print(line)
  const { problems } = preview
  if (problems.length === 0) return done(undefined)
  return failed(ExitCode.refused, `Could not publish ${name}:`, ...problems.map((problem) => `  ${formatProblem(problem)}`))
}

const previewLines = ({ revision, path, number, stage, pages, changes, findings }: Preview): string[] => [
  `Would publish revision ${revision}${number === null ? '' : ` as ${formatNumber(number)}`}${path === null ? '' : ` at ${path}`}`,
  ...(stage === 'approved' ? [] : ['Nobody has approved it as it stands']),
  ...pages.map(({ path, is }) => `${is.padEnd(7)}  ${path}`),
  ...(changes === null ? [] : changeLines(changes)),
  ...findings.map((finding) => `${finding.level}: ${formatProblem(finding)}`),
]

const changeLines = ({ fields, blocks, sources }: NonNullable<Preview['changes']>): string[] => [
  ...fields.map(({ field }) => `changes ${field}`),
  ...blocks.map(
    ({ before, after, moved }) => `${verb(before, after, moved)} ${(after ?? before)?.kind} ${(after ?? before)?.id}`,
  ),
  ...sources.map(({ before, after }) => `${verb(before, after, false)} source “${(after ?? before)?.title}”`),
]

const verb = (before: unknown, after: unknown, moved: boolean): string =>
  before === null ? 'adds' : after === null ? 'removes' : moved ? 'moves' : 'changes'
