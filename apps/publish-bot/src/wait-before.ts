const FIRST = 1_000
const LONGEST = 60_000

/** Milliseconds to wait before the nth attempt in a row, from 1 on: twice as long each time, and never all at the same moment. */
export const waitBefore = (attempt: number, random: () => number): number =>
  Math.round(Math.min(LONGEST, FIRST * 2 ** Math.min(attempt - 1, 10)) * (0.5 + random() / 2))
