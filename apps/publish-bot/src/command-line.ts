import { type FormatName, fileKinds } from '@stet/render/file-kinds'
import type { PublishRequest } from '@stet/schema/publishing'
import { CalendarDate, DispatchNumber } from '@stet/schema/snapshot'
import { CommanderError, InvalidArgumentError, Option, Command as Parser } from 'commander'
import { ExitCode } from './ending.ts'
import type { Which } from './export-one.ts'

/** What a command line asks for. */
export type Request =
  | { name: 'list'; json: boolean }
  | { name: 'import'; files: string[]; speakers: string[] | null; json: boolean }
  | { name: 'export'; reference: string; format: FormatName; which: Which; out: string | null }
  | { name: 'export-published'; out: string; isLink: boolean; isAgain: boolean; isWithRecordings: boolean }
  | { name: 'watch'; out: string; git: boolean; isLink: boolean; isWithRecordings: boolean; json: boolean }
  | { name: 'publish'; reference: string; wish: Wish; dryRun: boolean; json: boolean }
  | { name: 'withdraw'; reference: string; reason: string; isSure: boolean; json: boolean }

/** What publishing is told of the revision it makes. */
type Wish = Pick<PublishRequest, 'number' | 'date' | 'correction' | 'minor'>

type Read = { ok: true; request: Request } | { ok: false; code: ExitCode }

const FORMATS = Object.keys(fileKinds)

const LINK = 'make of the folder a link, switched from the old site to the new one as a whole'

const NO_RECORDINGS = 'without the recordings: whoever serves the folder asks the server for /audio/'

const FOOTER = `
A reference is a number (008 or 8), an id, or an essay's slug;
“npm run bot -- list” shows what there is.

Environment:
  STET_URL    the server's origin (default http://localhost:4400)
  STET_TOKEN  a token from “npm run server -- token create --scopes read:drafts,publish”
  STET_DATA   where STET_TOKEN is not set: the server's data folder, which holds its own
              bot token (default ./data)

Ends with 0 (done), 1 (a faulty file, or refused), 2 (command line, environment or disk)
or 3 (no server).`

