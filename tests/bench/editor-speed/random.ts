/** Numbers that a seed decides (mulberry32). */
export type Random = {
  /** From 0 up to, not including, 1. */
  readonly unit: () => number
  /** A whole number from 0 up to, not including, the limit. */
  readonly below: (limit: number) => number
}

export const createRandom = (seed: number): Random => {
  let state = seed >>> 0
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { unit, below: (limit) => Math.floor(unit() * limit) }
}
