import { expect, test } from 'vitest'
import { createManualClock } from '../manual-clock.ts'
import { createBucket } from './bucket.ts'
import { createIntake } from './intake.ts'

const open = (shared: { messages: number }[] = []) => {
  const clock = createManualClock()
  const handled: number[] = []
  const said: string[] = []
  const rate = (messages: number, burst: number) => ({ messages, burst, bytes: 1e9, burstBytes: 1e9 })
  const intake = createIntake({
    socket: { pause: () => said.push('paused'), resume: () => said.push('resumed') },
    clock,
    own: createBucket(rate(100, 300), clock),
    shared: shared.map(({ messages }) => createBucket(rate(messages, messages), clock)),
    handle: (data) => handled.push(data[0] as number),
    onTooMany: () => said.push('too many'),
  })
  const send = (count: number) => {
    for (let nth = 0; nth < count; nth++) intake.receive(Uint8Array.of(nth % 251))
  }
  return { clock, handled, said, intake, send }
}

test('G3: a burst is handled at once; what is over it is read more slowly, all of it and in order', () => {
  const { clock, handled, said, send } = open()
  send(300)
  expect([handled.length, said]).toEqual([300, []])
  send(100)
  expect([handled.length, said]).toEqual([300, ['paused']])
  for (let passed = 0; passed < 1_100; passed += 50) clock.advance(50)
  expect(handled).toHaveLength(400)
  expect(handled.slice(300)).toEqual(Array.from({ length: 100 }, (_, nth) => nth))
  expect(said).toEqual(['paused', 'resumed'])
})

test('G3: who stays over the rate for ten seconds is closed; who is only slowed by others is not', () => {
  const busy = open()
  busy.send(5_000)
  for (let passed = 0; passed < 9_900; passed += 50) busy.clock.advance(50)
  expect(busy.said).not.toContain('too many')
  for (let passed = 0; passed < 500; passed += 50) busy.clock.advance(50)
  expect(busy.said).toContain('too many')

  const slowed = open([{ messages: 10 }])
  slowed.send(200)
  for (let passed = 0; passed < 25_000; passed += 50) slowed.clock.advance(50)
  expect([slowed.handled.length, slowed.said]).toEqual([200, ['paused', 'resumed']])
})

test('what comes while something is looked into is handled after it, in order', () => {
  const { handled, said, intake, send } = open()
  const release = intake.hold()
  send(3)
  expect([handled, said]).toEqual([[], ['paused']])
  release()
  expect([handled, said]).toEqual([
    [0, 1, 2],
    ['paused', 'resumed'],
  ])
})