/** Reads a command line; help and complaints are written where they belong. */
export const readCommandLine = (words: readonly string[], out: (text: string) => void, err: (text: string) => void): Read => {
  let request: Request | null = null
  const parser = new Parser('npm run bot --')
    .description('Brings dispatches to a Stet server, and finished ones out of it.')
    .addHelpText('after', FOOTER)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .showSuggestionAfterError()

  parser
    .command('list')
    .description('show every dispatch and essay of the desk')
    .option('--json', 'as JSON')
    .action(({ json = false }: { json?: boolean }) => {
      request = { name: 'list', json }
    })

  parser
    .command('import')
    .description(
      'make a dispatch or essay from each file (text, Markdown, JSON, WebVTT, SubRip); one faulty file, and none is imported',
    )
    .argument('<file...>')
    .option('--speakers <names>', 'the names that turns may begin with: "ana,ben"', namesFrom)
    .option('--json', 'print the result as JSON')
    .action((files: string[], { speakers = null, json = false }: { speakers?: string[] | null; json?: boolean }) => {
      request = { name: 'import', files, speakers, json }
    })

  const exporting = parser
    .command('export')
    .description('print one dispatch as it stands, or write everything published into a folder')
    .argument('[reference]')
    .addOption(new Option('--format <format>', 'one dispatch: as what').choices(FORMATS))
    .option('--revision <n>', 'one dispatch: a published revision, or “latest”, in place of the draft', whichFrom)
    .option('--published', 'everything published, in all formats, with a manifest')
    .option('--out <path>', 'the file to write in place of printing; with --published: the folder')
    .option('--link', LINK)
    .option('--again', 'with --published: make everything again, also what has not changed')
    .option('--no-recordings', NO_RECORDINGS)
    .action((reference: string | undefined, options: ExportOptions) => {
      const asked = readExport(reference, options)
      if (typeof asked === 'string') exporting.error(`error: ${asked}`)
      else request = asked
    })

  const watching = parser
    .command('watch')
    .description('keep a folder as the public site is, until told to stop (SIGTERM, Ctrl-C)')
    .requiredOption('--out <folder>', 'the folder to write to')
    .option('--git', 'the folder is a git repository: commit each change')
    .option('--link', LINK)
    .option('--no-recordings', NO_RECORDINGS)
    .option('--json', 'one JSON value a line for what happens')
    .action(({ out, git = false, link = false, recordings, json = false }: WatchOptions) => {
      if (git && link) watching.error('error: --git keeps one folder; leave out --link')
      else request = { name: 'watch', out, git, isLink: link, isWithRecordings: recordings, json }
    })

  const publishing = parser
    .command('publish')
    .description('freeze a dispatch as its next revision and show it on the public site')
    .argument('<reference>')
    .option('--number <n>', 'the number of a dispatch that has none; without it the next of the show', numberFrom)
    .option('--date <date>', 'the date of a dispatch that has none, such as 2026-01-31', dateFrom)
    .option('--wrong <text>', 'from the second revision on: what was wrong, for readers')
    .option('--stands <text>', 'and what stands now')
    .option('--minor', 'in place of both: the change corrects nothing, such as a typo')
    .option('--dry-run', 'say what would change on the site, and change nothing')
    .option('--json', 'print the result as JSON')
    .action((reference: string, options: PublishOptions) => {
      const asked = readPublish(reference, options)
      if (typeof asked === 'string') publishing.error(`error: ${asked}`)
      else request = asked
    })

  parser
    .command('withdraw')
    .description('take a dispatch from its readers; at its address stands the reason, until it is published again')
    .argument('<reference>')
    .requiredOption('--reason <text>', 'why, for readers')
    .option('--yes', 'do not ask whether it is meant')
    .option('--json', 'print the result as JSON')
    .action((reference: string, { reason, yes = false, json = false }: { reason: string; yes?: boolean; json?: boolean }) => {
      request = { name: 'withdraw', reference, reason, isSure: yes, json }
    })

  try {
    parser.parse(words, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { ok: false, code: error.exitCode === 0 ? ExitCode.ok : ExitCode.usage }
  }
  return request === null ? { ok: false, code: ExitCode.usage } : { ok: true, request }
}

type PublishOptions = {
  number?: number
  date?: string
  wrong?: string
  stands?: string
  minor?: true
  dryRun?: boolean
  json?: boolean
}

const readPublish = (reference: string, options: PublishOptions): Request | string => {
  const { wrong, stands, dryRun = false, json = false, ...wish } = options
  if ((wrong === undefined) !== (stands === undefined)) return '--wrong and --stands go together'
  if (wrong === undefined || stands === undefined) return { name: 'publish', reference, wish, dryRun, json }
  if (wish.minor) return 'a change that corrects something is not minor; leave out --minor, or --wrong and --stands'
  return { name: 'publish', reference, wish: { ...wish, correction: { wrong, stands } }, dryRun, json }
}

type WatchOptions = { out: string; git?: boolean; link?: boolean; recordings: boolean; json?: boolean }

type ExportOptions = {
  format?: FormatName
  revision?: Which
  published?: boolean
  out?: string
  link?: boolean
  again?: boolean
  /** True unless it is said not to be. */
  recordings: boolean
}

const readExport = (reference: string | undefined, options: ExportOptions): Request | string => {
  const { format, revision, published, out, link: isLink = false, again: isAgain = false, recordings } = options
  if (published === true) {
    if (reference !== undefined) return `--published exports everything; leave out “${reference}”`
    if (format !== undefined) return '--published writes every format; leave out --format'
    if (revision !== undefined) return '--published exports the newest revisions; leave out --revision'
    if (out === undefined) return '--published needs the folder to write to: --out <path>'
    return { name: 'export-published', out, isLink, isAgain, isWithRecordings: recordings }
  }
  if (isLink || isAgain || !recordings)
    return `${isLink ? '--link' : isAgain ? '--again' : '--no-recordings'} goes with --published`
  if (reference === undefined) return 'say which dispatch (such as 008), or --published for all of them'
  if (format === undefined) return `say in which format: --format ${FORMATS.join('|')}`
  return { name: 'export', reference, format, which: revision ?? 'draft', out: out ?? null }
}

const whichFrom = (text: string): Which => {
  if (text === 'latest') return text
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Expected a number from 1, or “latest”.')
  return Number(text)
}

const numberFrom = (text: string): number => {
  const number = DispatchNumber.safeParse(/^\d{1,6}$/.test(text) ? Number(text) : null)
  if (!number.success) throw new InvalidArgumentError('Expected a number from 1 to 999999.')
  return number.data
}

const dateFrom = (text: string): string => {
  if (!CalendarDate.safeParse(text).success) throw new InvalidArgumentError('Expected a date such as 2026-01-31.')
  return text
}

const namesFrom = (text: string): string[] => {
  const names = text.split(',').map((name) => name.trim())
  if (names.includes('')) throw new InvalidArgumentError('Expected names with commas between them, such as "ana,ben".')
  return names
}
