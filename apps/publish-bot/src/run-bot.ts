import { createApiClient } from '@stet/schema/contract/client'
import type { CommandContext } from './command-context.ts'
import { type Request, readCommandLine } from './command-line.ts'
import { ExitCode, type Result } from './ending.ts'
import { readEnvironment } from './environment.ts'
import { exportCommand, exportPublishedCommand } from './export-command.ts'
import { importCommand } from './import-command.ts'
import { listCommand } from './list-command.ts'
import { patientFetch } from './patient-fetch.ts'
import { publishCommand } from './publish-command.ts'
import { createTerminal, type Stream } from './terminal.ts'
import { watchCommand } from './watch-command.ts'
import { withdrawCommand } from './withdraw-command.ts'

/** All that a run takes from the process around it. */
export type World = {
  readonly words: readonly string[]
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly workingFolder: string
  readonly out: Stream
  readonly err: Stream
  /** Milliseconds that only rise. */
  readonly now: () => number
  /** Null where nobody sits there to be asked. */
  readonly ask: ((question: string) => Promise<string>) | null
  readonly live: CommandContext['live']
  readonly pause: (milliseconds: number) => Promise<void>
}

/** One run: the command line, then the environment, then the command itself. */
export const runBot = async ({ words, variables, workingFolder, out, err, now, ask, live, pause }: World): Promise<ExitCode> => {
  const line = readCommandLine(
    words,
    (text) => out.write(text),
    (text) => err.write(text),
  )
  if (!line.ok) return line.code

  const terminal = createTerminal(out, err, now)
  const environment = readEnvironment(variables, workingFolder)
  const ended = environment.ok
    ? await obey(line.request, {
        api: createApiClient(environment.value.origin, {
          token: environment.value.token,
          fetch: patientFetch({
            fetch,
            pause,
            onWait: (seconds) => terminal.note(`The server asks for a pause; going on in ${seconds} s.`),
          }),
        }),
        ...environment.value,
        // npm runs scripts in the repository's root and says here where the person stood.
        folder: variables['INIT_CWD'] || workingFolder,
        terminal,
        ask,
        live,
      })
    : environment
  if (ended.ok) return ExitCode.ok
  for (const text of ended.failure.lines) terminal.note(text)
  return ended.failure.code
}

const obey = (request: Request, context: CommandContext): Promise<Result<undefined>> => {
  switch (request.name) {
    case 'list':
      return listCommand(context, request.json)
    case 'import':
      return importCommand(context, request.files, request.speakers, request.json)
    case 'export':
      return exportCommand(context, request.reference, request.which, request.format, request.out)
    case 'export-published':
      return exportPublishedCommand(context, request)
    case 'watch':
      return watchCommand(context, request)
    case 'publish':
      return publishCommand(context, request.reference, request)
    case 'withdraw':
      return withdrawCommand(context, request.reference, request)
  }
}
