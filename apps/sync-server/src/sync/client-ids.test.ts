import type { Person } from '@stet/schema/contract/people'
import { expect, test } from 'vitest'
import { createClientIds } from './client-ids.ts'

const person = (id: string, role: Person['role'] = 'editor'): Person => ({ id, name: id, color: 1, role })
const [ada, bob, viewer] = [person('ada'), person('bob'), person('vi', 'viewer')]

test('G2: under an id that somebody is here with, others bring what its owner holds, and nothing beyond', () => {
  const ids = createClientIds<string>()
  ids.claim('ada 1', ada, 7)
  ids.reached('ada 1', 100)
  expect(ids.mayBring('bob 1', bob, 7, 100)).toBe(true)
  expect(ids.mayBring('bob 1', bob, 7, 101)).toBe(false)
  ids.reached('ada 1', 105)
  expect(ids.mayBring('bob 1', bob, 7, 105)).toBe(true)
  ids.reached('ada 1', 90)
  expect(ids.mayBring('bob 1', bob, 7, 105)).toBe(true)
})

test('G2: as long as nothing is known of how far the owner has come, nobody is refused', () => {
  const ids = createClientIds<string>()
  ids.claim('ada 1', ada, 7)
  expect(ids.mayBring('bob 1', bob, 7, 1_000)).toBe(true)
})

test('G2: one’s own other tabs, and whoever brings the work of somebody who is away, are let through', () => {
  const ids = createClientIds<string>()
  ids.claim('ada 1', ada, 7)
  ids.reached('ada 1', 100)
  expect(ids.mayBring('ada 2', ada, 7, 200)).toBe(true)
  ids.leave('ada 1')
  expect(ids.mayBring('bob 1', bob, 7, 200)).toBe(true)
})

test('G2: an id stays its person’s when a connection is made again, and nobody else claims it meanwhile', () => {
  const ids = createClientIds<string>()
  expect(ids.claim('ada 1', ada, 7)).toBe(true)
  expect(ids.claim('bob 1', bob, 7)).toBe(false)
  ids.leave('ada 1')
  expect(ids.claim('bob 1', bob, 7)).toBe(false)
  expect(ids.claim('bob 1', bob, 8)).toBe(true)
  expect(ids.claim('bob 1', bob, 9)).toBe(false)
  expect(ids.claim('ada 2', ada, 7)).toBe(true)
})

test('G2: a new connection takes over the id of one that has not died yet, and the old one’s end takes nothing away', () => {
  const ids = createClientIds<string>()
  ids.claim('old', ada, 7)
  ids.claim('new', ada, 7)
  expect([ids.ofMember('old'), ids.ofMember('new')]).toEqual([null, 7])
  ids.leave('old')
  expect(ids.ofMember('new')).toBe(7)
})

test('G2: a viewer’s claim keeps nobody from writing', () => {
  const ids = createClientIds<string>()
  ids.claim('vi 1', viewer, 7)
  ids.reached('vi 1', 0)
  expect(ids.mayBring('bob 1', bob, 7, 10)).toBe(true)
})

test('ids of those who have gone are forgotten in the end, never of those who are here', () => {
  const ids = createClientIds<string>()
  ids.claim('here', ada, 0)
  for (let client = 1; client < 6_000; client++) {
    ids.claim(`bob ${client}`, bob, client)
    ids.leave(`bob ${client}`)
  }
  expect(ids.claim('eve', viewer, 0)).toBe(false)
  expect(ids.claim('eve', viewer, 5_999)).toBe(false)
  expect(ids.claim('eve', viewer, 1)).toBe(true)
})
