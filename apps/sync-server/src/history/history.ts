import type { BlockChange, Diff, FieldChange, NamedMoment, Session, SourceChange } from '@stet/schema/contract/history'
import type { Problem } from '@stet/schema/finding'
import { type DispatchId, type LocalId, newLocalId } from '@stet/schema/ids'
import type { Snapshot } from '@stet/schema/snapshot'
import type { Access } from '../access/access.ts'
import type { Clock } from '../clock.ts'
import type { DecodePool, JobOutcome } from '../decode/decode-pool.ts'
import { DamagedLog, type UpdateLog } from '../log/update-log.ts'
import { createTurns } from './in-turn.ts'
import type { NamedMoments, StoredMoment } from './named-moments.ts'
import { type ReadEntries, readPages } from './read-pages.ts'
import { sessionsOf } from './sittings.ts'

export type HistoryFault =
  | { readonly ok: false; readonly fault: 'absent' }
  /** There is no such entry yet, or of two moments the first is the later one. */
  | { readonly ok: false; readonly fault: 'ahead'; readonly newest: number }
  | { readonly ok: false; readonly fault: 'backwards' }
  | { readonly ok: false; readonly fault: 'damaged'; readonly message: string }
  | { readonly ok: false; readonly fault: 'invalid'; readonly seq: number; readonly problems: Problem[] }
  /** Too much is asked for at once. */
  | { readonly ok: false; readonly fault: 'busy' }
  /** It was stopped at the deadline of the pool. */
  | { readonly ok: false; readonly fault: 'late' }
  | { readonly ok: false; readonly fault: 'failed'; readonly message: string }
  /** It has as many named moments as it may have. */
  | { readonly ok: false; readonly fault: 'full' }
type Outcome<T> = ({ readonly ok: true } & T) | HistoryFault

export type History = {
  /** The sessions that ended before an entry, newest first. */
  readonly list: (
    id: DispatchId,
    before?: number,
  ) => Promise<Outcome<{ seq: number; sessions: Session[]; before: number | null; moments: NamedMoment[] }>>
  readonly moment: (id: DispatchId, seq: number) => Promise<Outcome<{ seq: number; at: string; snapshot: Snapshot }>>
  readonly diff: (id: DispatchId, from: number, to?: number) => Promise<Outcome<{ diff: Diff }>>
  readonly name: (id: DispatchId, name: string, by: string, seq?: number) => Promise<Outcome<{ moment: NamedMoment }>>
  /** False when there is no such moment. */
  readonly forget: (id: DispatchId, moment: LocalId) => boolean
}

type Needs = {
  readonly log: UpdateLog
  /** Of its own: whoever writes does not wait for those who read what was. */
  readonly pool: DecodePool
  readonly access: Pick<Access, 'nameOf'>
  readonly moments: NamedMoments
  readonly clock: Pick<Clock, 'now'>
}

const SESSIONS_A_PAGE = 200
/** Readers that wait while one is served: each may take seconds where a dispatch is large. */
const MOST_WAITING = 20

