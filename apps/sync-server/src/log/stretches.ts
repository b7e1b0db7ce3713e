import type { Facts } from './pack.ts'
import type { LogRow, RawStretch, Stretch } from './update-log.ts'

const WINDOW = 5 * 60_000

/** Puts together what follows one another by one author within one window of five minutes. */
export const stretchesOf = (entries: Iterable<Facts>): Stretch[] => {
  const stretches: { -readonly [Name in keyof Stretch]: Stretch[Name] }[] = []
  for (const { seq, at, author, length } of entries) {
    const last = stretches.at(-1)
    if (last?.author === author && windowOf(last.begunAt) === windowOf(at)) {
      last.to = seq
      last.at = at
      last.bytes += length
    } else stretches.push({ from: seq, to: seq, begunAt: at, at, author, bytes: length })
  }
  return stretches
}

/** An entry alone. */
export const rawOf = ({ seq, at, author, update }: LogRow): RawStretch => ({
  from: seq,
  to: seq,
  begunAt: at,
  at,
  author,
  bytes: update.length,
  update,
})

/** Windows begin by the clock, so that the same entries make the same stretches wherever one begins to look. */
const windowOf = (at: number): number => Math.floor(at / WINDOW)
