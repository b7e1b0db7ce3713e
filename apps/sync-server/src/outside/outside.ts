import { lookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector, type Dispatcher, request } from 'undici'
import { mayReach, type Neighbour } from './reachable.ts'

export type OutsideCall = {
  readonly method: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** How many redirects are followed, 3 at most; without it none. One who posts is only sent on by 307 and 308. */
  readonly redirects?: number
  /** Ends the call before its time. */
  readonly signal?: AbortSignal
}

export type OutsideOutcome =
  | {
      readonly ok: true
      readonly status: number
      readonly headers: Readonly<Record<string, string | string[] | undefined>>
      readonly body: Uint8Array
    }
  | {
      readonly ok: false
      /** `barred`: not an address of the public web. `late`: no whole answer in time. `large`: a longer answer than is read. */
      readonly fault: 'barred' | 'late' | 'large' | 'redirects' | 'unreachable' | 'stopped'
      readonly message: string
    }

/**
 * The way out: whatever address a person gives is called through this and nothing else, so that nobody looks at, or writes to, what
 * only this machine can reach.
 */
export type Outside = (url: string, call: OutsideCall) => Promise<OutsideOutcome>

type Needs = {
  readonly neighbours: readonly Neighbour[]
  /** Every address of a name. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>
  readonly limits?: { readonly milliseconds: number; readonly bytes: number }
}

const MOST_REDIRECTS = 3
const LIMITS = { milliseconds: 5_000, bytes: 1024 * 1024 }

export const createOutside =
  ({ neighbours, resolve = systemResolve, limits = LIMITS }: Needs): Outside =>
  async (url, { redirects = 0, signal: stop, ...call }) => {
    const late = AbortSignal.timeout(limits.milliseconds)
    const signal = stop === undefined ? late : AbortSignal.any([late, stop])
    try {
      let next = url
      for (let left = Math.min(redirects, MOST_REDIRECTS); ; left--) {
        const found = await aborted(signal, findWay(next, neighbours, resolve))
        if (!found.ok) return found
        const answer = await askOnce(found.way, call, signal, limits.bytes)
        if (!answer.ok || redirects === 0) return answer
        const onward = onwardFrom(answer, call.method, next)
        if (onward === null) return answer
        if (left === 0) return { ok: false, fault: 'redirects', message: `it sends on more than ${redirects} times` }
        next = onward
      }
    } catch (error) {
      if (late.aborted) return { ok: false, fault: 'late', message: `no answer within ${limits.milliseconds / 1000} s` }
      if (stop?.aborted) return { ok: false, fault: 'stopped', message: 'the call was ended' }
      return { ok: false, fault: 'unreachable', message: reasonOf(error) }
    }
  }

type Way = { readonly url: URL; readonly addresses: readonly string[] }

/** What a name stands for is asked once for each call and then held to, so that a second answer cannot lead elsewhere. */
const findWay = async (
  text: string,
  neighbours: readonly Neighbour[],
  resolve: (hostname: string) => Promise<readonly string[]>,
): Promise<{ readonly ok: true; readonly way: Way } | (OutsideOutcome & { ok: false })> => {
  const url = URL.parse(text)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return barred('it is no address of the web')
  if (`${url.username}${url.password}` !== '') return barred('it names a user or a password')
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  // The parser has made plain what was written in octal, in hexadecimal or as one number.
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(hostname) > 0 ? [hostname] : await resolve(hostname)
  if (addresses.length === 0) return { ok: false, fault: 'unreachable', message: `nobody knows ${hostname}` }
  const isOpen = addresses.every((address) => mayReach(address, port, neighbours))
  return isOpen ? { ok: true, way: { url, addresses } } : barred(`${url.host} is not of the public web, or not at port 80 or 443`)
}

const barred = (message: string) => ({ ok: false, fault: 'barred', message }) as const

const askOnce = async (
  { url, addresses }: Way,
  call: Pick<OutsideCall, 'method' | 'headers' | 'body'>,
  signal: AbortSignal,
  mostBytes: number,
): Promise<OutsideOutcome> => {
  const agent = new Agent({ connect: connectorTo(addresses), maxHeaderSize: 16 * 1024 })
  try {
    const answer = await request(url, {
      ...call,
      headers: { ...call.headers, 'accept-encoding': 'identity' },
      signal,
      dispatcher: agent,
    })
    const body = await readAtMost(answer.body, mostBytes)
    if (body === null) return { ok: false, fault: 'large', message: `it answers with more than ${mostBytes} bytes` }
    return { ok: true, status: answer.statusCode, headers: answer.headers, body }
  } finally {
    void agent.destroy()
  }
}

/** Connects to those addresses, whatever the name may stand for by now. */
const connectorTo = (addresses: readonly string[]) => {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  const pinned: LookupFunction = (_, options, done) => {
    const [first] = all
    if (options.all || first === undefined) done(null, all)
    else done(null, first.address, first.family)
  }
  return buildConnector({ lookup: pinned, allowH2: false })
}

const readAtMost = async (body: Dispatcher.ResponseData['body'], most: number): Promise<Uint8Array | null> => {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > most) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Where an answer sends on to; null: nowhere. */
const onwardFrom = (
  { status, headers }: OutsideOutcome & { ok: true },
  method: OutsideCall['method'],
  from: string,
): string | null => {
  const sendsOn = method === 'GET' ? [301, 302, 303, 307, 308] : [307, 308]
  const { location } = headers
  if (!sendsOn.includes(status) || typeof location !== 'string') return null
  // What is no address is looked at, and barred, as the next one.
  return URL.parse(location, from)?.href ?? location
}

const systemResolve = async (hostname: string): Promise<readonly string[]> =>
  (await lookup(hostname, { all: true })).map(({ address }) => address)

/** A resolver that does not answer is not waited for. */
const aborted = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const end = () => reject(signal.reason)
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
  })

/** Where several addresses were tried in vain the message is empty, and the code says why. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.message || ('code' in error ? String(error.code) : error.name)
}
