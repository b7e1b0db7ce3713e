import type { DispatchId } from '@stet/schema/ids'
import { Revision, type RevisionFacts } from '@stet/schema/revision'
import type Database from 'better-sqlite3'
import type { Draft, PublishOutcome, Revisions } from './revisions.ts'
import { pathsFor } from './site-path.ts'
import { createSqliteSteps } from './sqlite-steps.ts'

const FACTS = 'dispatch, revision, sha256, published_at AS publishedAt, published_by AS publishedBy, path, title'

export const createSqliteRevisions = (db: Database): Revisions => {
  const steps = createSqliteSteps(db)
  const insert = db.prepare('INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const listOf = db.prepare<RevisionFacts>(`SELECT ${FACTS} FROM revisions WHERE dispatch = ? ORDER BY revision`)
  const one = db.prepare<RevisionFacts & { snapshot: string }>(
    `SELECT ${FACTS}, snapshot FROM revisions WHERE dispatch = ? AND revision = ?`,
  )
  const newestAt = db.prepare<RevisionFacts & { snapshot: string }>(
    `SELECT ${FACTS}, snapshot FROM revisions WHERE path = ? ORDER BY revision DESC LIMIT 1`,
  )
  const newest = db.prepare<RevisionFacts>(
    `SELECT ${FACTS} FROM revisions AS mine WHERE revision = (SELECT max(revision) FROM revisions WHERE dispatch = mine.dispatch) ORDER BY path`,
  )
  const whole = (row: (RevisionFacts & { snapshot: string }) | undefined): Revision | null =>
    row === undefined ? null : Revision.parse({ ...row, snapshot: JSON.parse(row.snapshot) })

  /** An address lasts: it is chosen at the first publication, and a dispatch's number is part of it. */
  const pathFor = (
    { snapshot }: Draft,
    last: RevisionFacts | undefined,
  ): { ok: true; path: string } | (PublishOutcome & { ok: false }) => {
    if (last !== undefined) {
      const [path] = pathsFor(snapshot)
      const fits = snapshot.kind === 'dispatch' ? path === last.path : last.path.startsWith('/essays/')
      return fits ? { ok: true, path: last.path } : { ok: false, fault: 'moved', path: last.path }
    }
    for (const path of pathsFor(snapshot)) {
      const other = newestAt.get(path)
      if (other === undefined) return { ok: true, path }
      if (snapshot.kind === 'dispatch') return { ok: false, fault: 'taken', by: other }
    }
    throw new Error('an essay always finds a path')
  }

  return {
    publish: db.transaction((draft: Draft): PublishOutcome => {
      const { snapshot, sha256, publishedAt, publishedBy } = draft
      const last = listOf.all(snapshot.id).at(-1)
      if (last?.sha256 === sha256) return { ok: false, fault: 'unchanged', revision: last.revision }
      const found = pathFor(draft, last)
      if (!found.ok) return found
      const facts: RevisionFacts = {
        dispatch: snapshot.id,
        revision: (last?.revision ?? 0) + 1,
        sha256,
        publishedAt,
        publishedBy,
        path: found.path,
        title: snapshot.title,
      }
      insert.run(
        facts.dispatch,
        facts.revision,
        sha256,
        publishedAt,
        publishedBy,
        facts.path,
        facts.title,
        JSON.stringify(snapshot),
      )
      steps.add(facts.dispatch, { step: 'published', sha256, by: publishedBy, at: publishedAt, note: '', seq: null })
      return { ok: true, revision: facts }
    }).immediate,
    list: (dispatch: DispatchId) => listOf.all(dispatch),
    get: (dispatch, revision) => whole(one.get(dispatch, revision)),
    newest: () => newest.all(),
    newestAt: (path) => whole(newestAt.get(path)),
  }
}
