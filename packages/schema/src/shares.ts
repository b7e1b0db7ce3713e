import type { TimedBlock, Timeline } from './lay-timeline.ts'

/** What one speaker has of a script. */
export type Share = {
  readonly speaker: string | null
  readonly seconds: number
  readonly words: number
  readonly turns: number
  /** Of all that is spoken, by time: 0 to 1. */
  readonly part: number
}

export type Totals = {
  /** From the start to the end of the last turn, silences too. */
  readonly seconds: number
  readonly words: number
  readonly turns: number
  /** In the order in which they first speak. */
  readonly shares: readonly Share[]
}

/** How long a script is, and who has how much of it. */
export const totalsOf = (blocks: readonly TimedBlock[], timeline: Timeline): Totals => {
  const bySpeaker = new Map<string | null, { seconds: number; words: number; turns: number }>()
  let end = 0
  for (const { id, kind, speaker, words } of blocks) {
    const timing = timeline.get(id)
    if (kind !== 'turn' || timing === undefined) continue
    const { seconds, words: said, turns } = bySpeaker.get(speaker) ?? NOTHING
    bySpeaker.set(speaker, { seconds: seconds + timing.length, words: said + words, turns: turns + 1 })
    end = timing.start + timing.length
  }
  const all = [...bySpeaker.entries()].filter(([, { words }]) => words > 0)
  const spoken = all.reduce((sum, [, { seconds }]) => sum + seconds, 0)
  return {
    seconds: Math.round(end),
    words: all.reduce((sum, [, { words }]) => sum + words, 0),
    turns: all.reduce((sum, [, { turns }]) => sum + turns, 0),
    shares: all.map(([speaker, share]) => ({ speaker, ...share, part: spoken === 0 ? 0 : share.seconds / spoken })),
  }
}

const NOTHING = { seconds: 0, words: 0, turns: 0 }
