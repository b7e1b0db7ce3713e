import { z } from 'zod'
import { DispatchId, LocalId } from '../ids.ts'
import { Preview, PreviewRequest, PublishAnswer, PublishRequest } from '../publishing.ts'
import { Revision, RevisionFacts, Site, Withdrawal } from '../revision.ts'
import { Sha256 } from '../sha256.ts'
import { Snapshot } from '../snapshot.ts'
import { Status, StepNote } from '../status.ts'
import type { Route } from './api.ts'
import { Diff, NamedMoment, Seq, Session } from './history.ts'

const seqInAddress = z.coerce.number().pipe(Seq)
const oneDispatch = z.strictObject({ id: DispatchId })
const oneRevision = z.strictObject({ id: DispatchId, revision: z.coerce.number().int().min(1) })

/** What is asked about dispatches beyond their list: on the way to readers, and what was. */
export const dispatchRoutes = {
  getSnapshot: {
    method: 'GET',
    path: '/api/dispatches/:id/snapshot',
    summary: 'The dispatch as it stands now, as a validated value',
    access: 'read',
    params: oneDispatch,
    status: 200,
    answer: Snapshot,
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
} as const satisfies Record<string, Route>
