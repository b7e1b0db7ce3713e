/** When work that may wait is done. Each answers how to call it off. */
export type Schedule = {
  /** Before the screen is painted next. */
  readonly soon: (work: () => void) => () => void
  /** Once the screen has been painted: for what may appear a frame after the words. */
  readonly painted: (work: () => void) => () => void
  /** In a calm moment, at most twice a second. */
  readonly later: (work: () => void) => () => void
}

export type Urgency = keyof Schedule

const LATER_MS = 500
/** Where there is no calm moment, it is done all the same. */
const AT_MOST_MS = 700

export const browserSchedule: Schedule = {
  soon: (work) => {
    const frame = requestAnimationFrame(work)
    return () => cancelAnimationFrame(frame)
  },
  painted: (work) => {
    let stop = () => cancelAnimationFrame(frame)
    const frame = requestAnimationFrame(() => {
      // A task behind a frame runs when that frame is painted.
      const task = setTimeout(work, 0)
      stop = () => clearTimeout(task)
    })
    return () => stop()
  },
  later: (work) => {
    let stop = () => clearTimeout(timer)
    const timer = setTimeout(() => {
      // Safari has no idle callbacks.
      if (typeof requestIdleCallback !== 'function') return work()
      const idle = requestIdleCallback(work, { timeout: AT_MOST_MS - LATER_MS })
      stop = () => cancelIdleCallback(idle)
    }, LATER_MS)
    return () => stop()
  },
}
