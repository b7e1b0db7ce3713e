/** Leaves the largest set of numbers that never fall (a longest non-falling run, by patience), and null for the others. */
export const longestRising = (numbers: readonly (number | null)[]): (number | null)[] => {
  /** At n: the index of the smallest number with which a run of n + 1 can end. */
  const ends: number[] = []
  const previous = new Map<number, number | undefined>()
  for (const [index, number] of numbers.entries()) {
    if (number === null) continue
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((numbers[ends[middle] ?? 0] ?? 0) <= number) low = middle + 1
      else high = middle
    }
    previous.set(index, ends[low - 1])
    ends[low] = index
  }
  const kept: (number | null)[] = numbers.map(() => null)
  for (let index = ends.at(-1); index !== undefined; index = previous.get(index)) kept[index] = numbers[index] ?? null
  return kept
}
