import type { Snapshot } from '@stet/schema/snapshot'

/** How many ranges of the script rest on each source. Neighbouring runs that differ in other marks are one range. */
export const citationCounts = ({ body }: Pick<Snapshot, 'body'>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { content } of body) {
    let before: readonly string[] = []
    for (const { marks } of content) {
      const cites = marks?.cites ?? []
      for (const id of cites) if (!before.includes(id)) counts.set(id, (counts.get(id) ?? 0) + 1)
      before = cites
    }
  }
  return counts
}
