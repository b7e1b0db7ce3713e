import type { z } from 'zod'
import { openingRoutes, type Route } from './api.ts'
import { PROBLEM_MEDIA_TYPE, ProblemDetails } from './problem.ts'
import type { RouteName, routes } from './routes.ts'

/** Expected outcomes of a call. `unreachable` is the network; `unreadable` is an answer off the contract. */
export type Outcome<T> =
  | { ok: true; value: T }
  | { ok: false; fault: 'refused'; problem: ProblemDetails }
  | { ok: false; fault: 'unreachable'; message: string }
  | { ok: false; fault: 'unreadable'; message: string }

type Fields<N extends RouteName, K extends 'params' | 'query' | 'body', Key extends string> =
  (typeof routes)[N] extends Record<K, infer S extends z.ZodType> ? Record<Key, z.input<S>> : unknown
export type Call<N extends RouteName> = Fields<N, 'params', 'params'> & Fields<N, 'query', 'query'> & Fields<N, 'body', 'body'>
export type Answer<N extends RouteName> = z.output<(typeof routes)[N]['answer']>

export type ApiClient = <N extends RouteName>(
  name: N,
  ...call: unknown extends Call<N> ? [] : [Call<N>]
) => Promise<Outcome<Answer<N>>>

/** A client of the HTTP contract, typed by it; answers are validated. `token` is absent in a browser, where the cookie speaks. */
export const createApiClient =
  (origin: string, options: { token?: string; fetch?: typeof fetch } = {}): ApiClient =>
  async (name, ...[call]) => {
    const route = await routeOf(name).catch(() => null)
    // In a browser they are fetched like any other part of the page.
    if (route === null)
      return {
        ok: false,
        fault: 'unreachable',
        message: `${origin} does not answer: the description of its routes could not be fetched`,
      }
    const { params, query, body } = (call ?? {}) as Partial<Record<'params' | 'query', Record<string, unknown>>> & {
      body?: unknown
    }
    const path = route.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params?.[key]))) + searchOf(query)
    const headers: Record<string, string> = { accept: 'application/json' }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (options.token !== undefined) headers['authorization'] = `Bearer ${options.token}`
    let response: Response
    try {
      response = await (options.fetch ?? fetch)(`${origin}${path}`, {
        method: route.method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
      return {
        ok: false,
        fault: 'unreachable',
        message: `${origin} does not answer: ${cause instanceof Error ? cause.message : String(cause)}`,
      }
    }
    return readAnswer(route, response)
  }

/** Has those that are not asked at the opening here before they are wanted. */
export const fetchRoutes = (): Promise<unknown> => import('./routes.ts')

const routeOf = async (name: RouteName): Promise<Route> =>
  isOpening(name) ? openingRoutes[name] : (await import('./routes.ts')).routes[name]

const isOpening = (name: RouteName): name is keyof typeof openingRoutes => Object.hasOwn(openingRoutes, name)

/** What is undefined is left out. */
const searchOf = (query: Record<string, unknown> = {}): string => {
  const given = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]))
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

const readAnswer = async <T>(route: Route, response: Response): Promise<Outcome<T>> => {
  let json: unknown
  try {
    const text = await response.text()
    json = text === '' ? undefined : JSON.parse(text)
  } catch {
    return {
      ok: false,
      fault: 'unreadable',
      message: `${response.url} answered ${response.status} with something that is not JSON`,
    }
  }
  if (!response.ok) {
    const isProblem = response.headers.get('content-type')?.startsWith(PROBLEM_MEDIA_TYPE) ?? false
    const problem = ProblemDetails.safeParse(json)
    if (isProblem && problem.success) return { ok: false, fault: 'refused', problem: problem.data }
    return { ok: false, fault: 'unreadable', message: `${response.url} answered ${response.status} without saying why` }
  }
  const answer = route.answer.safeParse(json)
  if (!answer.success)
    return {
      ok: false,
      fault: 'unreadable',
      message: `${response.url} answered off the contract: ${answer.error.issues[0]?.message ?? ''}`,
    }
  return { ok: true, value: answer.data as T }
}
