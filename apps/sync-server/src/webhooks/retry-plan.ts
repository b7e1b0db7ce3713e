const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** From one attempt to the next: three days and a bit, all in all. */
const PAUSES = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]

/** How far a pause is drawn out or cut short, so that many that failed together do not come back together. */
const SPREAD = 0.2

/** Milliseconds until a message is tried again after so many attempts; null: it is given up. `random`: from 0 to 1. */
export const pauseAfter = (attempts: number, random: number): number | null => {
  const pause = PAUSES[attempts - 1]
  return pause === undefined ? null : Math.round(pause * (1 - SPREAD + 2 * SPREAD * random))
}
