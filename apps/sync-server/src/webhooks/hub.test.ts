import pino from 'pino'
import { expect, test } from 'vitest'
import { eventually } from '../eventually.ts'
import { createManualClock } from '../manual-clock.ts'
import { createHubPing } from './hub.ts'

/** A hub that answers those statuses, and the last one from then on; `open` lets an answer through. */
const setUp = (statuses: readonly number[], isHeld = false) => {
  const clock = createManualClock()
  const asked: string[] = []
  const held: (() => void)[] = []
  const hub = createHubPing('https://hub.example/', {
    clock,
    logger: pino({ level: 'silent' }),
    siteUrl: () => 'https://show.example',
    random: () => 0.5,
    outside: async (_, { body = '' }) => {
      asked.push(body)
      const status = statuses[Math.min(asked.length, statuses.length) - 1] ?? 204
      if (isHeld) await new Promise<void>((resolve) => held.push(resolve))
      return { ok: true, status, headers: {}, body: new Uint8Array() }
    },
  })
  return { clock, hub, asked, open: () => held.shift()?.() }
}

test('J8: a hub that does not take it is told again, until it does', async () => {
  const { clock, hub, asked } = setUp([500, 503, 204])
  hub.wake()
  for (const [tries, pause] of [
    [1, 5_000],
    [2, 300_000],
  ] as const)
    await eventually(() => {
      expect(asked.length).toBeGreaterThanOrEqual(tries)
      clock.advance(pause)
      expect(asked).toHaveLength(tries + 1)
    })
  clock.advance(24 * 3_600_000)
  expect(asked).toHaveLength(3)
})

test('J8: however much is published while a hub is being told, it is told once more', async () => {
  const { hub, asked, open } = setUp([204], true)
  for (let published = 0; published < 5; published++) hub.wake()
  expect(asked).toHaveLength(1)
  open()
  await eventually(() => expect(asked).toHaveLength(2))
  open()
  await hub.close()
  expect(asked).toHaveLength(2)
  expect(asked[0]).toBe(
    'hub.mode=publish&hub.url=https%3A%2F%2Fshow.example%2Ffeed.xml&hub.url=https%3A%2F%2Fshow.example%2Ffeed.json',
  )
})
