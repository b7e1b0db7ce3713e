import fc from 'fast-check'
import { expect, it } from 'vitest'
import { layTimeline, roomFor, type TimedBlock } from './lay-timeline.ts'

/** One character a second, so that lengths read as seconds. */
const lay = (...blocks: TimedBlock[]) => layTimeline(blocks, () => 1)

const turn = (id: string, start: number | null, characters: number): TimedBlock => ({
  id,
  kind: 'turn',
  speaker: null,
  start,
  characters,
  words: characters,
})
const chapter = (id: string, start: number | null): TimedBlock => ({ ...turn(id, start, 0), kind: 'chapter' })

const starts = (...blocks: TimedBlock[]) => [...lay(...blocks)].map(([id, { start }]) => `${id} ${start}`)

it('T2: between recorded starts, estimates are scaled to fit in proportion', () => {
  expect(starts(turn('a', 0, 30), turn('b', null, 10), turn('c', 20, 5))).toEqual(['a 0', 'b 15', 'c 20'])
  expect(starts(turn('a', 0, 30), turn('b', null, 10), turn('c', 50, 5))).toEqual(['a 0', 'b 37', 'c 50'])
})

it('T2: a gap too wide for speech is not filled: its silence stands before the next recorded start', () => {
  expect(starts(turn('a', 0, 20), turn('b', null, 10), turn('c', 500, 5))).toEqual(['a 0', 'b 30', 'c 500'])
  expect(lay(turn('a', 0, 20), turn('b', 500, 5)).get('a')?.length).toBe(30)
})

it('T2: after the last recorded start everything follows by the pace', () => {
  expect(starts(turn('a', null, 20), turn('b', 100, 10), turn('c', null, 7), turn('d', null, 0))).toEqual([
    'a 0',
    'b 100',
    'c 110',
    'd 117',
  ])
})

it('T2: ten tenths of a second are one', () => {
  const tenths = Array.from({ length: 10 }, (_, index) => turn(`t${index}`, null, 0.1))
  expect(lay(...tenths, turn('last', null, 1)).get('last')?.start).toBe(1)
})

it('T2: a chapter without a start takes that of the next turn, or the end; one with a start lends it to a turn without', () => {
  expect(starts(chapter('one', null), turn('a', 5, 16), chapter('two', null))).toEqual(['one 5', 'a 5', 'two 21'])
  expect(starts(turn('a', 0, 10), chapter('one', 60), turn('b', null, 5))).toEqual(['a 0', 'one 60', 'b 60'])
  const timeline = lay(turn('a', 0, 10), chapter('one', 60), turn('b', null, 5), chapter('two', null), turn('c', null, 1))
  expect([timeline.get('b')?.recorded, timeline.get('one')?.length, timeline.get('two')?.length]).toEqual([false, 5, 1])
})

it('T2: of recorded starts that contradict each other the fewest give way, and those are marked', () => {
  const timeline = lay(turn('moved', 90, 10), turn('a', 0, 10), turn('b', 10, 10), turn('c', 30, 10))
  expect([...timeline].filter(([, { misplaced }]) => misplaced).map(([id]) => id)).toEqual(['moved'])
  expect([...timeline.values()].map(({ start }) => start)).toEqual([0, 0, 10, 30])
})

it('T5: a block may be recorded between the recorded starts around it', () => {
  const timeline = lay(turn('a', 10, 5), turn('b', null, 5), turn('c', 30, 5), turn('d', null, 5))
  expect(['a', 'b', 'c', 'd'].map((id) => roomFor(timeline, id))).toEqual([
    { from: 0, to: 30 },
    { from: 10, to: 30 },
    { from: 10, to: null },
    { from: 30, to: null },
  ])
})

const block = fc.record({
  kind: fc.constantFrom<TimedBlock['kind']>('turn', 'turn', 'turn', 'chapter'),
  start: fc.option(fc.nat(120)),
  characters: fc.double({ min: 0, max: 60, noNaN: true }),
})
const blocks = fc.array(block, { maxLength: 24 }).map((list): TimedBlock[] =>
  list.map(({ kind, start, characters }, index) => ({
    ...turn(`b${index}`, start, kind === 'chapter' ? 0 : characters),
    kind,
  })),
)

it('T1: whatever is recorded where, every turn and chapter has a start in the order of the body, and starts never fall', () => {
  fc.assert(
    fc.property(blocks, (list) => {
      const timeline = lay(...list)
      expect([...timeline.keys()]).toEqual(list.map(({ id }) => id))
      let before = 0
      for (const { start, length } of timeline.values()) {
        expect(start).toBeGreaterThanOrEqual(before)
        expect(length).toBeGreaterThanOrEqual(0)
        before = start
      }
    }),
    { numRuns: 500 },
  )
})

const risingBlocks = blocks.map((list) => {
  let latest = 0
  return list.map((each) => {
    if (each.start !== null) latest += each.start
    return each.start === null ? each : { ...each, start: latest }
  })
})

it('T1: recorded starts that never fall are all kept', () => {
  fc.assert(
    fc.property(risingBlocks, (list) => {
      const timeline = lay(...list)
      for (const { id, start } of list)
        if (start !== null) expect(timeline.get(id)).toMatchObject({ start, recorded: true, misplaced: false })
    }),
    { numRuns: 500 },
  )
})

it('T5: where starts rise, a start within the room of a block lets all of them stand, and one outside does not', () => {
  fc.assert(
    fc.property(risingBlocks, fc.nat(23), fc.nat(300), (list, index, start) => {
      const chosen = list[index % Math.max(1, list.length)]
      if (chosen === undefined) return
      const { from, to } = roomFor(lay(...list), chosen.id)
      const after = lay(...list.map((each) => (each === chosen ? { ...each, start } : each)))
      expect([...after.values()].some(({ misplaced }) => misplaced)).toBe(start < from || (to !== null && start > to))
    }),
    { numRuns: 500 },
  )
})
