import type { DispatchListing } from '@stet/schema/contract/api'
import { newDispatchId } from '@stet/schema/ids'
import type { Site } from '@stet/schema/revision'
import { type Stage, stageAfter } from '@stet/schema/status'
import type { Logger } from 'pino'
import type { Access } from '../access/access.ts'
import type { Attempts } from '../access/attempts.ts'
import { sessionCookie } from '../access/cookie.ts'
import type { PasswordHasher } from '../access/password-hash.ts'
import type { Provider } from '../access/provider.ts'
import type { ArtworkStore } from '../artwork/artwork-store.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Clock } from '../clock.ts'
import type { DecodePool } from '../decode/decode-pool.ts'
import type { History } from '../history/history.ts'
import type { UpdateLog } from '../log/update-log.ts'
import type { Publisher } from '../revisions/publish.ts'
import type { Review, StepOutcome } from '../revisions/review.ts'
import type { Revisions } from '../revisions/revisions.ts'
import { type SnapshotTaken, snapshotOf } from '../revisions/snapshot-of.ts'
import type { Steps } from '../revisions/steps.ts'
import type { ShowSettings } from '../show/show-settings.ts'
import type { SyncServer } from '../sync/sync-server.ts'
import type { Webhooks } from '../webhooks/webhooks.ts'
import { createAccountHandlers } from './account-handlers.ts'
import { createIdentityHandlers } from './identity-handlers.ts'
import { noHistory } from './no-history.ts'
import { createPeopleHandlers } from './people-handlers.ts'
import { ABSENT, type Refused, refused } from './problem.ts'
import { inTheWay, publishRefused } from './publish-refused.ts'
import type { Handlers, RouteAnswer } from './serve-route.ts'
import { createShowHandlers } from './show-handlers.ts'
import { createWebhookHandlers } from './webhook-handlers.ts'

export type HandlerNeeds = {
  readonly access: Access
  readonly attempts: Attempts
  readonly audit: AuditLog
  readonly catalogue: Catalogue
  readonly artwork: ArtworkStore
  readonly clock: Clock
  readonly hasher: PasswordHasher
  readonly history: History
  readonly log: UpdateLog
  readonly logger: Logger
  readonly pool: DecodePool
  /** Of people who sign in with an account elsewhere; null: nobody does. */
  readonly provider: Provider | null
  readonly publisher: Publisher
  readonly review: Review
  readonly revisions: Revisions
  readonly showSettings: ShowSettings
  readonly site: () => Site
  readonly steps: Steps
  readonly sockets: Pick<SyncServer, 'signOut' | 'rightsChanged' | 'removed'>
  readonly webhooks: Webhooks
  readonly onPublished: () => void
  /** A message to a webhook waits, or may be sent by now. */
  readonly onMessageWaiting: () => void
  readonly onShowChanged: () => void
}

/** The first entry of a dispatch that is born empty: it makes the room and says nothing. */
const EMPTY_UPDATE = Uint8Array.of(0, 0)

