import type { Timeline } from '@stet/schema/lay-timeline'
import { type Snapshot, spokenText } from '@stet/schema/snapshot'
import { formatShortClock } from '@stet/schema/timeline'

/** A chapter, or a heading of an essay, as the outline shows it. */
export type OutlineEntry = {
  readonly id: string
  readonly title: string
  /** Null where no time is told: in an essay, and until it is reckoned. */
  readonly time: string | null
  readonly isRecorded: boolean
  /** Turns up to the next chapter; null in an essay. */
  readonly turns: number | null
  readonly level: 2 | 3
}

export const outlineEntries = ({ body }: Pick<Snapshot, 'body'>, timeline: Timeline | null): OutlineEntry[] => {
  const entries: OutlineEntry[] = []
  for (const [index, block] of body.entries()) {
    if (block.kind !== 'chapter' && block.kind !== 'heading') continue
    const timing = block.kind === 'chapter' ? timeline?.get(block.id) : undefined
    entries.push({
      id: block.id,
      title: spokenText(block.content).trim() || 'Untitled',
      time: timing === undefined ? null : formatShortClock(timing.start),
      isRecorded: timing?.recorded ?? false,
      turns: block.kind === 'chapter' ? turnsAfter(body, index) : null,
      level: block.kind === 'heading' ? block.level : 2,
    })
  }
  return entries
}

/** The entry that a block stands under; null before the first. */
export const entryOver = ({ body }: Pick<Snapshot, 'body'>, block: string | null): string | null => {
  const at = body.findIndex(({ id }) => id === block)
  return body.slice(0, at + 1).findLast(({ kind }) => kind === 'chapter' || kind === 'heading')?.id ?? null
}

const turnsAfter = (body: Snapshot['body'], chapter: number): number => {
  const rest = body.slice(chapter + 1)
  const next = rest.findIndex(({ kind }) => kind === 'chapter')
  return rest.slice(0, next < 0 ? rest.length : next).filter(({ kind }) => kind === 'turn').length
}
