import type { Site } from '@stet/schema/revision'
import { z } from 'zod'
import { type OidcSettings, readOidcSettings } from './access/oidc-settings.ts'
import { NO_PROXIES, readTrustedProxies, type TrustedProxies } from './http/client-address.ts'
import { type Neighbour, plainAddress } from './outside/reachable.ts'

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'give a port number from 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'give a port number from 0 to 65535')

const LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const

const NEIGHBOURS = 'give addresses with ports, such as 127.0.0.1:9000,[::1]:9000'

const Environment = z.object({
  PORT: port.default(4400),
  STET_DATA: z.string().min(1, 'give the path of the data folder').default('./data'),
  STET_HOST: z.string().min(1, 'give the address to listen on, such as 127.0.0.1 or 0.0.0.0').default('127.0.0.1'),
  STET_NAME: z
    .string()
    .trim()
    .min(1, 'give the name of the show')
    .max(120, 'give a name of at most 120 characters')
    .default('Stet'),
  STET_HUB: z.string().refine(isWebAddress, 'give the address of a WebSub hub, such as https://hub.example/').optional(),
  STET_LIMITS: z
    .string()
    .regex(/^\d{1,4}$/, 'give a number from 1 to 9999: how many times as wide the limits of traffic are')
    .transform(Number)
    .refine((times) => times >= 1, 'give a number from 1 to 9999: how many times as wide the limits of traffic are')
    .default(1),
  STET_LOG: z.enum(LEVELS, `give one of ${LEVELS.join(', ')}`).default('warn'),
  STET_METRICS_HOST: z.string().min(1, 'give the address to serve the figures on, such as 127.0.0.1').default('127.0.0.1'),
  STET_METRICS_PORT: port.optional(),
  STET_NEIGHBOURS: z
    .string()
    .transform((list, context): Neighbour[] => {
      const found = list.split(',').map((each) => neighbourIn(each.trim()))
      if (found.every((each) => each !== null)) return found
      context.addIssue({ code: 'custom', message: NEIGHBOURS })
      return z.NEVER
    })
    .default([]),
  STET_PEOPLE: z
    .string()
    .refine(isPostgres, 'give the address of a Postgres database, such as postgres://stet@db.example/stet')
    .optional(),
  STET_PODCAST_CATEGORY: z.string().trim().min(1, 'give one of the categories of Apple Podcasts').max(80).default('News'),
  STET_PODCAST_EXPLICIT: z.enum(['yes', 'no'], 'give yes or no').default('no'),
  STET_TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) => readTrustedProxies(text))
    .refine((proxies) => proxies !== null, 'give the addresses or networks of your proxies, such as 127.0.0.1,10.0.0.0/8'),
  STET_URL: z
    .string()
    .refine(isOrigin, 'give the public origin without a path, such as https://show.example')
    .transform((url) => new URL(url).origin)
    .optional(),
})

/** What holds a secret is not repeated. */
const SECRET = new Set(['STET_PEOPLE'])

export type Config = {
  readonly port: number
  readonly host: string
  readonly dataFolder: string
  /** The WebSub hub that is told of new feeds; null: none. */
  readonly hub: string | null
  readonly name: string
  readonly podcast: NonNullable<Site['podcast']>
  /** How many times as wide the limits of traffic are. */
  readonly limits: number
  readonly logLevel: (typeof LEVELS)[number]
  /** Where Prometheus finds the figures; null: nowhere. */
  readonly metrics: { readonly port: number; readonly host: string } | null
  /** Whose word on where a request comes from is believed. */
  readonly trustedProxies: TrustedProxies
  /** What of the operator's own network the server may call. */
  readonly neighbours: readonly Neighbour[]
  /** The provider that people may sign in with; null: none. */
  readonly oidc: OidcSettings | null
  /** The address of the Postgres database that people are in, with its password; null: they are in `desk.sqlite`. */
  readonly people: string | null
  /** Public origin; null: `http://localhost:<port>`, known once the server listens. */
  readonly url: string | null
}

/** `problems` are whole lines: the variable, what was found, the fix. */
export type ConfigOutcome = { ok: true; config: Config } | { ok: false; problems: string[] }

export const readConfig = (env: Record<string, string | undefined>): ConfigOutcome => {
  const parsed = Environment.safeParse(env)
  const provider = readOidcSettings(env, parsed.data?.STET_NEIGHBOURS ?? [])
  if (!parsed.success || !provider.ok)
    return {
      ok: false,
      problems: [...(parsed.error?.issues ?? []).map((issue) => lineOf(issue, env)), ...(provider.ok ? [] : provider.problems)],
    }
  const { PORT, STET_DATA, STET_HOST, STET_HUB, STET_NAME, STET_LIMITS, STET_LOG } = parsed.data
  const { STET_METRICS_HOST, STET_METRICS_PORT, STET_NEIGHBOURS, STET_TRUSTED_PROXIES, STET_URL } = parsed.data
  return {
    ok: true,
    config: {
      port: PORT,
      host: STET_HOST,
      dataFolder: STET_DATA,
      hub: STET_HUB ?? null,
      name: STET_NAME,
      podcast: {
        category: parsed.data.STET_PODCAST_CATEGORY,
        isExplicit: parsed.data.STET_PODCAST_EXPLICIT === 'yes',
      },
      limits: STET_LIMITS,
      logLevel: STET_LOG,
      metrics: STET_METRICS_PORT === undefined ? null : { port: STET_METRICS_PORT, host: STET_METRICS_HOST },
      trustedProxies: STET_TRUSTED_PROXIES ?? NO_PROXIES,
      neighbours: STET_NEIGHBOURS,
      oidc: provider.oidc,
      people: parsed.data.STET_PEOPLE ?? null,
      url: STET_URL ?? null,
    },
  }
}

const lineOf = ({ path: [first], message }: z.core.$ZodIssue, env: Record<string, string | undefined>): string => {
  const name = String(first)
  const found = SECRET.has(name) ? 'something else' : JSON.stringify(env[name] ?? '')
  return `${name}: found ${found}; ${message}`
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, pathname, search, hash, username } = new URL(text)
  return ['http:', 'https:'].includes(protocol) && pathname === '/' && `${search}${hash}${username}` === ''
}

function isWebAddress(text: string): boolean {
  return ['http:', 'https:'].includes(URL.parse(text)?.protocol ?? '')
}

function isPostgres(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && (URL.parse(text)?.pathname.length ?? 0) > 1
}

function neighbourIn(text: string): Neighbour | null {
  const [, bracketed, bare, port = ''] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? []
  const address = plainAddress(bracketed ?? bare ?? '')
  return address === null || Number(port) > 65_535 ? null : { address, port: Number(port) }
}
