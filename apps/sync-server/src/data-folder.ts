import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Person, Scope } from '@stet/schema/contract/people'
import Database from 'better-sqlite3'
import type { Access } from './access/access.ts'

export const dataFiles = (folder: string) => ({
  log: join(folder, 'log.sqlite'),
  heads: join(folder, 'log.heads'),
  desk: join(folder, 'desk.sqlite'),
  auditHead: join(folder, 'audit.head'),
  catalogue: join(folder, 'catalogue.sqlite'),
  audio: join(folder, 'audio'),
  audioIncoming: join(folder, 'audio-incoming'),
  artwork: join(folder, 'artwork'),
  artworkIncoming: join(folder, 'artwork-incoming'),
  lock: join(folder, 'lock.sqlite'),
  botToken: join(folder, 'bot-token'),
})

export const prepareDataFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

/**
 * Two servers over one folder would number entries behind each other's back. The lock is an open transaction of an
 * otherwise empty database, so the system frees it whatever way the process ends. Null: another server holds it.
 */
export const lockDataFolder = (folder: string): { readonly release: () => void } | null => {
  const db = new Database(dataFiles(folder).lock, { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch {
    db.close()
    return null
  }
  return { release: () => db.close() }
}

const DAY = 24 * 60 * 60 * 1000
const BOT_TOKEN_DAYS = 365
const RENEW_BEFORE = 30 * DAY

/** The token with which the bot on this machine speaks: whoever may read the file may use it. */
export const keepBotToken = async (folder: string, access: Access, now: number): Promise<void> => {
  const file = dataFiles(folder).botToken
  const known = readToken(file)
  const identity = known === null ? null : await access.identify({ cookie: null, authorization: `Bearer ${known}` })
  if (identity !== null && hasAllScopes(identity.person) && identity.expiresAt - now > RENEW_BEFORE) {
    chmodSync(file, 0o600)
    return
  }
  if (identity !== null) await access.revoke(identity.key)
  const { token } = await access.tokens.create({ name: 'local bot', scopes: Scope.options, days: BOT_TOKEN_DAYS })
  const draft = `${file}.new`
  writeFileSync(draft, `${token}\n`, { mode: 0o600 })
  chmodSync(draft, 0o600)
  renameSync(draft, file)
}

const hasAllScopes = ({ scopes = [] }: Person): boolean => Scope.options.every((scope) => scopes.includes(scope))

const readToken = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}
