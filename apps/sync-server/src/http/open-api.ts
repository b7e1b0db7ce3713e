import { type Route, routes } from '@stet/schema/contract/api'
import { DispatchEvent, EVENTS_PATH, Stand } from '@stet/schema/contract/events'
import { Diff, NamedMoment, Session } from '@stet/schema/contract/history'
import { Person } from '@stet/schema/contract/people'
import { PROBLEM_MEDIA_TYPE, ProblemDetails } from '@stet/schema/contract/problem'
import { Finding } from '@stet/schema/finding'
import { Preview } from '@stet/schema/publishing'
import { Revision, RevisionFacts, Site } from '@stet/schema/revision'
import { Content, Snapshot } from '@stet/schema/snapshot'
import { Status } from '@stet/schema/status'
import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'

/** OpenAPI 3.1 of the contract. */
export const createOpenApi = (siteUrl: string): object => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(name, route) }
  }
  paths[EVENTS_PATH] = { get: EVENTS }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Stet',
      version: '1',
      description: 'Dispatches: writing, reading, publishing. Errors are RFC 9457 problem details.',
    },
    servers: [{ url: siteUrl }],
    paths: paths as ZodOpenApiPathsObject,
    components: {
      schemas: {
        Content,
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
      content: { 'text/event-stream': { schema: z.union([DispatchEvent, Stand]) } },
    },
    default: { description: 'What is wrong, and how to mend it', content: { [PROBLEM_MEDIA_TYPE]: { schema: ProblemDetails } } },
  },
}

const operationOf = (name: string, route: Route): ZodOpenApiOperationObject => ({
  operationId: name,
  summary: route.summary,
  security: route.access === 'public' ? [] : [{ session: [] }, { token: [] }],
  requestParams: { ...(route.params && { path: route.params }), ...(route.query && { query: route.query }) },
  ...(route.body === undefined
    ? {}
    : {
        requestBody: {
          required: !route.body.safeParse(undefined).success,
          content: { 'application/json': { schema: route.body } },
        },
      }),
  responses: {
    [String(route.status) as '200']: {
      description: route.summary,
      ...(route.status === 204 ? {} : { content: { 'application/json': { schema: route.answer } } }),
    },
    default: { description: 'What is wrong, and how to mend it', content: { [PROBLEM_MEDIA_TYPE]: { schema: ProblemDetails } } },
  },
})
