import pino from 'pino'
import { signInUrl } from './access/access.ts'
import { createSqliteAccess } from './access/sqlite-access.ts'
import { systemClock } from './clock.ts'
import { type Command, readCommand } from './command-line.ts'
import { type Config, readConfig } from './config.ts'
import { dataFiles, prepareDataFolder } from './data-folder.ts'
import { openDeskDatabase } from './desk-database.ts'
import { runOperation } from './operate/run-operation.ts'
import { start } from './start.ts'

const USAGE = 2
const DISK_FAILED = 74
const PATIENCE = 10_000

const main = async (): Promise<void> => {
  const asked = readCommand(process.argv.slice(2))
  if (!asked.ok) return leave(USAGE, asked.message)
  const configured = readConfig(process.env)
  if (!configured.ok) return leave(USAGE, ...configured.problems)
  const { command } = asked
  if (command.name === 'start') await serve(configured.config)
  else if (command.name === 'token create' || command.name === 'link create')
    process.stdout.write(`${await makeSecret(command, configured.config)}\n`)
  else operate(command, configured.config)
}

const serve = async (config: Config): Promise<void> => {
  const logger = pino({ level: config.logLevel }, pino.destination({ fd: 2, sync: true }))
  const outcome = await start(config, { clock: systemClock, logger, print: (text) => process.stdout.write(text) })
  if (!outcome.ok) return leave(USAGE, outcome.message)
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    setTimeout(() => leave(1, 'the server did not stop in time'), PATIENCE).unref()
    void outcome.stop().then(() => process.exit(0))
  }
  // At once: whoever is connected keeps what was not acknowledged, and a commit after this may say more than is true.
  void outcome.failed.then((reason) =>
    leave(
      DISK_FAILED,
      `the disk failed: ${reason}`,
      'The server has stopped, and has said "saved" of nothing since. Look after the disk, run "npm run server -- verify", then start it again.',
    ),
  )
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

type SecretCommand = Extract<Command, { name: 'token create' | 'link create' }>
type OperationCommand = Exclude<Command, { name: 'start' } | SecretCommand>

const operate = (command: OperationCommand, { dataFolder }: Config): void => {
  const outcome = runOperation(command, dataFolder, systemClock.now())
  if (!outcome.ok) leave(USAGE, outcome.message)
  else {
    process.stdout.write(`${outcome.lines.join('\n')}\n`)
    process.exitCode = outcome.sound ? 0 : 1
  }
}

/** Works beside a running server: both open the same database for a moment. */
const makeSecret = async (command: SecretCommand, config: Config): Promise<string> => {
  prepareDataFolder(config.dataFolder)
  const db = openDeskDatabase(dataFiles(config.dataFolder).desk)
  const access = createSqliteAccess(db, systemClock)
  try {
    if (command.name === 'token create') {
      const { tokenName: name, scopes, days } = command
      return (await access.tokens.create({ name, scopes, days })).token
    }
    const { code } = await access.invitations.create({ role: command.role, uses: 1, days: 7, madeBy: 'the command line' })
    return signInUrl(config.url ?? `http://localhost:${config.port}`, code)
  } finally {
    db.close()
  }
}

const leave = (status: number, ...lines: string[]): void => {
  process.stderr.write(`${lines.join('\n')}\n`)
  process.exit(status)
}

await main()
