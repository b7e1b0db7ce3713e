import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

const main = resolve(import.meta.dirname, '../../apps/publish-bot/src/main.ts')

/** The real bot as a process of its own. */
export const startBot = (server: { url: string; authorization: string }, words: string[], env: Record<string, string> = {}) => {
  const child = spawn(process.execPath, [main, ...words], {
    env: {
      PATH: process.env['PATH'] ?? '',
      STET_URL: server.url,
      STET_TOKEN: server.authorization.replace('Bearer ', ''),
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  const waiting = new Set<() => void>()
  const heard = () => {
    for (const look of waiting) look()
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    heard()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
    heard()
  })
  const ended = once(child, 'close').then(([code, signal]) => {
    heard()
    return { code: code as number | null, signal: signal as NodeJS.Signals | null, out, err }
  })
  return {
    child,
    ended,
    /** Resolves once it has said so, on either stream. */
    said: (words: RegExp): Promise<void> =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!words.test(`${out}${err}`)) {
            if (child.exitCode !== null) reject(new Error(`the bot ended without saying ${words}:\n${out}${err}`))
            return
          }
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    out: () => out,
    err: () => err,
  }
}

export const filesIn = (folder: string): Map<string, Buffer> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('/.git'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [relative(folder, file), readFileSync(file)]),
  )
