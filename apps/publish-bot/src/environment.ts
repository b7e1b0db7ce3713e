import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { done, ExitCode, failed, type Result } from './ending.ts'

export type Environment = {
  /** The server's origin, without a trailing slash. */
  readonly origin: string
  readonly token: string
}

type Variables = Readonly<Record<string, string | undefined>>

const DEFAULT_URL = 'http://localhost:4400'

/** An empty variable counts as not set: that is what CI makes of a missing secret. */
export const readEnvironment = (variables: Variables, workingFolder: string): Result<Environment> => {
  const origin = originFrom(variables['STET_URL'] || DEFAULT_URL)
  const token = variables['STET_TOKEN'] ? givenToken(variables['STET_TOKEN']) : localToken(variables['STET_DATA'], workingFolder)
  const faults = [origin, token].flatMap((part) => ('fault' in part ? [part.fault] : []))
  if ('fault' in origin || 'fault' in token) return failed(ExitCode.usage, ...faults)
  return done({ origin: origin.value, token: token.value })
}

type Part = { value: string } | { fault: string }

const originFrom = (text: string): Part => {
  const url = URL.canParse(text) ? new URL(text) : null
  const isOrigin = url !== null && ['http:', 'https:'].includes(url.protocol) && `${url.pathname}${url.search}${url.hash}` === '/'
  if (!isOrigin || url.username !== '' || url.password !== '')
    return { fault: `STET_URL: found “${text}”; set it to the server's origin without a path, such as ${DEFAULT_URL}` }
  return { value: url.origin }
}

const MAKE_TOKEN = 'npm run server -- token create --scopes read:drafts,publish'

const givenToken = (text: string): Part =>
  isToken(text)
    ? { value: text }
    : { fault: `STET_TOKEN: is not a token (it holds spaces or line breaks); make one with “${MAKE_TOKEN}”` }

/** On the server's own machine its bot token lies in its data folder, so nothing needs to be set. */
const localToken = (dataFolder: string | undefined, workingFolder: string): Part => {
  const file = resolve(workingFolder, dataFolder || 'data', 'bot-token')
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : `cannot be read (${(error as Error).message})`
    return {
      fault: `STET_TOKEN: not set, and ${file} ${why}; set STET_TOKEN to a token from “${MAKE_TOKEN}”, or STET_DATA to the data folder of a server that ran here`,
    }
  }
  return isToken(text)
    ? { value: text }
    : { fault: `STET_TOKEN: not set, and ${file} holds no token; start the server once so that it writes one, or set STET_TOKEN` }
}

/** What may stand in an Authorization header. */
const isToken = (text: string): boolean => /^[\x21-\x7e]+$/.test(text)
