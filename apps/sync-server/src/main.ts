import pino from 'pino'
import { signInUrl } from './access/access.ts'
import { createSqliteAccess } from './access/sqlite-access.ts'
import { systemClock } from './clock.ts'
import { type Command, readCommand } from './command-line.ts'
import { type Config, readConfig } from './config.ts'
import { dataFiles, prepareDataFolder } from './data-folder.ts'
import { openDeskDatabase } from './desk-database.ts'
import { start } from './start.ts'

const USAGE = 2
const PATIENCE = 10_000

const main = async (): Promise<void> => {
  const asked = readCommand(process.argv.slice(2))
  if (!asked.ok) return leave(USAGE, asked.message)
  const configured = readConfig(process.env)
  if (!configured.ok) return leave(USAGE, ...configured.problems)
  if (asked.command.name === 'start') await serve(configured.config)
  else process.stdout.write(`${makeSecret(asked.command, configured.config)}\n`)
}

const serve = async (config: Config): Promise<void> => {
  const logger = pino({ level: 'warn' }, pino.destination({ fd: 2, sync: true }))
  const outcome = await start(config, { clock: systemClock, logger, print: (text) => process.stdout.write(text) })
  if (!outcome.ok) return leave(USAGE, outcome.message)
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    setTimeout(() => leave(1, 'the server did not stop in time'), PATIENCE).unref()
    void outcome.stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** Works beside a running server: both open the same database for a moment. */
const makeSecret = (command: Exclude<Command, { name: 'start' }>, config: Config): string => {
  prepareDataFolder(config.dataFolder)
  const db = openDeskDatabase(dataFiles(config.dataFolder).desk)
  const access = createSqliteAccess(db, systemClock)
  try {
    if (command.name === 'token create')
      return access.createToken({ role: command.role, name: command.tokenName, days: command.days }).token
    return signInUrl(config.url ?? `http://localhost:${config.port}`, access.createLink(command.role, 'the command line').code)
  } finally {
    db.close()
  }
}

const leave = (status: number, ...lines: string[]): void => {
  process.stderr.write(`${lines.join('\n')}\n`)
  process.exit(status)
}

await main()