export const createHandlers = (needs: HandlerNeeds): Handlers => {
  const { access, catalogue, clock, history, log, pool, publisher, review, revisions, site, steps, sockets, onPublished } = needs
  return {
    getSession: ({ caller }) => ({
      ok: true,
      value: { person: caller.person, site: site(), show: needs.showSettings.get().show },
    }),

    signOut: async ({ caller }) => {
      await access.revoke(caller.key)
      sockets.signOut(caller.key)
      return { ok: true, value: undefined, headers: { 'set-cookie': sessionCookie(site().url, '', 0) } }
    },

    ...createShowHandlers(needs),

    listDispatches: async () => {
      const revisionById = new Map(revisions.newest().map(({ dispatch, revision }) => [dispatch, revision]))
      const entries = await catalogue.list()
      const newestSteps = steps.newest()
      const dispatches = entries.map(
        ({ sha256, ...entry }): DispatchListing => ({
          ...entry,
          revision: revisionById.get(entry.id) ?? null,
          stage: stageAfter(newestSteps.get(entry.id) ?? null, sha256),
        }),
      )
      return { ok: true, value: { dispatches } }
    },

    createDispatch: async ({ caller, body }) => {
      const id = body.id ?? newDispatchId()
      let update = EMPTY_UPDATE
      if (body.content !== undefined) {
        const written = await pool.run('writeContent', { content: body.content })
        if (!written.ok) return refused(500, `The content could not be written: ${written.message}`)
        update = Uint8Array.from(written.value)
      }
      const outcome = await log.create(id, { update, author: caller.person.id }, body.lineage)
      if (!outcome.ok)
        return refused(
          503,
          outcome.fault === 'full' ? 'The server has no space left' : 'The server could not store it; try again later',
        )
      if (outcome.created) await catalogue.refresh(id)
      return { ok: true, value: { id } }
    },

    getSnapshot: async ({ params: { id } }) => {
      const taken = await snapshotOf(id, { log, pool })
      return taken.ok ? { ok: true, value: taken.snapshot } : notTaken(taken)
    },

    getStatus: async ({ params: { id } }) => {
      const status = await review.status(id)
      return status === null ? ABSENT : { ok: true, value: status }
    },

    askForReview: async ({ caller, params: { id }, body: { note } }) =>
      stepTaken(await review.take(id, { step: 'asked', by: caller.person.name, note })),

    approve: async ({ caller, params: { id }, body: { sha256, note } }) =>
      stepTaken(await review.take(id, { step: 'approved', by: caller.person.name, note, sha256 })),

    returnToDraft: async ({ caller, params: { id }, body: { note } }) =>
      stepTaken(await review.take(id, { step: 'returned', by: caller.person.name, note })),

    publish: async ({ caller, params: { id }, body }) => {
      const outcome = await publisher.publish(id, body, caller.person)
      if (outcome.ok) {
        onPublished()
        return { ok: true, value: { revision: outcome.revision, findings: outcome.findings } }
      }
      switch (outcome.fault) {
        case 'unchanged':
        case 'taken':
        case 'moved':
        case 'outrun':
          return publishRefused(outcome)
        case 'another':
          return refused(409, 'The text is another by now than the one you looked at: look at what would be published now')
        case 'not ready':
          return refused(422, 'It is not ready to be published', outcome.problems)
        default:
          return notTaken(outcome)
      }
    },

    previewRevision: async ({ params: { id }, query }) => {
      const outcome = await publisher.preview(id, { ...query, minor: query.minor && true })
      if (!outcome.ok) return notTaken(outcome)
      const { preview, inTheWay: refusal } = outcome
      return { ok: true, value: { ...preview, problems: [...(refusal === null ? [] : inTheWay(refusal)), ...preview.problems] } }
    },

    withdraw: ({ caller, params: { id }, body: { reason, revision } }) => {
      const at = new Date(clock.now()).toISOString()
      const outcome = revisions.withdraw(id, { reason, at, by: caller.person.name }, revision ?? null)
      if (outcome.ok) {
        onPublished()
        return { ok: true, value: { revision: outcome.revision, withdrawal: outcome.withdrawal } }
      }
      return outcome.fault === 'outrun'
        ? publishRefused(outcome)
        : refused(409, 'It is not published, so there is nothing to withdraw')
    },

    listRevisions: async ({ params: { id } }) => {
      const listed = revisions.list(id)
      return listed.length === 0 && (await log.head(id)) === null ? ABSENT : { ok: true, value: { revisions: listed } }
    },

    getRevision: ({ params: { id, revision } }) => {
      const found = revisions.get(id, revision)
      return found === null ? refused(404, 'There is no such revision') : { ok: true, value: found }
    },

    getHistory: async ({ params: { id }, query: { before } }) => {
      const outcome = await history.list(id, before)
      if (!outcome.ok) return noHistory(outcome)
      const { ok: _, ...value } = outcome
      return { ok: true, value }
    },

    getMoment: async ({ params: { id, seq } }) => {
      const outcome = await history.moment(id, seq)
      if (!outcome.ok) return noHistory(outcome)
      const { ok: _, ...value } = outcome
      return { ok: true, value }
    },

    getDiff: async ({ params: { id }, query: { from, to } }) => {
      const outcome = await history.diff(id, from, to)
      return outcome.ok ? { ok: true, value: outcome.diff } : noHistory(outcome)
    },

    nameMoment: async ({ caller, params: { id }, body: { name, seq } }) => {
      const outcome = await history.name(id, name, caller.person.id, seq)
      return outcome.ok ? { ok: true, value: outcome.moment } : noHistory(outcome)
    },

    forgetMoment: ({ params: { id, moment } }) =>
      history.forget(id, moment) ? { ok: true, value: undefined } : refused(404, 'There is no such named moment'),

    ...createAccountHandlers({
      access,
      attempts: needs.attempts,
      clock,
      hasher: needs.hasher,
      site,
      sockets,
      issuer: needs.provider?.issuer ?? null,
    }),
    ...createIdentityHandlers({ access, provider: needs.provider, siteUrl: () => site().url, logger: needs.logger }),
    ...createPeopleHandlers({ access, audit: needs.audit, site, sockets }),

    listPublished: () => ({ ok: true, value: { site: site(), published: revisions.newest(), withdrawn: revisions.withdrawn() } }),

    ...createWebhookHandlers({ webhooks: needs.webhooks, clock, onWaiting: needs.onMessageWaiting }),
  }
}

const stepTaken = (outcome: StepOutcome): RouteAnswer<'getStatus'> => {
  if (outcome.ok) return { ok: true, value: outcome.status }
  if (outcome.fault === 'another')
    return refused(409, 'The text is another by now than the one you read: read what changed, then approve it as it stands', [
      { path: ['sha256'], message: `by now it is ${outcome.sha256}` },
    ])
  if (outcome.fault === 'out of turn') return refused(409, OUT_OF_TURN[outcome.stage])
  return notTaken(outcome)
}

const OUT_OF_TURN: Record<Stage, string> = {
  draft: 'It is a draft: nobody waits for a word on it',
  'in review': 'It is in review already',
  approved: 'It is approved as it stands',
  published: 'It is published as it stands: change it first',
  withdrawn: 'It is withdrawn: nobody waits for a word on it',
}

const notTaken = (taken: SnapshotTaken & { ok: false }): Refused => {
  if (taken.fault === 'absent') return ABSENT
  if (taken.fault === 'damaged')
    return refused(
      503,
      'This dispatch is damaged on the server; its last sound state can be read at the desk until it is repaired',
    )
  if (taken.fault === 'invalid') return refused(422, 'Some fields are not as they should be', taken.problems)
  return refused(500, `The dispatch could not be read: ${taken.message}`)
}
