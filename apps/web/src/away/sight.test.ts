import type { Heard } from '@stet/schema/contract/sync'
import { beforeEach, expect, test } from 'vitest'
import type { Seen } from '../replica/seen-store.ts'
import { createSight, LONG_AWAY_MS } from './sight.ts'

const epoch = 'e'.repeat(22)
let heard: Heard | null
let inSight: boolean
let clock: number
let saved: Seen[]
let told: Seen[]
beforeEach(() => {
  heard = null
  inSight = true
  clock = Date.parse('2026-03-02T12:00:00Z')
  saved = []
  told = []
})
const at = (ms: number) => new Date(Date.parse('2026-03-02T12:00:00Z') + ms).toISOString()
const sight = (before: Seen | null = null) =>
  createSight({
    heard: () => heard,
    isInSight: () => inSight,
    now: () => new Date(clock),
    before,
    save: (seen) => saved.push(seen),
    onReturn: (since) => told.push(since),
  })
const before: Seen = { epoch, seq: 3, at: at(-60_000) }

test('H8: what comes in while one looks is seen, and noted', () => {
  const { look } = sight()
  heard = { epoch, seq: 5 }
  look()
  heard = { epoch, seq: 6 }
  clock += 1_000
  look()
  look()
  expect(saved).toEqual([
    { epoch, seq: 5, at: at(0) },
    { epoch, seq: 6, at: at(1_000) },
  ])
  expect(told).toEqual([])
})

test('H8: who opens a dispatch again is told what was since, once it is in sight, and it counts as seen once they know', () => {
  const { look, allSeen } = sight(before)
  heard = { epoch, seq: 9 }
  inSight = false
  look()
  expect(told).toEqual([])
  inSight = true
  look()
  expect([told, saved]).toEqual([[before], []])
  heard = { epoch, seq: 10 }
  look()
  expect(saved).toEqual([])
  allSeen()
  expect(saved).toEqual([{ epoch, seq: 10, at: at(0) }])
})

test('H8: who looks away for long is told what was since they looked away, and for a moment is not', () => {
  const { look } = sight()
  heard = { epoch, seq: 5 }
  look()
  clock += 20_000
  inSight = false
  look()
  const left = { epoch, seq: 5, at: at(20_000) }
  expect(saved.at(-1)).toEqual(left)
  heard = { epoch, seq: 8 }
  clock += LONG_AWAY_MS - 1
  inSight = true
  look()
  expect(told).toEqual([])

  inSight = false
  look()
  heard = { epoch, seq: 11 }
  look()
  clock += LONG_AWAY_MS
  inSight = true
  look()
  expect(told).toMatchObject([{ seq: 8 }])
})

test('H8: who goes again before they have seen all is told of all of it', () => {
  const { look } = sight(before)
  heard = { epoch, seq: 9 }
  look()
  inSight = false
  look()
  clock += LONG_AWAY_MS
  inSight = true
  look()
  expect(told).toEqual([before, before])
  expect(saved).toEqual([])
})

test('H8: a copy of the server that has gone back is seen anew', () => {
  const { look, allSeen } = sight(before)
  heard = { epoch: 'f'.repeat(22), seq: 1 }
  look()
  allSeen()
  expect(saved).toEqual([{ epoch: 'f'.repeat(22), seq: 1, at: at(0) }])
})
