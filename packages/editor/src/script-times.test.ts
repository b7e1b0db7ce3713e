import { openDispatch } from '@stet/schema/layout/open-dispatch'
import { writeContent } from '@stet/schema/layout/write-content'
import { DEFAULT_PACE } from '@stet/schema/pace'
import { type Block, emptyContent } from '@stet/schema/snapshot'
import { formatShortClock } from '@stet/schema/timeline'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Desk, openDesk } from './headless-desk.ts'
import type { Schedule, Urgency } from './schedule.ts'
import { createScriptTimes, type ScriptTimes, type Times } from './script-times.ts'

/** Work that was asked for, done by hand. */
const createManualSchedule = () => {
  const asked: { urgency: Urgency; work: () => void }[] = []
  const add = (urgency: Urgency) => (work: () => void) => {
    const entry = { urgency, work }
    asked.push(entry)
    return () => void asked.splice(asked.indexOf(entry), 1)
  }
  const schedule: Schedule = { soon: add('soon'), painted: add('painted'), later: add('later') }
  return {
    schedule,
    waiting: () => asked.map(({ urgency }) => urgency),
    run: () => {
      for (const { work } of asked.splice(0)) work()
    },
  }
}

const saying = (seconds: number) => ({ type: 'text' as const, text: 'x'.repeat(seconds * DEFAULT_PACE) })
const turn = (id: string, start: number | null, seconds: number, speaker = 'ada'): Block => ({
  kind: 'turn',
  id,
  speaker,
  start,
  content: [saying(seconds)],
})

const stage = (...body: Block[]) => {
  const script = openDispatch(new Y.Doc())
  const speakers = [
    { id: 'ada', name: 'Ada', color: 1 },
    { id: 'bo', name: 'Bo', color: 2 },
  ]
  writeContent(script.doc, { ...emptyContent('dispatch'), speakers, body })
  const desk: Desk = openDesk(1, script)
  const manual = createManualSchedule()
  const times = createScriptTimes(script, manual.schedule)
  times.follow(desk.state().doc)
  manual.run()
  const type = (text: string) => {
    desk.type(text)
    times.follow(desk.state().doc)
  }
  const clocks = () => [...reckoned(times).timeline.values()].map(({ start }) => formatShortClock(start))
  return { script, desk, times, manual, type, clocks }
}

const reckoned = (times: ScriptTimes): Times => {
  const found = times.get()
  if (found === null) throw new Error('the times were reckoned')
  return found
}

it('T8: a keystroke reckons nothing: the times reflow in one later pass, however much was typed', () => {
  const { desk, times, manual, type, clocks } = stage(turn('t1', null, 10), turn('t2', null, 1))
  let passes = 0
  times.subscribe(() => (passes += 1))
  desk.caret(0, 0)
  for (const letter of 'y'.repeat(DEFAULT_PACE * 5)) type(letter)
  expect([manual.waiting(), passes, clocks()]).toEqual([['later'], 0, ['0:00', '0:10']])
  manual.run()
  expect([manual.waiting(), passes, clocks()]).toEqual([[], 1, ['0:00', '0:15']])
})

it('T8: the first pass, which reads every word, waits until the words are painted', () => {
  const { script, desk, manual } = stage(turn('t1', null, 10))
  const times = createScriptTimes(script, manual.schedule)
  times.follow(desk.state().doc)
  times.learn([])
  times.refresh()
  expect([manual.waiting(), times.get()]).toEqual([['painted'], null])
  manual.run()
  times.refresh()
  expect(manual.waiting()).toEqual(['soon'])
})

it('T8: a block that comes is timed before the next paint, whatever waited for a calm moment', () => {
  const { desk, times, manual, type, clocks } = stage(turn('t1', null, 10))
  desk.caret(0, DEFAULT_PACE * 10)
  type('y')
  desk.run('nextBlock')
  times.follow(desk.state().doc)
  type('z')
  expect(manual.waiting()).toEqual(['soon'])
  manual.run()
  expect(clocks()).toEqual(['0:00', '0:10'])
})

