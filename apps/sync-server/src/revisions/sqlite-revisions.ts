import { snapshotSha256 } from '@stet/render/json'
import type { DispatchId } from '@stet/schema/ids'
import { type EarlierRevision, Revision, type RevisionFacts, type Withdrawal } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'
import type Database from 'better-sqlite3'
import type { PublishingEvent } from '../webhooks/webhooks.ts'
import { numbered } from './numbering.ts'
import { AUDIO_OF } from './publishing-tables.ts'
import type { Draft, PublishOutcome, PublishRefusal, Revisions, WithdrawOutcome } from './revisions.ts'
import { pathsFor } from './site-path.ts'
import { createSqliteSteps } from './sqlite-steps.ts'

const FACTS = 'dispatch, revision, sha256, published_at AS publishedAt, published_by AS publishedBy, path, title, correction'

const NEVER_SHOWN: StoredShowing = { step: 'published', reason: '', at: '', by: '' }

/** `correction` and `snapshot` are JSON. */
type Row = Omit<RevisionFacts, 'correction'> & { correction: string | null }
type StoredShowing = Withdrawal & { readonly step: 'published' | 'withdrawn' }
type WholeRow = Row & { snapshot: string }

type Plan = (PublishOutcome & { readonly ok: true } & { readonly isThere: boolean }) | PublishRefusal

