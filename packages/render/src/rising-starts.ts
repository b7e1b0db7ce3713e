/**
 * Starts in whole milliseconds that rise from one to the next. The timeline knows whole seconds and never falls, so several
 * may begin in one second; these take their turns within it. Where a second has too few milliseconds, they run into the next.
 */
export const risingStarts = (seconds: readonly number[]): number[] => {
  const counts = new Map<number, number>()
  for (const second of seconds) counts.set(second, (counts.get(second) ?? 0) + 1)
  const placed = new Map<number, number>()
  let before = -1
  return seconds.map((second) => {
    const place = placed.get(second) ?? 0
    placed.set(second, place + 1)
    before = Math.max(before + 1, second * 1000 + Math.floor((place * 1000) / (counts.get(second) ?? 1)))
    return before
  })
}
