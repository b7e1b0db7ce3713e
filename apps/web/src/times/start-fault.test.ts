import { layTimeline, type TimedBlock } from '@stet/schema/lay-timeline'
import { expect, it } from 'vitest'
import { startFault } from './start-fault.ts'

const turn = (id: string, start: number | null): TimedBlock => ({
  id,
  kind: 'turn',
  speaker: null,
  start,
  characters: 5,
  words: 1,
})
const timeline = layTimeline([turn('a', 60), turn('b', null), turn('c', 90)], () => 1)

it('T5: a start that would make starts fall is refused, and the message names the start in the way', () => {
  expect(startFault('1:15', 'b', timeline)).toBeNull()
  expect(startFault('0:59', 'b', timeline)).toBe('What stands before it is recorded at 1:00: it cannot start earlier.')
  expect(startFault('1:31', 'b', timeline)).toBe('What follows is recorded at 1:30: it cannot start later.')
  expect(startFault('1:02:03', 'c', timeline)).toBeNull()
})

it('T5: what is no clock is refused', () => {
  for (const draft of ['', '75', 'now', '1:75']) expect(startFault(draft, 'b', timeline)).toBe('Write it as 1:23 or 1:02:03.')
})
