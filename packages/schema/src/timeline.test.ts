import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Block } from './snapshot.ts'
import { formatClock, formatNumber, formatShortClock, parseClock, timelineOf } from './timeline.ts'

const turn = (id: string, start: number | null, length: number): Block => ({
  kind: 'turn',
  id,
  speaker: null,
  start,
  content: length === 0 ? [] : [{ type: 'text', text: 'x'.repeat(length) }],
})
const chapter = (id: string, start: number | null): Block => ({ kind: 'chapter', id, start, content: [] })

describe('clocks', () => {
  it('a printed clock reads back, in the long and in the short form', () => {
    fc.assert(
      fc.property(fc.nat(359_999), (seconds) => {
        expect(parseClock(formatClock(seconds))).toBe(seconds)
        expect(parseClock(formatShortClock(seconds))).toBe(seconds)
      }),
    )
  })

  it('the short form drops what is empty in front', () => {
    expect([0, 24, 80, 758, 3723].map(formatShortClock)).toEqual(['0:00', '0:24', '1:20', '12:38', '1:02:03'])
  })

  it('what is no clock is none', () => {
    for (const text of ['', '1', '1:2', '1:60', '0:61:00', 'a:bb', '00:00:00:00']) expect(parseClock(text)).toBeNull()
  })

  it('numbers are padded to three digits and grow beyond', () => {
    expect([8, 41, 1234].map(formatNumber)).toEqual(['008', '041', '1234'])
  })
})

describe('timeline', () => {
  it('a turn without a recorded start follows from the text before it', () => {
    const timings = timelineOf([turn('a', 10, 160), turn('b', null, 32), turn('c', null, 0)])
    expect([...timings].map(([id, { start, recorded }]) => [id, start, recorded])).toEqual([
      ['a', 10, true],
      ['b', 20, false],
      ['c', 22, false],
    ])
  })

  it('a chapter without a time takes that of the next turn, or the end', () => {
    const timings = timelineOf([chapter('one', null), turn('a', 5, 16), chapter('two', null)])
    expect(timings.get('one')?.start).toBe(5)
    expect(timings.get('two')?.start).toBe(6)
  })

  it('estimated starts never fall', () => {
    const blocks = fc.array(fc.record({ start: fc.option(fc.nat(100)), length: fc.nat(200) }), { maxLength: 20 })
    fc.assert(
      fc.property(blocks, (list) => {
        const timings = [...timelineOf(list.map(({ start, length }, index) => turn(`t${index}`, start, length))).values()]
        for (const [index, { start, recorded }] of timings.entries())
          if (!recorded && index > 0) expect(start).toBeGreaterThanOrEqual(timings[index - 1]?.start ?? 0)
      }),
    )
  })
})
