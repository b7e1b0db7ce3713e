import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_PACE } from './pace.ts'
import { type Block, type Content, emptyContent } from './snapshot.ts'
import { formatClock, formatNumber, formatShortClock, parseClock, speechOf, timelineOf } from './timeline.ts'

/** Words that take so many seconds at the default pace. */
const saying = (seconds: number): string => 'x'.repeat(seconds * DEFAULT_PACE)

const turn = (id: string, start: number | null, seconds: number, speaker: string | null = null): Block => ({
  kind: 'turn',
  id,
  speaker,
  start,
  content: seconds === 0 ? [] : [{ type: 'text', text: saying(seconds) }],
})
const script = (...body: Block[]): Content => ({
  ...emptyContent('dispatch'),
  speakers: [{ id: 'ada', name: 'Ada', color: 1 }],
  body,
})

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

describe('the timeline of a script', () => {
  it('T1: a turn without a recorded start follows from the words before it; cues take no time', () => {
    const sighing: Block = {
      ...turn('b', null, 0),
      kind: 'turn',
      speaker: null,
      start: null,
      content: [
        { type: 'cue', cue: 'a long sigh, which is no speech' },
        { type: 'text', text: saying(2) },
      ],
    }
    const timeline = timelineOf(script(turn('a', 10, 10), sighing, turn('c', null, 0)))
    expect([...timeline].map(([id, { start, recorded }]) => [id, start, recorded])).toEqual([
      ['a', 10, true],
      ['b', 20, false],
      ['c', 22, false],
    ])
  })

  it('T3: the recorded turns of a script teach the pace of its other turns', () => {
    const recorded = [turn('a', 0, 60, 'ada'), turn('b', 50, 60, 'ada'), turn('c', 100, 60, 'ada')]
    const timeline = timelineOf(script(...recorded, turn('d', null, 1)))
    const [slow = Number.NaN, quick = Number.NaN] = [160, 150]
    expect(timeline.get('d')?.start).toBeGreaterThanOrEqual(quick)
    expect(timeline.get('d')?.start).toBeLessThan(slow - 5)
  })

  it('T3: what other dispatches have recorded counts for a speaker of the same name', () => {
    const learnt = speechOf(script(turn('a', 0, 600, 'ada'), turn('b', 400, 1, 'ada')))
    const alone = timelineOf(script(turn('a', null, 60, 'ada'), turn('b', null, 1, 'ada')))
    const taught = timelineOf(script(turn('a', null, 60, 'ada'), turn('b', null, 1, 'ada')), learnt)
    expect([alone.get('b')?.start, taught.get('b')?.start]).toEqual([60, 40])
  })
})
