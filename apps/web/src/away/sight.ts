import type { Heard } from '@stet/schema/contract/sync'
import type { Seen } from '../replica/seen-store.ts'

/** Who looks away for less than this has not been away. */
export const LONG_AWAY_MS = 5 * 60_000

type Options = {
  /** How much of the server's log is in the replica. */
  readonly heard: () => Heard | null
  /** The page is looked at, and shows what the server has. */
  readonly isInSight: () => boolean
  readonly now: () => Date
  /** What was seen before the page was opened; null: this dispatch was never seen here. */
  readonly before: Seen | null
  readonly save: (seen: Seen) => void
  /** They are back: what others did since is not seen until `allSeen` says so. */
  readonly onReturn: (since: Seen) => void
}

export type Sight = ReturnType<typeof createSight>

/**
 * Follows how far a person has seen a dispatch: all that comes in while they look at it is seen. After a long absence, and
 * when they open it again, it stays as it was until they have been told.
 */
export const createSight = ({ heard, isInSight, now, before, save, onReturn }: Options) => {
  let seen = before
  let isOpened = false
  let awaySince: number | null = null
  let isWaiting = false

  const note = () => {
    const reached = heard()
    if (reached === null || isWaiting) return
    if (seen?.epoch === reached.epoch && seen.seq >= reached.seq) return
    seen = { ...reached, at: now().toISOString() }
    save(seen)
  }
  const isBack = (): boolean => {
    const wasAway = !isOpened || (awaySince !== null && now().getTime() - awaySince >= LONG_AWAY_MS)
    isOpened = true
    awaySince = null
    return wasAway
  }

  return {
    /** To be called whenever the page comes in sight or leaves it, and when something came in. */
    look: (): void => {
      if (isInSight()) {
        if (isBack() && seen !== null) {
          isWaiting = true
          onReturn(seen)
        }
        note()
      } else if (isOpened && awaySince === null) {
        // Until this moment it was looked at.
        note()
        if (seen !== null && !isWaiting) save({ ...seen, at: now().toISOString() })
        awaySince = now().getTime()
      }
    },

    allSeen: (): void => {
      isWaiting = false
      note()
    },
  }
}
