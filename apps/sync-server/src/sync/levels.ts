/**
 * How deep items lie: the number of types around each, counted from the root (0). Only what is nested is noted, as ranges of
 * clocks, so a text costs nothing and the fields of a marker one range.
 */
export type Levels = {
  readonly at: (client: number, clock: number) => number
  /** A client's ranges come in rising order; what was noted before stands. */
  readonly note: (client: number, clock: number, length: number, level: number) => void
  readonly addAll: (others: Levels) => void
  readonly ranges: ReadonlyMap<number, readonly number[]>
}

export const createLevels = (): Levels => {
  /** Start, end and level in turn, for each client. */
  const ranges = new Map<number, number[]>()

  const note = (client: number, clock: number, length: number, level: number) => {
    if (level === 0) return
    const own = ranges.get(client)
    if (own === undefined) {
      ranges.set(client, [clock, clock + length, level])
      return
    }
    const lastEnd = own[own.length - 2] as number
    const start = Math.max(clock, lastEnd)
    if (clock + length <= start) return
    if (start === lastEnd && own[own.length - 1] === level) own[own.length - 2] = clock + length
    else own.push(start, clock + length, level)
  }
  return {
    ranges,
    note,
    at: (client, clock) => {
      const own = ranges.get(client)
      if (own === undefined) return 0
      let low = 0
      let high = own.length / 3
      while (low < high) {
        const middle = (low + high) >> 1
        if ((own[middle * 3 + 1] as number) > clock) high = middle
        else low = middle + 1
      }
      const start = own[low * 3]
      return start !== undefined && start <= clock ? (own[low * 3 + 2] as number) : 0
    },
    addAll: (others) => {
      for (const [client, own] of others.ranges)
        for (let at = 0; at < own.length; at += 3)
          note(client, own[at] as number, (own[at + 1] as number) - (own[at] as number), own[at + 2] as number)
    },
  }
}
