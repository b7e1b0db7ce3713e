import type { HttpBindings } from '@hono/node-server'
import type { Route } from '@stet/schema/contract/api'
import { may, whoMay } from '@stet/schema/contract/people'
import type { RouteName, routes } from '@stet/schema/contract/routes'
import { problemsOf } from '@stet/schema/finding'
import type { Context } from 'hono'
import type { z } from 'zod'
import type { Access, Identity } from '../access/access.ts'
import { sessionSecretIn } from '../access/cookie.ts'
import { isSameOrigin } from '../access/same-origin.ts'
import { clientAddress, type TrustedProxies } from './client-address.ts'
import { entityTag, names } from './entity-tag.ts'
import { type Once, readKey } from './once.ts'
import { problemResponse, type Refused, refused } from './problem.ts'
import type { Rates } from './rates.ts'
import type { TurnsByKey } from './turns-by-key.ts'

type Parsed<N extends RouteName, K extends 'params' | 'query' | 'body'> =
  (typeof routes)[N] extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined
type Caller<N extends RouteName> = (typeof routes)[N]['access'] extends 'public' ? Identity | null : Identity

/** Where a request comes from, as far as it can be known. */
export type From = { readonly address: string; readonly agent: string }

export type RouteCall<N extends RouteName> = {
  readonly from: From
  readonly caller: Caller<N>
  readonly params: Parsed<N, 'params'>
  readonly query: Parsed<N, 'query'>
  readonly body: Parsed<N, 'body'>
}
export type RouteAnswer<N extends RouteName> =
  | { readonly ok: true; readonly value: z.input<(typeof routes)[N]['answer']>; readonly headers?: Record<string, string> }
  | Refused

/** One handler for every route of the contract: a missing one does not compile. */
export type Handlers = { readonly [N in RouteName]: (call: RouteCall<N>) => Promise<RouteAnswer<N>> | RouteAnswer<N> }

type AnyCall = { from: From; caller: Identity | null; params: unknown; query: unknown; body: unknown }
export type AnyHandler = (call: AnyCall) => ReturnType<Handlers[RouteName]>

export type ServeNeeds = {
  readonly access: Access
  readonly siteUrl: () => string
  readonly proxies: TrustedProxies
  readonly rates: Rates
  readonly once: Once
  readonly inTurn: TurnsByKey
}

type ServedRoute = {
  readonly route: Route
  readonly handler: AnyHandler
  /** Answers what a write changes as a whole; null: it changes nothing as a whole. */
  readonly stateHandler: AnyHandler | null
}

/** What every route has in common: who asks and how often, whether they may, whether what they sent has the contract's shape. */
export const serveRoute =
  (served: ServedRoute, needs: ServeNeeds) =>
  async (context: Context): Promise<Response> => {
    const header = (name: string) => context.req.header(name) ?? null
    const caller = await needs.access.identify({ cookie: header('cookie'), authorization: header('authorization') })
    const rate = needs.rates.take(caller === null ? { address: addressOf(context, needs.proxies) } : { caller: caller.key })
    const answer = rate.isOver
      ? problemResponse(refused(429, 'Too many requests: come back after the seconds that Retry-After says'))
      : await answerTo(served, { context, caller, header }, needs)
    for (const [name, value] of Object.entries(rate.headers)) answer.headers.set(name, value)
    return answer
  }

type Asked = {
  readonly context: Context
  readonly caller: Identity | null
  readonly header: (name: string) => string | null
}

const answerTo = async (served: ServedRoute, asked: Asked, needs: ServeNeeds): Promise<Response> => {
  const { route, handler, stateHandler } = served
  const { context, caller, header } = asked
  const barred = bar(route, caller, header, needs.siteUrl())
  if (barred !== null) return problemResponse(barred)
  const call = await readCall(route, asked, needs)
  if (!call.ok) return problemResponse(call)
  if (route.method === 'GET') return respond(route, await handler(call.value), header('if-none-match'))

  const ifMatch = header('if-match')
  const write = async (): Promise<Response> => {
    const changed = ifMatch === null ? null : await hasChanged(ifMatch, stateHandler, call.value)
    return changed === null ? respond(route, await handler(call.value), null) : problemResponse(changed)
  }
  // Between comparing and writing nobody else may write.
  const writeInTurn = () => (stateHandler === null ? write() : needs.inTurn(thingIn(context.req.path), write))

  const given = header('idempotency-key')
  if (given === null || caller === null) return writeInTurn()
  const key = readKey(given)
  if (key === null)
    return problemResponse(refused(400, 'The Idempotency-Key is not a string: give 1 to 255 characters in double quotes'))
  const credential = header('authorization') ?? sessionSecretIn(header('cookie')) ?? ''
  const request = [route.method, context.req.path, call.value.body]
  return needs.once({ key, caller: caller.key, credential, request }, writeInTurn)
}