it('T8: a block is read once, for as long as it reads the same', () => {
  const { desk, times, type, manual } = stage(turn('t1', null, 10), turn('t2', null, 1))
  const [first, second] = [desk.state().doc.child(0), desk.state().doc.child(1)]
  const before = [times.read(first), times.read(second)]
  desk.caret(0, 0)
  type('y')
  manual.run()
  expect(times.read(desk.state().doc.child(1))).toBe(before[1])
  expect(times.read(desk.state().doc.child(0))).not.toBe(before[0])
})

it('T5: a recorded start moves what follows, is one step to undo, and unlocks again', () => {
  const { desk, times, manual, clocks } = stage(turn('t1', null, 10), turn('t2', null, 5), turn('t3', null, 1))
  const settle = () => {
    times.follow(desk.state().doc)
    manual.run()
    return clocks()
  }
  const { recordStart } = desk
  expect(recordStart('t2', 60)).toBe(true)
  expect(settle()).toEqual(['0:00', '1:00', '1:05'])
  desk.run('undo')
  expect(settle()).toEqual(['0:00', '0:10', '0:15'])
  desk.run('redo')
  desk.caret(1, 0)
  expect(desk.run('unlockStart')).toBe(true)
  expect(settle()).toEqual(['0:00', '0:10', '0:15'])
  expect(desk.run('unlockStart')).toBe(false)
})

it('T5: taking a recorded start back leaves what was typed before it', () => {
  const { desk } = stage(turn('t1', null, 1))
  desk.caret(0, 0)
  desk.type('kept ')
  desk.recordStart('t1', 60)
  desk.run('undo')
  expect([desk.state().doc.child(0).attrs['start'], desk.state().doc.textContent.startsWith('kept ')]).toEqual([null, true])
})

it('T5: what is no whole second, or has no start, is not recorded; nor is anything by who may only read', () => {
  const { desk } = stage(turn('t1', null, 10), { kind: 'paragraph', id: 'p1', content: [saying(1)] })
  expect([
    desk.recordStart('t1', 1.5),
    desk.recordStart('t1', -1),
    desk.recordStart('p1', 5),
    desk.recordStart('gone', 5),
  ]).toEqual([false, false, false, false])
  desk.readOnly.is = true
  desk.recordStart('t1', 60)
  expect(desk.state().doc.child(0).attrs['start']).toBeNull()
})

it('T5: the start is asked for by a key, of the turn or chapter with the caret', () => {
  const { desk } = stage(turn('t1', null, 10), { kind: 'chapter', id: 'c1', start: null, content: [saying(1)] })
  desk.caret(1, 0)
  expect([desk.run('setStart'), desk.askedStart.of]).toEqual([true, 'c1'])
})

it('T3: what other dispatches teach of a speaker times this one', () => {
  const { times, manual, clocks } = stage(turn('t1', null, 60), turn('t2', null, 1, 'bo'))
  times.learn([{ name: 'Ada', characters: 60_000, seconds: 60_000 / DEFAULT_PACE / 2 }])
  manual.run()
  expect(clocks()).toEqual(['0:00', '0:30'])
  expect(reckoned(times).paceOf('bo')).toBe(DEFAULT_PACE)
})

it('T4: a dispatch in another language is timed by the words of that language', () => {
  const { script, times, manual } = stage({ ...turn('t1', null, 0), content: [{ type: 'text', text: '1777' }] } as Block)
  const before = reckoned(times).timeline.get('t1')?.length ?? 0
  script.setMeta({ language: 'de' }, null)
  times.refresh()
  manual.run()
  expect(reckoned(times).timeline.get('t1')?.length).toBeGreaterThan(before)
})

it('T8: nothing is reckoned after the end', () => {
  const { times, manual } = stage(turn('t1', null, 1))
  times.refresh()
  times.destroy()
  expect(manual.waiting()).toEqual([])
})
