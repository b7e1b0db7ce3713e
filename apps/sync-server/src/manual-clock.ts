import type { Clock } from './clock.ts'

/** A clock that stands still until a test moves it. */
export const createManualClock = (
  start = Date.UTC(2026, 0, 31),
): Clock & { readonly advance: (milliseconds: number) => void } => {
  let now = start
  const timers = new Set<{ due: number; act: () => void }>()
  return {
    now: () => now,
    after: (milliseconds, act) => {
      const timer = { due: now + milliseconds, act }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance: (milliseconds) => {
      now += milliseconds
      for (const timer of [...timers].sort((a, b) => a.due - b.due)) {
        if (timer.due > now || !timers.delete(timer)) continue
        timer.act()
      }
    },
  }
}