const respond = (route: Route, answer: Awaited<ReturnType<AnyHandler>>, ifNoneMatch: string | null): Response => {
  if (!answer.ok) return problemResponse(answer)
  const headers: Record<string, string> = { 'cache-control': 'no-store', ...answer.headers }
  if (route.status === 204) return new Response(null, { status: 204, headers })
  const json = JSON.stringify(answer.value)
  if (route.method === 'GET') {
    const etag = entityTag(json)
    headers['etag'] = etag
    if (ifNoneMatch !== null && names(ifNoneMatch, etag, true)) return new Response(null, { status: 304, headers })
  }
  return new Response(json, { status: route.status, headers: { ...headers, 'content-type': 'application/json' } })
}

/** Null: what stands is what the caller has read. */
const hasChanged = async (ifMatch: string, stateHandler: AnyHandler | null, call: AnyCall): Promise<Refused | null> => {
  if (stateHandler === null) return refused(412, 'Nothing here has an ETag to compare: leave If-Match out')
  const state = await stateHandler(call)
  if (!state.ok) return state
  return names(ifMatch, entityTag(JSON.stringify(state.value)), false)
    ? null
    : refused(412, 'It is not what you have read by now: read it again, then decide anew')
}

/** `/api/dispatches/x`, whatever of it is written. */
const thingIn = (path: string): string => path.split('/').slice(0, 4).join('/')

/** Requests that come by no socket are those of tests. */
export const addressOf = (context: Context, proxies: TrustedProxies): string => {
  const remote = (context.env as Partial<HttpBindings> | undefined)?.incoming?.socket?.remoteAddress ?? ''
  return clientAddress(remote, context.req.header('x-forwarded-for') ?? null, proxies)
}

const bar = (route: Route, caller: Identity | null, header: (name: string) => string | null, siteUrl: string): Refused | null => {
  const isWrite = route.method !== 'GET'
  const originFacts = { origin: header('origin'), host: header('host'), fetchSite: header('sec-fetch-site') }
  // A token is never sent by a browser of its own accord; a cookie is, and signing in sets one.
  if (isWrite && caller?.via !== 'token' && !isSameOrigin(originFacts, siteUrl, false))
    return refused(403, 'This page may not write here: send the request from the desk, or with a token')
  if (route.access === 'public') return null
  if (caller === null) return refused(401, 'Sign in first, or send a token')
  if (route.access === 'person')
    return caller.via === 'cookie' ? null : refused(403, 'A token has no account: this takes a person who is signed in')
  if (route.access !== 'signed in' && !may(caller.person, route.access))
    return refused(403, `You may not do this: it takes ${whoMay(route.access)}`)
  return null
}

const readCall = async (
  route: Route,
  { context, caller, header }: Asked,
  needs: ServeNeeds,
): Promise<{ ok: true; value: AnyCall } | Refused> => {
  const params = route.params?.safeParse(context.req.param())
  if (params?.success === false) return refused(400, 'The address is not one of ours', problemsOf(params.error))
  const query = route.query?.safeParse(context.req.query())
  if (query?.success === false) return refused(400, 'The address asks for what is not there', problemsOf(query.error))
  const body = await readBody(route, context)
  const from = { address: addressOf(context, needs.proxies), agent: header('user-agent') ?? '' }
  return body.ok ? { ok: true, value: { from, caller, params: params?.data, query: query?.data, body: body.value } } : body
}

const readBody = async (route: Route, context: Context): Promise<{ ok: true; value: unknown } | Refused> => {
  if (route.method === 'GET') return { ok: true, value: undefined }
  const type = context.req.header('content-type')
  if (type !== undefined && !/^application\/json\b/i.test(type))
    return refused(415, 'Send JSON, with the header "content-type: application/json"')
  if (route.body === undefined) return { ok: true, value: undefined }
  const withoutBody = type === undefined ? route.body.safeParse(undefined) : null
  if (withoutBody?.success) return { ok: true, value: withoutBody.data }
  if (type === undefined) return refused(415, 'Send JSON, with the header "content-type: application/json"')
  let json: unknown
  try {
    json = JSON.parse(await context.req.text())
  } catch (error) {
    if (error instanceof SyntaxError) return refused(400, `The body is not JSON: ${error.message}`)
    throw error
  }
  const parsed = route.body.safeParse(json)
  return parsed.success
    ? { ok: true, value: parsed.data }
    : refused(422, 'Some fields are not as they should be', problemsOf(parsed.error))
}