/** `tell` is called within the transaction of what it is told: what it writes to the same database is there if, and only if, that is. */
export const createSqliteRevisions = (db: Database, tell: (event: PublishingEvent) => void): Revisions => {
  const steps = createSqliteSteps(db)
  const insert = db.prepare('INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const listOf = db.prepare<Row>(`SELECT ${FACTS} FROM revisions WHERE dispatch = ? ORDER BY revision`)
  const one = db.prepare<WholeRow>(`SELECT ${FACTS}, snapshot FROM revisions WHERE dispatch = ? AND revision = ?`)
  const newestAt = db.prepare<Row>(`SELECT ${FACTS} FROM revisions WHERE path = ? ORDER BY revision DESC LIMIT 1`)
  const newest = db.prepare<Row>(
    `SELECT ${FACTS} FROM revisions AS mine WHERE revision = (SELECT max(revision) FROM revisions WHERE dispatch = mine.dispatch) ORDER BY path`,
  )
  /** What readers were shown or not shown last. */
  const lastShowing = db.prepare<StoredShowing>(
    `SELECT step, note AS reason, said_at AS at, said_by AS "by" FROM steps
     WHERE dispatch = ? AND step IN ('published', 'withdrawn') ORDER BY nth DESC LIMIT 1`,
  )
  const corrected = db.prepare<Row>(
    `SELECT ${FACTS} FROM revisions WHERE correction IS NOT NULL ORDER BY published_at DESC, path, revision DESC`,
  )

  const withAudio = db.prepare<Pick<Row, 'dispatch'>>(`SELECT DISTINCT dispatch FROM revisions WHERE ${AUDIO_OF} = ?`)

  const list = (dispatch: DispatchId): RevisionFacts[] => listOf.all(dispatch).map(factsOf)
  const get = (dispatch: DispatchId, revision: number): Revision | null => {
    const row = one.get(dispatch, revision)
    if (row === undefined) return null
    const { snapshot, ...facts } = row
    const earlier = list(dispatch).filter((each) => each.revision < revision)
    return Revision.parse({ ...factsOf(facts), earlier: earlier.map(earlierOf), snapshot: JSON.parse(snapshot) })
  }

  const withdrawal = (dispatch: DispatchId): Withdrawal | null => {
    const { step, ...said } = lastShowing.get(dispatch) ?? NEVER_SHOWN
    return step === 'withdrawn' ? said : null
  }

  /** Less what is withdrawn. */
  const standing = (rows: readonly Row[]): RevisionFacts[] =>
    rows.filter(({ dispatch }) => withdrawal(dispatch) === null).map(factsOf)

  /** An address lasts: it is chosen at the first publication, and a dispatch's number is part of it. */
  const pathFor = (snapshot: Snapshot, last: RevisionFacts | null): { ok: true; path: string } | PublishRefusal => {
    if (last !== null) {
      const [path] = pathsFor(snapshot)
      const fits = snapshot.kind === 'dispatch' ? path === last.path : last.path.startsWith('/essays/')
      return fits ? { ok: true, path: last.path } : { ok: false, fault: 'moved', path: last.path }
    }
    for (const path of pathsFor(snapshot)) {
      const other = newestAt.get(path)
      if (other === undefined) return { ok: true, path }
      if (snapshot.kind === 'dispatch') return { ok: false, fault: 'taken', number: snapshot.number, by: factsOf(other) }
    }
    throw new Error('an essay always finds a path')
  }

  /** What would be published, and whether it is there already. */
  const planOf = (draft: Draft, snapshot: Snapshot, last: RevisionFacts | null): Plan => {
    const sha256 = snapshotSha256(snapshot)
    if (last !== null && draft.revision !== null && draft.revision <= last.revision)
      return draft.revision === last.revision && sha256 === last.sha256
        ? { ok: true, isThere: true, revision: last, snapshot }
        : { ok: false, fault: 'outrun', by: last }
    if (last?.sha256 === sha256 && withdrawal(snapshot.id) === null)
      return { ok: false, fault: 'unchanged', revision: last.revision }
    const found = pathFor(snapshot, last)
    if (!found.ok) return found
    const revision: RevisionFacts = {
      dispatch: snapshot.id,
      revision: (last?.revision ?? 0) + 1,
      sha256,
      publishedAt: draft.publishedAt,
      publishedBy: draft.publishedBy,
      path: found.path,
      title: snapshot.title,
      correction: draft.correction,
    }
    return { ok: true, isThere: false, revision, snapshot }
  }
  const preview = (draft: Draft): { snapshot: Snapshot; outcome: Plan } => {
    const { id } = draft.snapshot
    const last = list(id).at(-1) ?? null
    const snapshot = numbered(draft, last && get(id, last.revision), newest.all().map(factsOf))
    return { snapshot, outcome: planOf(draft, snapshot, last) }
  }

  return {
    publish: db.transaction((draft: Draft): PublishOutcome => {
      const { outcome } = preview(draft)
      if (!outcome.ok || outcome.isThere) return outcome
      const { dispatch, revision, sha256, publishedAt, publishedBy, path, title, correction } = outcome.revision
      const told = correction && JSON.stringify(correction)
      insert.run(dispatch, revision, sha256, publishedAt, publishedBy, path, title, JSON.stringify(outcome.snapshot), told)
      steps.add(dispatch, { step: 'published', sha256, by: publishedBy, at: publishedAt, note: '', seq: null })
      tell({ type: correction === null ? 'dispatch.published' : 'dispatch.corrected', at: publishedAt, facts: outcome.revision })
      return outcome
    }).immediate,
    preview,
    list,
    get,
    withdraw: db.transaction((dispatch: DispatchId, said: Withdrawal, meant: number | null): WithdrawOutcome => {
      const revision = list(dispatch).at(-1)
      if (revision === undefined) return { ok: false, fault: 'not published' }
      if (meant !== null && meant !== revision.revision) return { ok: false, fault: 'outrun', by: revision }
      const standing = withdrawal(dispatch)
      if (standing === null) {
        const { at, by, reason } = said
        steps.add(dispatch, { step: 'withdrawn', sha256: revision.sha256, by, at, note: reason, seq: null })
        tell({ type: 'dispatch.withdrawn', at, facts: revision })
      }
      return { ok: true, revision, withdrawal: standing ?? said }
    }).immediate,
    withdrawal,
    withdrawn: () =>
      newest.all().flatMap((row) => {
        const said = withdrawal(row.dispatch)
        return said === null ? [] : [{ revision: factsOf(row), withdrawal: said }]
      }),
    newest: () => standing(newest.all()),
    newestAt: (path) => {
      const row = newestAt.get(path)
      return row === undefined ? null : get(row.dispatch, row.revision)
    },
    showsAudio: (sha256) => withAudio.all(sha256).some(({ dispatch }) => withdrawal(dispatch) === null),
    corrected: () => corrected.all().map(factsOf),
  }
}

const factsOf = ({ correction, ...facts }: Row): RevisionFacts => ({
  ...facts,
  correction: correction === null ? null : JSON.parse(correction),
})

const earlierOf = ({ revision, publishedAt, correction }: RevisionFacts): EarlierRevision => ({
  revision,
  publishedAt,
  correction,
})
