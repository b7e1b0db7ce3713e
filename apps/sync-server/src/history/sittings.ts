import type { LogRow } from '../log/update-log.ts'

/** How long an author may pause and still be in one sitting, and how long a session may last: milliseconds. */
const PAUSE = 5 * 60_000
const LONGEST = 60 * 60_000

/** An entry of the log, with what it wrote and erased. */
export type Counted = Omit<LogRow, 'update'> & { readonly written: number; readonly erased: number }
export type Sitting = {
  readonly from: number
  readonly to: number
  readonly begunAt: number
  readonly at: number
  readonly author: string
  readonly written: number
  readonly erased: number
}

/**
 * Puts the entries of a log together to sessions, newest first by their ends. A session is what one author wrote
 * without a pause of five minutes, for an hour at most, whoever else wrote meanwhile: of two who write at once each has
 * one session, and their entries interleave.
 */
export const sessionsOf = (entries: readonly Counted[]): Sitting[] => {
  const sessions: Sitting[] = []
  const openByAuthor = new Map<string, number>()
  for (const { seq, at, author, written, erased } of entries) {
    const nth = openByAuthor.get(author)
    const open = nth === undefined ? undefined : sessions[nth]
    if (nth !== undefined && open && at - open.at < PAUSE && at - open.begunAt <= LONGEST)
      sessions[nth] = { ...open, to: seq, at, written: open.written + written, erased: open.erased + erased }
    else openByAuthor.set(author, sessions.push({ from: seq, to: seq, begunAt: at, at, author, written, erased }) - 1)
  }
  return sessions.sort((a, b) => b.to - a.to)
}
