/** Time as the server sees it; tests bring their own. */
export type Clock = {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Calls back once after so many milliseconds; the answer cancels it. */
  readonly after: (milliseconds: number, act: () => void) => () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