/** What was, from the raw entries of the log. Nothing is kept: each answer is made anew. */
export const createHistory = ({ log, pool, access, moments, clock }: Needs): History => {
  const inTurn = createTurns(MOST_WAITING)

  /** Reads in turn, up to `seq` or the newest entry. */
  const reading = async <T>(
    id: DispatchId,
    seq: number | undefined,
    read: (upTo: number, newest: number) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> => {
    const head = await log.head(id)
    if (head === null) return { ok: false, fault: 'absent' }
    if (seq !== undefined && seq > head.seq) return { ok: false, fault: 'ahead', newest: head.seq }
    try {
      return (await inTurn(() => read(seq ?? head.seq, head.seq))) ?? { ok: false, fault: 'busy' }
    } catch (error) {
      if (error instanceof DamagedLog) return { ok: false, fault: 'damaged', message: error.message }
      throw error
    }
  }
  /** When an entry was committed; 0, before the first, is when the first was. */
  const timeOf = async (id: DispatchId, seq: number): Promise<number> => {
    const nth = Math.max(seq, 1)
    return (await log.read(id, nth - 1, nth))[0]?.at ?? 0
  }
  const author = async (id: string) => ({ id, name: await access.nameOf(id) })
  const named = async ({ at, by, namedAt, ...moment }: StoredMoment): Promise<NamedMoment> => ({
    ...moment,
    at: iso(at),
    by: await author(by),
    namedAt: iso(namedAt),
  })

  return {
    list: (id, before = Number.POSITIVE_INFINITY) =>
      reading(id, undefined, async (newest) => {
        const { pages, entries } = await readPages(log, id, 0, newest)
        const outcome = await pool.run('tally', { pages })
        if (!outcome.ok) return failed(outcome)
        const { written, erased } = outcome.value
        const counted = entries.map((entry, nth) => ({ ...entry, written: written[nth] ?? 0, erased: erased[nth] ?? 0 }))
        const older = sessionsOf(counted).filter(({ to }) => to < before)
        const page = older.slice(0, SESSIONS_A_PAGE)
        return {
          ok: true,
          seq: newest,
          sessions: await Promise.all(
            page.map(async ({ from, to, begunAt, at, author: by, written, erased }) => ({
              from,
              to,
              begunAt: iso(begunAt),
              endedAt: iso(at),
              author: await author(by),
              written,
              erased,
            })),
          ),
          before: older.length > page.length ? (page.at(-1)?.to ?? null) : null,
          moments: await Promise.all(
            moments
              .list(id)
              .filter((moment) => stands(moment, entries))
              .map(named),
          ),
        }
      }),

    moment: (id, seq) =>
      reading(id, seq, async (upTo) => {
        const { pages } = await readPages(log, id, 0, upTo)
        const outcome = await pool.run('moment', { pages, id })
        if (!outcome.ok) return failed(outcome)
        if (!outcome.value.ok) return { ok: false, fault: 'invalid', seq: upTo, problems: outcome.value.problems }
        return { ok: true, seq: upTo, at: iso(await timeOf(id, upTo)), snapshot: outcome.value.snapshot }
      }),

    diff: (id, from, to) =>
      to !== undefined && from > to
        ? Promise.resolve({ ok: false, fault: 'backwards' })
        : reading(id, to, async (upTo, newest) => {
            if (from > upTo) return { ok: false, fault: 'ahead', newest }
            const before = await readPages(log, id, 0, from)
            const since = await readPages(log, id, from, upTo)
            const outcome = await pool.run('diff', { before: before.pages, since: since.pages, id })
            if (!outcome.ok) return failed(outcome)
            const ends = { from, to: upTo }
            if (!outcome.value.ok)
              return { ok: false, fault: 'invalid', seq: ends[outcome.value.end], problems: outcome.value.problems }
            const { fields, blocks, sources } = outcome.value
            const withNames = async <C extends { authors: string[] }>(change: C) => ({
              ...change,
              authors: await Promise.all(change.authors.map(author)),
            })
            const diff: Diff = {
              ...ends,
              fields: (await Promise.all(fields.map(withNames))) as FieldChange[],
              blocks: (await Promise.all(blocks.map(withNames))) as BlockChange[],
              sources: (await Promise.all(sources.map(withNames))) as SourceChange[],
            }
            return { ok: true, diff }
          }),

    name: (id, name, by, seq) =>
      reading(id, seq, async (upTo) => {
        const at = await timeOf(id, upTo)
        const moment: StoredMoment = { id: newLocalId(), seq: upTo, at, name, by, namedAt: clock.now() }
        return moments.add(id, moment) ? { ok: true, moment: await named(moment) } : { ok: false, fault: 'full' }
      }),

    forget: (id, moment) => moments.forget(id, moment),
  }
}

const iso = (at: number): string => new Date(at).toISOString()

/** A log that was repaired may have numbered its entries anew: a moment is one only where the entry of its time is. */
const stands = ({ seq, at }: StoredMoment, entries: ReadEntries['entries']): boolean => seq === 0 || entries[seq - 1]?.at === at

const failed = ({ fault, message }: JobOutcome<unknown> & { ok: false }): HistoryFault =>
  fault === 'late' ? { ok: false, fault } : { ok: false, fault, message }
