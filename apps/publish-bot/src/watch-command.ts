import { resolve } from 'node:path'
import { DispatchEvent, Stand } from '@stet/schema/contract/events'
import type { EventSourceMessage } from 'eventsource-parser/stream'
import type { CommandContext } from './command-context.ts'
import { countsText } from './counts-text.ts'
import { done, ExitCode, type Failure, failed, type Result } from './ending.ts'
import { createExporter, type ExportOptions } from './export-published.ts'
import { followEvents, type StreamEnd } from './follow-events.ts'
import { type GitRepository, openGitRepository } from './git-repository.ts'
import { waitBefore } from './wait-before.ts'

type Options = Omit<ExportOptions, 'isAgain'> & { readonly git: boolean; readonly json: boolean }

/**
 * Keeps a folder as the public site is: follows the server's events and exports after each that readers see. Each connection begins
 * with an export, so nothing is missed, however long the server or the bot was away.
 */
export const watchCommand = async (
  context: CommandContext,
  { out, git, json, ...options }: Options,
): Promise<Result<undefined>> => {
  const { origin, token, folder, terminal, live } = context
  const root = resolve(folder, out)
  const opened = git ? await openGitRepository(root) : done(null)
  if (!opened.ok) return opened
  const life = live()
  const { stop } = life
  const say = (event: object, text: string) => terminal.print(json ? JSON.stringify(event) : text)
  const renew = createRenewal(createExporter(context, { ...options, out: root, isAgain: false }), opened.value, say)

  let last: string | null = null
  let failures = 0
  while (!stop.aborted) {
    const events: AsyncGenerator<EventSourceMessage, StreamEnd> = followEvents({ origin, token, last, stop, after: life.after })
    let next = await events.next()
    let failure: Failure | null = null
    /** What was missed up to this number is exported at once. */
    let newest = 0
    let isDue = false
    const told: DispatchEvent[] = []
    while (!next.done && failure === null) {
      const { id = '', event, data } = next.value
      const value = readJson(data)
      if (event === 'stand') {
        newest = Stand.safeParse(value).data?.newest ?? 0
        isDue = true
      } else {
        const read = DispatchEvent.safeParse(value)
        if (read.success && isSeen(read.data.step)) told.push(read.data)
        isDue ||= told.length > 0
      }
      if (isDue && Number(id) >= newest) {
        failure = await renew(told.splice(0))
        isDue = false
      }
      if (failure !== null) break
      if (!isDue) last = id
      failures = 0
      next = await events.next()
    }
    const end: StreamEnd = next.done ? next.value : { is: 'cut', why: failure?.lines.join(' ') ?? '' }
    if (failure !== null && failure.code !== ExitCode.network) return { ok: false, failure }
    if (!next.done) await events.return({ is: 'stopped' })
    if (end.is === 'stopped' || stop.aborted) break
    if (end.is === 'refused') return refusedBy(origin, end)
    failures += 1
    const wait = waitBefore(failures, life.random)
    const seconds = Math.ceil(wait / 1000)
    if (json) terminal.print(JSON.stringify({ cut: { why: end.why, seconds } }))
    else terminal.note(`${origin}: ${end.why}; trying again in ${seconds} s`)
    await life.pause(wait)
  }
  return done(undefined)
}

/** Exports and commits, and says of what; null where that went well. */
const createRenewal =
  (exportSite: ReturnType<typeof createExporter>, repository: GitRepository | null, say: (event: object, text: string) => void) =>
  async (told: readonly DispatchEvent[]): Promise<Failure | null> => {
    for (const event of told) say({ event }, sentenceOf(event))
    const exported = await exportSite()
    if (!exported.ok) return exported.failure
    const { written, removed } = exported.value
    const committed = repository === null ? done(null) : await repository.commit(messageOf(told))
    if (!committed.ok) return committed.failure
    const commit = committed.value
    if (written + removed > 0 || commit !== null || told.length === 0)
      say(
        { export: { ...exported.value, ...(commit === null ? {} : { commit }) } },
        `${countsText(exported.value)}${commit === null ? '' : `, commit ${commit.slice(0, 12)}`}`,
      )
    return null
  }

const isSeen = (step: DispatchEvent['step']): boolean => step === 'published' || step === 'withdrawn'

const sentenceOf = ({ step, path, revision, by }: DispatchEvent): string =>
  step === 'withdrawn' ? `Withdrawn ${path} by ${by}` : `Published ${path}, revision ${revision}, by ${by}`

const messageOf = (told: readonly DispatchEvent[]): string => told.map(sentenceOf).join('\n') || 'The site as it stands'

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const refusedBy = (origin: string, { status, why }: Extract<StreamEnd, { is: 'refused' }>): Result<undefined> =>
  status === 401
    ? failed(
        ExitCode.usage,
        'Could not follow events: the server does not know this token.',
        'Set STET_TOKEN to one that it knows.',
      )
    : failed(status === 403 ? ExitCode.refused : ExitCode.network, `Could not follow events of ${origin}: ${why}`)
