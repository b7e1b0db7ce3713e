import { runChecks } from '@stet/checks/checks'
import { snapshotSha256 } from '@stet/render/json'
import { audioFileName } from '@stet/schema/audio'
import { diffSnapshots } from '@stet/schema/diff-snapshots'
import { errorsIn, type Finding, type Problem } from '@stet/schema/finding'
import type { DispatchId } from '@stet/schema/ids'
import type { Preview, PublishRequest } from '@stet/schema/publishing'
import { publishingProblems } from '@stet/schema/readiness'
import type { RevisionFacts } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'
import { stageAfter } from '@stet/schema/status'
import type { Logger } from 'pino'
import type { AudioStore } from '../audio/audio-store.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Clock } from '../clock.ts'
import type { DecodePool } from '../decode/decode-pool.ts'
import type { UpdateLog } from '../log/update-log.ts'
import { changedPages } from '../site/changed-pages.ts'
import type { FillIn } from './fill-in.ts'
import type { Draft, PublishRefusal, Revisions } from './revisions.ts'
import { type SnapshotTaken, snapshotOf } from './snapshot-of.ts'
import type { Steps } from './steps.ts'

export type Published =
  | { readonly ok: true; readonly revision: RevisionFacts; readonly findings: Finding[] }
  | (SnapshotTaken & { readonly ok: false })
  | PublishRefusal
  /** The content is not what the caller saw. */
  | { readonly ok: false; readonly fault: 'another' }
  /** Something is missing, or the checks found an error. */
  | { readonly ok: false; readonly fault: 'not ready'; readonly problems: Problem[] }

/** `inTheWay`: a refusal of the show's own, such as a number that is taken. */
export type Previewed =
  | { readonly ok: true; readonly preview: Preview; readonly inTheWay: PublishRefusal | null }
  | (SnapshotTaken & { readonly ok: false })

export type Publisher = {
  /** Log -> snapshot -> number -> readiness and checks -> revision -> the dispatch is told its number. */
  readonly publish: (id: DispatchId, wish: PublishRequest, by: { id: string; name: string }) => Promise<Published>
  /** What `publish` would do; changes nothing. */
  readonly preview: (id: DispatchId, wish: Pick<PublishRequest, 'number' | 'date' | 'minor'>) => Promise<Previewed>
}

type Needs = {
  readonly log: UpdateLog
  readonly pool: DecodePool
  readonly catalogue: Pick<Catalogue, 'known'>
  readonly revisions: Revisions
  readonly steps: Pick<Steps, 'list'>
  readonly audio: Pick<AudioStore, 'find'>
  readonly fillIn: FillIn
  readonly clock: Pick<Clock, 'now'>
  readonly logger: Logger
}

export const createPublisher = (needs: Needs): Publisher => {
  const { log, pool, catalogue, revisions, steps, audio, fillIn, clock, logger } = needs

  const draftOf = (snapshot: Snapshot, wish: PublishRequest, by: string): Draft => ({
    snapshot,
    number: wish.number ?? null,
    date: wish.date ?? null,
    reserved: catalogue.known().flatMap(({ id, number }) => (id === snapshot.id || number === null ? [] : [number])),
    publishedAt: new Date(clock.now()).toISOString(),
    publishedBy: by,
    correction: wish.correction ?? null,
    revision: wish.revision ?? null,
  })

  /** The revision is the truth; should the dispatch not be told now, the next publication finds the number there. */
  const tellTheDispatch = async (own: Snapshot, published: Snapshot, author: string): Promise<void> => {
    if (own.number === published.number && own.date === published.date) return
    const outcome = await fillIn(own.id, { number: published.number, date: published.date }, author).catch((error) => ({
      ok: false as const,
      reason: String(error),
    }))
    if (!outcome.ok)
      logger.warn(
        { room: own.id, reason: outcome.reason },
        'a dispatch was published, but its number could not be written into it',
      )
  }

  return {
    publish: async (id, wish, by) => {
      const taken = await snapshotOf(id, { log, pool })
      if (!taken.ok) return taken
      const draft = draftOf(taken.snapshot, wish, by.name)
      const { snapshot, outcome: planned } = revisions.preview(draft)
      if (!planned.ok) return planned
      const findings = runChecks(snapshot)
      const problems = [
        ...publishingProblems(snapshot),
        ...audioProblems(snapshot, audio),
        ...errorsIn(findings).map(problemOf),
        ...correctionProblems(planned.revision.revision, wish),
      ]
      if (problems.length > 0) return { ok: false, fault: 'not ready', problems }
      // Nothing waits from here on, so what was looked at is what is stored. One who repeats a request may come after the
      // dispatch was told its number, and names the content from before.
      const isRepeated = wish.revision !== undefined && revisions.list(id).some(({ revision }) => revision === wish.revision)
      if (wish.sha256 !== undefined && !isRepeated && wish.sha256 !== snapshotSha256(taken.snapshot))
        return { ok: false, fault: 'another' }
      const outcome = revisions.publish(draft)
      if (!outcome.ok) return outcome
      await tellTheDispatch(taken.snapshot, outcome.snapshot, by.id)
      return { ok: true, revision: outcome.revision, findings }
    },

    preview: async (id, wish) => {
      const taken = await snapshotOf(id, { log, pool })
      if (!taken.ok) return taken
      const { snapshot, outcome: planned } = revisions.preview(draftOf(taken.snapshot, wish, ''))
      const facts = revisions.list(id).at(-1)
      const last = facts === undefined ? null : revisions.get(id, facts.revision)
      const sha256 = snapshotSha256(taken.snapshot)
      const findings = runChecks(snapshot)
      return {
        ok: true,
        inTheWay: planned.ok ? null : planned,
        preview: {
          sha256,
          revision: (facts?.revision ?? 0) + 1,
          path: planned.ok ? planned.revision.path : null,
          number: snapshot.number,
          date: snapshot.date,
          stage: stageAfter(steps.list(id).at(-1) ?? null, sha256),
          problems: [...publishingProblems(snapshot), ...audioProblems(snapshot, audio), ...errorsIn(findings).map(problemOf)],
          findings,
          pages: planned.ok ? changedPages(planned.revision, snapshot, last?.snapshot ?? null, wish.minor === undefined) : [],
          changes: last === null ? null : diffSnapshots(last.snapshot, snapshot),
        },
      }
    },
  }
}

/** Readers are told what was put right, from the second revision on, or somebody says that it is nothing. */
const correctionProblems = (revision: number, { correction, minor }: PublishRequest): Problem[] => {
  const path = ['correction']
  if (correction !== undefined && minor)
    return [{ path, message: 'a change that corrects something is not minor: leave one out' }]
  if (revision === 1)
    return correction === undefined ? [] : [{ path, message: 'leave it out: a first revision corrects nothing' }]
  return correction !== undefined || minor
    ? []
    : [{ path, message: 'say what was wrong and what stands now, or that the change is minor' }]
}

/** What a dispatch says of its recording anybody may write who writes; readers are shown only what is here as it is said. */
const audioProblems = ({ audio }: Snapshot, store: Pick<AudioStore, 'find'>): Problem[] =>
  audio?.kind !== 'file' || store.find(audioFileName(audio))?.bytes === audio.bytes
    ? []
    : [{ path: ['audio'], message: 'the server does not have this recording: attach it again' }]

const problemOf = ({ path, message }: Finding): Problem => ({ path, message })
