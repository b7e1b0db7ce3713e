import type { Logger } from 'pino'
import { type Access, signInUrl } from './access/access.ts'
import { openPeople } from './access/open-people.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { keepBotToken, lockDataFolder, prepareDataFolder } from './data-folder.ts'
import { createMetrics } from './metrics/metrics.ts'
import { serveMetrics } from './metrics/metrics-server.ts'
import { openAdapters } from './open-adapters.ts'
import { addSample } from './sample/sample.ts'
import { createServer } from './server.ts'

export type StartOutcome =
  | {
      ok: true
      stop: () => Promise<void>
      /** Resolves with the reason when the disk has failed: no commit can be believed any more. */
      failed: Promise<string>
    }
  | { ok: false; message: string }

/** Serves one data folder until told to stop. */
export const start = async (
  config: Config,
  needs: { clock: Clock; logger: Logger; print: (text: string) => void },
): Promise<StartOutcome> => {
  const { clock, logger, print } = needs
  prepareDataFolder(config.dataFolder)
  const lock = lockDataFolder(config.dataFolder)
  if (lock === null)
    return {
      ok: false,
      message: `STET_DATA: another server is using ${config.dataFolder}; stop it, or give this one a folder of its own`,
    }
  const people = await openPeople(config, logger)
  if (!people.ok) {
    lock.release()
    return people
  }
  const metrics = createMetrics({ ofProcess: config.metrics !== null })
  const needed = { clock, logger, metrics, name: config.name, people: people.people }
  const opened = await openAdapters(config.dataFolder, needed).catch((error: Error) => error)
  if (opened instanceof Error) {
    await people.people.close()
    lock.release()
    return {
      ok: false,
      message: `STET_DATA: the log in ${config.dataFolder} cannot be opened: ${opened.message}; docs/operations.md says what to do`,
    }
  }
  const { adapters, close } = opened
  await addSample(adapters)
  const server = createServer(config, adapters)
  let figures: Awaited<ReturnType<typeof serveMetrics>> | null = null
  const stop = async () => {
    await server.close()
    await figures?.close()
    await close()
    lock.release()
  }
  try {
    if (config.metrics !== null) figures = await serveMetrics(config.metrics, metrics)
  } catch (error) {
    await close()
    lock.release()
    return { ok: false, message: listenFault(error as NodeJS.ErrnoException, METRICS_NAMES, config.metrics ?? config) }
  }
  await keepBotToken(config.dataFolder, adapters.access, clock.now())
  let url: string
  try {
    url = (await server.listen()).url
  } catch (error) {
    await stop()
    return { ok: false, message: listenFault(error as NodeJS.ErrnoException, NAMES, config) }
  }
  // In one piece, so that whoever waits for it (a supervisor, a test) never sees half.
  print(
    `Stet is ready\n  desk  ${url}/desk/\n  site  ${url}/\n${(await adapters.access.hasOwner()) ? '' : await ownerInvitation(url, adapters.access)}`,
  )
  return { ok: true, stop, failed: adapters.log.failed }
}

const ownerInvitation = async (url: string, access: Access): Promise<string> => {
  const { code } = await access.invitations.create({ role: 'owner', uses: 1, days: 7, madeBy: 'the first start' })
  return `\nNobody owns this desk yet. Open this link once to become its owner (it lasts 7 days):\n  ${signInUrl(url, code)}\n`
}

const NAMES = { port: 'PORT', host: 'STET_HOST' }
const METRICS_NAMES = { port: 'STET_METRICS_PORT', host: 'STET_METRICS_HOST' }

const listenFault = (
  { code, message }: NodeJS.ErrnoException,
  names: typeof NAMES,
  { host, port }: { readonly host: string; readonly port: number },
): string => {
  if (code === 'EADDRINUSE')
    return `${names.port}: found ${port}, which another program uses on ${host}; stop it, or choose another port`
  if (code === 'EACCES') return `${names.port}: found ${port}, which this user may not open; choose one above 1023`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${names.host}: found ${host}, which is no address of this machine; try 127.0.0.1 or 0.0.0.0`
  return `the port could not be opened: ${message}`
}
