import { z } from 'zod'
import { DispatchId, LocalId } from '../ids.ts'
import { RecordedSpeech } from '../pace.ts'
import { Preview, PreviewRequest, PublishAnswer, PublishRequest } from '../publishing.ts'
import { Revision, RevisionFacts, Site, Withdrawal } from '../revision.ts'
import { Sha256 } from '../sha256.ts'
import { Show } from '../show.ts'
import { Content, Snapshot } from '../snapshot.ts'
import { Stage, Status, StepNote } from '../status.ts'
import { accountRoutes } from './account-routes.ts'
import { Diff, NamedMoment, Seq, Session } from './history.ts'
import { type Action, Person } from './people.ts'
import { peopleRoutes } from './people-routes.ts'
import { showRoutes } from './show-routes.ts'
import { EpochId } from './sync.ts'
import { webhookRoutes } from './webhooks.ts'

/**
 * The HTTP contract: one entry a route. The server serves these routes (and OpenAPI 3.1 of them at
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

const seqInAddress = z.coerce.number().pipe(Seq)
const oneDispatch = z.strictObject({ id: DispatchId })
const oneRevision = z.strictObject({ id: DispatchId, revision: z.coerce.number().int().min(1) })

export const routes = {
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
  ...showRoutes,
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
  getSnapshot: {
    method: 'GET',
    path: '/api/dispatches/:id/snapshot',
    summary: 'The dispatch as it stands now, as a validated value',
    access: 'read',
    params: oneDispatch,
    status: 200,
    answer: Snapshot,
  },
  getStatus: {
    method: 'GET',
    path: '/api/dispatches/:id/status',
    summary: 'Where the dispatch stands between draft and published, and who brought it there',
    access: 'read',
    params: oneDispatch,
    status: 200,
    answer: Status,
  },
  askForReview: {
    method: 'POST',
    path: '/api/dispatches/:id/review',
    summary: 'Ask that others read the dispatch and approve it; may be repeated',
    access: 'write',
    params: oneDispatch,
    body: z.strictObject({ note: StepNote.default('') }),
    state: 'getStatus',
    status: 200,
    answer: Status,
  },
  approve: {
    method: 'POST',
    path: '/api/dispatches/:id/approval',
    summary:
      'Approve exactly the content of this hash: 409 when the content is another by now. The approval falls as soon as the text changes; may be repeated',
    access: 'approve',
    params: oneDispatch,
    body: z.strictObject({ sha256: Sha256, note: StepNote.default('') }),
    state: 'getStatus',
    status: 200,
    answer: Status,
  },
  returnToDraft: {
    method: 'POST',
    path: '/api/dispatches/:id/return',
    summary: 'Ask for changes: the dispatch is a draft again, approved or not; may be repeated',
    access: 'approve',
    params: oneDispatch,
    body: z.strictObject({ note: StepNote.default('') }),
    state: 'getStatus',
    status: 200,
    answer: Status,
  },
  publish: {
    method: 'POST',
    path: '/api/dispatches/:id/revisions',
    summary:
      'Freeze the dispatch as it stands as its next revision and show it on the public site. A dispatch without a number is given the wished one or the next of the show; with `revision` it may be repeated safely. From the second revision on it takes a correction, or `minor`',
    access: 'publish',
    params: oneDispatch,
    body: PublishRequest.prefault({}),
    state: 'getStatus',
    status: 201,
    answer: PublishAnswer,
  },
  previewRevision: {
    method: 'GET',
    path: '/api/dispatches/:id/next-revision',
    summary: 'What publishing the dispatch as it stands would change on the site, and what is in the way of it; changes nothing',
    access: 'publish',
    params: oneDispatch,
    query: PreviewRequest,
    status: 200,
    answer: Preview,
  },
  withdraw: {
    method: 'POST',
    path: '/api/dispatches/:id/withdrawal',
    summary:
      'Take the dispatch from its readers: at its address stands the reason, until it is published again. May be repeated; with `revision` it is refused once a newer one is published',
    access: 'publish',
    params: oneDispatch,
    body: z.strictObject({ reason: Withdrawal.shape.reason, revision: z.int().min(1).optional() }),
    state: 'getStatus',
    status: 200,
    answer: z.strictObject({ revision: RevisionFacts, withdrawal: Withdrawal }),
  },
  listRevisions: {
    method: 'GET',
    path: '/api/dispatches/:id/revisions',
    summary: 'The revisions of one dispatch, oldest first',
    access: 'read published',
    params: oneDispatch,
    status: 200,
    answer: z.strictObject({ revisions: z.array(RevisionFacts) }),
  },
  getRevision: {
    method: 'GET',
    path: '/api/dispatches/:id/revisions/:revision',
    summary: 'One revision, whole',
    access: 'read published',
    params: oneRevision,
    status: 200,
    answer: Revision,
  },
  getHistory: {
    method: 'GET',
    path: '/api/dispatches/:id/history',
    summary: 'Who wrote when and how much, newest first, and the moments that were given names; by pages of at most 200 sessions',
    access: 'read',
    params: oneDispatch,
    query: z.strictObject({ before: seqInAddress.optional() }),
    status: 200,
    answer: z.strictObject({
      /** Of the newest entry. */
      seq: Seq,
      sessions: z.array(Session),
      /** Give it as `before` to go on; null: there is nothing older. */
      before: Seq.nullable(),
      moments: z.array(NamedMoment),
    }),
  },
  getMoment: {
    method: 'GET',
    path: '/api/dispatches/:id/history/at/:seq',
    summary: 'The dispatch as it stood after an entry of its log',
    access: 'read',
    params: oneDispatch.extend({ seq: seqInAddress }),
    status: 200,
    /** `at`: when that entry was committed; of 0, when the first was begun. */
    answer: z.strictObject({ seq: Seq, at: z.iso.datetime(), snapshot: Snapshot }),
  },
  getDiff: {
    method: 'GET',
    path: '/api/dispatches/:id/history/diff',
    summary: 'What changed between two moments, by turn and field, with authors; without `to` up to now',
    access: 'read',
    params: oneDispatch,
    query: z.strictObject({ from: seqInAddress, to: seqInAddress.optional() }),
    status: 200,
    answer: Diff,
  },
  nameMoment: {
    method: 'POST',
    path: '/api/dispatches/:id/history/moments',
    summary: 'Give a moment a name; without `seq` the present one',
    access: 'write',
    params: oneDispatch,
    body: z.strictObject({ name: NamedMoment.shape.name, seq: Seq.optional() }),
    status: 201,
    answer: NamedMoment,
  },
  forgetMoment: {
    method: 'DELETE',
    path: '/api/dispatches/:id/history/moments/:moment',
    summary: 'Take the name from a moment',
    access: 'write',
    params: oneDispatch.extend({ moment: LocalId }),
    status: 204,
    answer: z.undefined(),
  },
  listPublished: {
    method: 'GET',
    path: '/api/published',
    summary: 'The newest revision of everything published, by path, and what was taken back, with the reasons',
    access: 'public',
    status: 200,
    answer: z.strictObject({
      site: Site,
      published: z.array(RevisionFacts),
      withdrawn: z.array(z.strictObject({ revision: RevisionFacts, withdrawal: Withdrawal })),
    }),
  },
  ...accountRoutes,
  ...peopleRoutes,
  ...webhookRoutes,
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof routes
