import pino, { type Logger } from 'pino'
import { type Access, signInUrl } from './access/access.ts'
import { openPeople } from './access/open-people.ts'
import { createSqlAccess } from './access/sql-access.ts'
import { systemClock } from './clock.ts'
import { type Command, readCommand } from './command-line.ts'
import { type Config, readConfig } from './config.ts'
import { prepareDataFolder } from './data-folder.ts'
import type { OperationOutcome } from './operate/backup.ts'
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
  else if (command.name === 'token create' || command.name === 'link create') await makeSecret(command, configured.config)
  else await operate(command, configured.config)
}

const serve = async (config: Config): Promise<void> => {
  const outcome = await start(config, {
    clock: systemClock,
    logger: loggerOf(config),
    print: (text) => process.stdout.write(text),
  })
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

const operate = async (command: OperationCommand, config: Config): Promise<void> => {
  const outcome = await outcomeOf(command, config)
  if (!outcome.ok) leave(USAGE, outcome.message)
  else {
    process.stdout.write(`${outcome.lines.join('\n')}\n`)
    process.exitCode = outcome.sound ? 0 : 1
  }
}

const outcomeOf = async (command: OperationCommand, config: Config): Promise<OperationOutcome> => {
  const { dataFolder, people: address } = config
  const [now, logger] = [systemClock.now(), loggerOf(config)]
  // What speaks to Postgres is loaded where there is one.
  if (command.name === 'move-people') return (await import('./operate/move-people.ts')).movePeople(config, { logger, now })
  const outcome = runOperation(command, dataFolder, now)
  if (address === null) return outcome
  const { tellOfPeopleElsewhere } = await import('./operate/people-elsewhere.ts')
  return tellOfPeopleElsewhere(outcome, { command, address, logger })
}

/** Works beside a running server: both open the same database for a moment. */
const makeSecret = async (command: SecretCommand, config: Config): Promise<void> => {
  prepareDataFolder(config.dataFolder)
  const opened = await openPeople(config, loggerOf(config))
  if (!opened.ok) return leave(USAGE, opened.message)
  try {
    process.stdout.write(`${await secretOf(command, config, createSqlAccess(opened.people, systemClock))}\n`)
  } finally {
    await opened.people.close()
  }
}

const secretOf = async (command: SecretCommand, config: Config, { tokens, invitations }: Access): Promise<string> => {
  if (command.name === 'token create') {
    const { tokenName: name, scopes, days } = command
    return (await tokens.create({ name, scopes, days })).token
  }
  const { code } = await invitations.create({ role: command.role, uses: 1, days: 7, madeBy: 'the command line' })
  return signInUrl(config.url ?? `http://localhost:${config.port}`, code)
}

const loggerOf = ({ logLevel }: Config): Logger => pino({ level: logLevel }, pino.destination({ fd: 2, sync: true }))

const leave = (status: number, ...lines: string[]): void => {
  process.stderr.write(`${lines.join('\n')}\n`)
  process.exit(status)
}

await main()
