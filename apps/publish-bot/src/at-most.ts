/** Runs `work` on every item, at most `width` at a time; the first rejection is thrown once no work is under way. */
export const atMost = async <T>(
  width: number,
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> => {
  let next = 0
  let broken = false
  const lane = async () => {
    while (next < items.length && !broken) {
      const index = next++
      try {
        await work(items[index] as T, index)
      } catch (error) {
        broken = true
        throw error
      }
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(width, items.length) }, lane))
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason
}
