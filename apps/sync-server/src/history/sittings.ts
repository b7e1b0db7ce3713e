/** How long an author may pause and still be in one sitting, and how long a session may last: milliseconds. */
const PAUSE = 5 * 60_000
const LONGEST = 60 * 60_000

export type Written = {
  readonly from: number
  readonly to: number
  readonly begunAt: number
  readonly at: number
  readonly author: string
  readonly written: number
  readonly erased: number
}

/**
 * Puts the stretches of a log together to sessions, newest first by their ends. A session is what one author wrote
 * without a pause of five minutes, for an hour at most, whoever else wrote meanwhile: of two who write at once each has
 * one session, and their entries interleave.
 */
export const sessionsOf = (stretches: readonly Written[]): Written[] => {
  const sessions: Written[] = []
  const openByAuthor = new Map<string, number>()
  for (const stretch of stretches) {
    const nth = openByAuthor.get(stretch.author)
    const open = nth === undefined ? undefined : sessions[nth]
    if (nth !== undefined && open && stretch.begunAt - open.at < PAUSE && stretch.at - open.begunAt <= LONGEST)
      sessions[nth] = {
        ...open,
        to: stretch.to,
        at: stretch.at,
        written: open.written + stretch.written,
        erased: open.erased + stretch.erased,
      }
    else openByAuthor.set(stretch.author, sessions.push(stretch) - 1)
  }
  return sessions.sort((a, b) => b.to - a.to)
}
