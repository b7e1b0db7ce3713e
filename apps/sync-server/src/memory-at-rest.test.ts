import { expect, test } from 'vitest'
import { createManualClock } from './manual-clock.ts'
import { createMemoryAtRest } from './memory-at-rest.ts'

const started = () => {
  const clock = createManualClock()
  const state = { people: 0, collections: 0 }
  const rest = createMemoryAtRest(
    clock,
    () => state.people === 0,
    () => {
      state.collections += 1
    },
  )
  return { clock, state, rest }
}

test('V28: garbage is collected once, when all have been gone for a minute', () => {
  const { clock, state, rest } = started()
  rest.allLeft()
  clock.advance(59_999)
  expect(state.collections).toBe(0)
  clock.advance(1)
  expect(state.collections).toBe(1)
  clock.advance(600_000)
  expect(state.collections).toBe(1)
})

test('V28: nothing is collected while somebody is here, and a minute begins anew with the last who leaves', () => {
  const { clock, state, rest } = started()
  rest.allLeft()
  clock.advance(50_000)
  state.people = 1
  clock.advance(50_000)
  expect(state.collections).toBe(0)
  state.people = 0
  rest.allLeft()
  clock.advance(30_000)
  rest.allLeft()
  clock.advance(59_000)
  expect(state.collections).toBe(0)
  clock.advance(1_000)
  expect(state.collections).toBe(1)
})

test('V28: what nobody holds any more is let go of', async () => {
  const clock = createManualClock()
  const rest = createMemoryAtRest(clock, () => true)
  const bytes = heldByNobody()
  rest.allLeft()
  clock.advance(60_000)
  await expect.poll(() => bytes.deref() === undefined).toBe(true)
})

const heldByNobody = () => new WeakRef(new Uint8Array(1_000))
