/**
 * Loaded into a process before anything else (`--import`): every connection, look-up of a name, datagram and program that it or its
 * threads begin is noted, a line each, in the file that STET_CONNECTIONS names.
 */
import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

const file = process.env['STET_CONNECTIONS'] ?? ''
const note = (line: string | null) => {
  if (line !== null) appendFileSync(file, `${line}\n`)
}

type AnyFunction = (...args: unknown[]) => unknown
const watch = (owner: object, name: string, told: (...args: unknown[]) => string | null) => {
  const all = owner as Record<string, AnyFunction>
  const begin = all[name]
  if (begin === undefined) throw new Error(`there is no ${name} to watch`)
  all[name] = function (this: unknown, ...args: unknown[]) {
    note(told(...args))
    return begin.apply(this, args)
  }
}

type Target = { host?: string; port?: number; path?: string }
/** An address needs no look-up, but is given to it where a server begins to listen. */
const asked = (host: unknown) => (net.isIP(String(host)) > 0 ? null : `looks up ${host}`)

/** Within Node the arguments come as one list, made plain before. */
const targetOf = (first: unknown): Target => ((Array.isArray(first) ? first[0] : first) ?? {}) as Target

watch(net.Socket.prototype, 'connect', (first) => {
  const { host, port, path } = targetOf(first)
  return path === undefined ? `connects to ${host}:${port}` : `connects to ${path}`
})
watch(dgram.Socket.prototype, 'send', () => 'sends a datagram')
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6'])
  for (const asker of [dns, dns.promises]) watch(asker, name, asked)
for (const name of ['spawn', 'execFile', 'exec', 'fork']) watch(childProcess, name, (program) => `runs ${program}`)
syncBuiltinESMExports()
