import type { Block } from '@stet/schema/snapshot'
import { formatClock } from '@stet/schema/timeline'

/**
 * The id of each block on its page, by block id. A turn with a recorded time is known by it (`t-00-03-12`), so a
 * link can be written from the recording; a second turn at the same time has `-2` behind it. An estimated time
 * moves with every edit, so all else is known by its block, which keeps its id through all revisions.
 */
export const anchorsOf = (body: readonly Block[]): ReadonlyMap<string, string> => {
  const anchors = new Map<string, string>()
  const turnsAt = new Map<number, number>()
  for (const block of body) {
    if (block.kind === 'turn' && block.start !== null) {
      const count = (turnsAt.get(block.start) ?? 0) + 1
      turnsAt.set(block.start, count)
      const clock = formatClock(block.start).replaceAll(':', '-')
      anchors.set(block.id, count === 1 ? `t-${clock}` : `t-${clock}-${count}`)
    } else anchors.set(block.id, `b-${block.id}`)
  }
  return anchors
}

export const sourceAnchor = (number: number): string => `source-${number}`

/** What is folded away of a source: who is led there finds it open. */
export const sourceDetailsAnchor = (number: number): string => `source-${number}-details`

export const noteAnchor = (number: number): string => `note-${number}`
