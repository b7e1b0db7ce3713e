import type { Route } from '@stet/schema/contract/api'
import { DispatchEvent, EVENTS_PATH, Stand } from '@stet/schema/contract/events'
import { Diff, NamedMoment, Session } from '@stet/schema/contract/history'
import { Person } from '@stet/schema/contract/people'
import { PROBLEM_MEDIA_TYPE, ProblemDetails } from '@stet/schema/contract/problem'
import { type RouteName, routes } from '@stet/schema/contract/routes'
import { Delivery, Webhook, WebhookMessage } from '@stet/schema/contract/webhooks'
import { Finding } from '@stet/schema/finding'
import { Preview } from '@stet/schema/publishing'
import { Revision, RevisionFacts, Site } from '@stet/schema/revision'
import { Content, Snapshot } from '@stet/schema/snapshot'
import { Status } from '@stet/schema/status'
import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { audioPaths } from '../audio/audio-paths.ts'
import { examples } from './examples.ts'

/** The part of a description that this server writes and reads. */
export type OpenApi = {
  readonly openapi: string
  readonly info: { readonly title: string; readonly description: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}
export type Operation = {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly required: boolean; readonly content: MediaTypes }
  readonly responses: Readonly<Record<string, { readonly content?: MediaTypes }>>
}
export type Parameter = {
  readonly in: string
  readonly name: string
  readonly required?: boolean
  readonly description?: string
  readonly schema: unknown
  readonly example?: unknown
}
/** What is sent as bytes has no schema. */
type MediaTypes = Readonly<Record<string, { readonly schema?: unknown; readonly example?: unknown }>>

type AnyExample = {
  readonly params?: Record<string, unknown>
  readonly query?: Record<string, unknown>
  readonly body?: unknown
  readonly answer: unknown
}

/** OpenAPI 3.1 of the contract, with an example of each operation. */
export const createOpenApi = (siteUrl: string): OpenApi => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(name, route, examples[name]) }
  }
  paths[EVENTS_PATH] = { get: EVENTS }
  const document = createDocument({
    openapi: '3.1.0',
    info: { title: 'Stet', version: '1', description: DESCRIPTION },
    servers: [{ url: siteUrl }],
    paths: { ...(paths as ZodOpenApiPathsObject), ...audioPaths },
    components: {
      schemas: {
        Content,
        Delivery,
        Diff,
        Finding,
        NamedMoment,
        Person,
        Preview,
        ProblemDetails,
        Revision,
        RevisionFacts,
        Session,
        Site,
        Snapshot,
        Status,
        Webhook,
        WebhookMessage,
      },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'stet_session',
          description: 'Set by signing in; named __Host-stet_session on https.',
        },
        token: { type: 'http', scheme: 'bearer', description: 'Made by `npm run server -- token create`.' },
      },
    },
  })
  return document as unknown as OpenApi
}

const DESCRIPTION = [
  'Dispatches: writing, reading, publishing. Errors are RFC 9457 problem details that name each faulty field and its fix.',
  'Every answer says in RateLimit and RateLimit-Policy how many requests are left; 429 says in Retry-After when to come back.',
  'A write may bear an Idempotency-Key: for a day the same request with the same key is done once and answered the same.',
].join(' ')

const header = (description: string, example: string) => z.string().optional().meta({ param: { description, example } })

const idempotencyKey = header(
  'A string in double quotes, new for each thing you want done. 400: malformed; 409: in progress; 422: used for another request.',
  '"publish-008-again"',
)
const ifNoneMatch = header('The ETag of an earlier answer: 304 where nothing has changed.', '"pQx3vEjRWeJ"')
const ifMatch = (state: string) =>
  header(`The ETag of ${state}: with it nothing is done (412) where that is answered otherwise by now.`, '"pQx3vEjRWeJ"')

const headersOf = (route: Route) => {
  if (route.method === 'GET') return z.object({ 'if-none-match': ifNoneMatch })
  return z.object({
    ...(route.access === 'public' ? {} : { 'idempotency-key': idempotencyKey }),
    ...(route.state === undefined ? {} : { 'if-match': ifMatch(route.state) }),
  })
}

/** No answer of JSON, so it is no route of the table. */
const EVENTS: ZodOpenApiOperationObject = {
  operationId: 'followEvents',
  summary:
    'What happens to dispatches on their way to readers, as server-sent events with numbers that last: who comes back with the number it heard last misses nothing. Each connection begins with `stand`; the other events are named after their step',
  security: [{ session: [] }, { token: [] }],
  requestParams: {
    header: z.object({ 'Last-Event-ID': z.string().optional() }),
    query: z.object({ after: z.coerce.number().optional() }),
  },
  responses: {
    '200': {
      description: 'A stream without an end; the schema is that of the data of one event',
      content: { 'text/event-stream': { schema: z.union([DispatchEvent, Stand]), example: { newest: 12 } } },
    },
    default: { description: 'What is wrong, and how to mend it', content: { [PROBLEM_MEDIA_TYPE]: { schema: ProblemDetails } } },
  },
}

const operationOf = (name: string, route: Route, example: AnyExample): ZodOpenApiOperationObject => ({
  operationId: name,
  summary: route.summary,
  description: route.access === 'public' ? 'Nobody needs to be signed in.' : `Takes the right to ${route.access}.`,
  security: route.access === 'public' ? [] : [{ session: [] }, { token: [] }],
  requestParams: {
    ...(route.params && { path: withExamples(route.params, example.params) }),
    ...(route.query && { query: withExamples(route.query, example.query) }),
    header: headersOf(route),
  },
  ...(route.body === undefined
    ? {}
    : {
        requestBody: {
          required: !route.body.safeParse(undefined).success,
          content: { 'application/json': { schema: route.body, example: example.body } },
        },
      }),
  responses: {
    [String(route.status) as '200']: {
      description: route.summary,
      ...(route.status === 204 ? {} : { content: { 'application/json': { schema: route.answer, example: example.answer } } }),
    },
    default: { description: 'What is wrong, and how to mend it', content: { [PROBLEM_MEDIA_TYPE]: { schema: ProblemDetails } } },
  },
})

const withExamples = (fields: z.ZodObject, given: Record<string, unknown> = {}): z.ZodObject =>
  z.object(
    Object.fromEntries(
      Object.entries(fields.shape).map(([name, field]) => [
        name,
        given[name] === undefined ? field : (field as z.ZodType).meta({ param: { example: given[name] } } as never),
      ]),
    ),
  )
