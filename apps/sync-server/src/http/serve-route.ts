import type { HttpBindings } from '@hono/node-server'
import type { Route, RouteName, routes } from '@stet/schema/contract/api'
import { may, whoMay } from '@stet/schema/contract/people'
import { problemsOf } from '@stet/schema/finding'
import type { Context } from 'hono'
import type { z } from 'zod'
import type { Access, Identity } from '../access/access.ts'
import { isSameOrigin } from '../access/same-origin.ts'
import { clientAddress, type TrustedProxies } from './client-address.ts'
import { problemResponse, type Refused, refused } from './problem.ts'

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

type AnyHandler = (call: {
  from: From
  caller: Identity | null
  params: unknown
  query: unknown
  body: unknown
}) => ReturnType<Handlers[RouteName]>

/** What every route has in common: who asks, whether they may, whether what they sent has the contract's shape. */
export const serveRoute =
  (route: Route, handler: AnyHandler, needs: { access: Access; siteUrl: () => string; proxies: TrustedProxies }) =>
  async (context: Context): Promise<Response> => {
    const header = (name: string) => context.req.header(name) ?? null
    const caller = await needs.access.identify({ cookie: header('cookie'), authorization: header('authorization') })
    const barred = bar(route, caller, header, needs.siteUrl())
    if (barred !== null) return problemResponse(barred)
    const params = route.params?.safeParse(context.req.param())
    if (params?.success === false)
      return problemResponse(refused(400, 'The address is not one of ours', problemsOf(params.error)))
    const query = route.query?.safeParse(context.req.query())
    if (query?.success === false)
      return problemResponse(refused(400, 'The address asks for what is not there', problemsOf(query.error)))
    const body = await readBody(route, context)
    if (!body.ok) return problemResponse(body)
    const from = { address: addressOf(context, needs.proxies), agent: header('user-agent') ?? '' }
    const answer = await handler({ from, caller, params: params?.data, query: query?.data, body: body.value })
    if (!answer.ok) return problemResponse(answer)
    const headers = { 'cache-control': 'no-store', ...answer.headers }
    return route.status === 204
      ? new Response(null, { status: 204, headers })
      : Response.json(answer.value, { status: route.status, headers })
  }

/** Requests that come by no socket are those of tests. */
const addressOf = (context: Context, proxies: TrustedProxies): string => {
  const remote = (context.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? ''
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
