import { z } from 'zod'
import { DispatchId } from '../ids.ts'
import { RecordedSpeech } from '../pace.ts'
import { Site } from '../revision.ts'
import { Show } from '../show.ts'
import { Content } from '../snapshot.ts'
import { Stage, Status } from '../status.ts'
import { type Action, Person } from './people.ts'
import { EpochId } from './sync.ts'

/**
 * The HTTP contract: one entry a route (`routes.ts` has them all). The server serves these routes (and OpenAPI 3.1 of them at
 * `/api/openapi.json`); the bot and the desk call them through `client.ts`. Errors are `ProblemDetails`.
 */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Hono's notation: `/api/dispatches/:id` */
  readonly path: string
  readonly summary: string
  /**
   * `public`: no one needs to be signed in. `person`: a person does, not a bot. Otherwise the action that the caller's role or
   * scopes must allow.
   */
  readonly access: 'public' | 'signed in' | 'person' | Action
  readonly params?: z.ZodObject
  /** Of the address, after the `?`. */
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** The name of the `GET` route that answers what this one changes as a whole: its `ETag` may be sent as `If-Match`. */
  readonly state?: string
  readonly status: 200 | 201 | 204
  readonly answer: z.ZodType
}

export const DispatchListing = z.strictObject({
  id: DispatchId,
  kind: z.enum(['dispatch', 'essay']),
  number: z.int().nullable(),
  date: z.string().nullable(),
  title: z.string(),
  /** What its recorded turns tell of its speakers' paces. Absent in listings that an older desk has kept. */
  speech: z.array(RecordedSpeech).optional(),
  /** Which dispatch this is, and since when the server's copy has not gone back; see `sync.ts`. Absent as above. */
  lineage: EpochId.optional(),
  epoch: EpochId.optional(),
  /** The newest revision, null while nothing is published, or not any more. */
  revision: z.int().nullable(),
  /** Absent in listings that an older desk has kept. */
  stage: Stage.optional(),
  /** When the newest entry of its log was committed. */
  updatedAt: z.iso.datetime(),
})
export type DispatchListing = z.infer<typeof DispatchListing>

/** What a desk asks as it opens: it fetches the others when they are first asked. */
export const openingRoutes = {
  getSession: {
    method: 'GET',
    path: '/api/session',
    summary: 'Who the caller is, and the show this desk belongs to',
    access: 'signed in',
    status: 200,
    answer: z.strictObject({ person: Person, site: Site, show: Show }),
  },
  signOut: {
    method: 'DELETE',
    path: '/api/session',
    summary: 'End the session',
    access: 'signed in',
    status: 204,
    answer: z.undefined(),
  },
  listDispatches: {
    method: 'GET',
    path: '/api/dispatches',
    summary: 'Every dispatch and essay of the show, newest first',
    access: 'read',
    status: 200,
    answer: z.strictObject({ dispatches: z.array(DispatchListing) }),
  },
  createDispatch: {
    method: 'POST',
    path: '/api/dispatches',
    summary:
      'Make a dispatch, empty or with content; with an id of the caller’s own it may be repeated safely, and with a lineage it is made again where the server has lost it',
    access: 'write',
    body: z.strictObject({ id: DispatchId.optional(), lineage: EpochId.optional(), content: Content.optional() }),
    status: 201,
    answer: z.strictObject({ id: DispatchId }),
  },
  getStatus: {
    method: 'GET',
    path: '/api/dispatches/:id/status',
    summary: 'Where the dispatch stands between draft and published, and who brought it there',
    access: 'read',
    params: z.strictObject({ id: DispatchId }),
    status: 200,
    answer: Status,
  },
} as const satisfies Record<string, Route>
