import { expect, it } from 'vitest'
import { layTimeline, type TimedBlock } from './lay-timeline.ts'
import { totalsOf } from './shares.ts'

const turn = (id: string, speaker: string | null, characters: number, start: number | null = null): TimedBlock => ({
  id,
  kind: 'turn',
  speaker,
  start,
  characters,
  words: characters / 5,
})

const totals = (...blocks: TimedBlock[]) =>
  totalsOf(
    blocks,
    layTimeline(blocks, () => 1),
  )

it('T6: the total ends with the last turn, and shares are of what is spoken', () => {
  const { seconds, words, turns, shares } = totals(
    turn('a', 'ada', 30),
    turn('b', 'bo', 10),
    turn('c', 'ada', 30, 40),
    turn('d', 'ada', 0),
  )
  expect([seconds, words, turns]).toEqual([70, 14, 4])
  expect(shares.map(({ speaker, words, turns, part }) => [speaker, words, turns, Math.round(part * 100)])).toEqual([
    ['ada', 12, 3, 86],
    ['bo', 2, 1, 14],
  ])
})

it('T6: an empty script has no length and no shares', () => {
  expect(totals()).toEqual({ seconds: 0, words: 0, turns: 0, shares: [] })
  expect(totals(turn('a', 'ada', 0))).toEqual({ seconds: 0, words: 0, turns: 0, shares: [] })
})
