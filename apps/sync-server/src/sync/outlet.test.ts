import { expect, test } from 'vitest'
import { createManualClock } from '../manual-clock.ts'
import { createOutlet } from './outlet.ts'

const KiB = 1024
const entry = (seq: number, size = 64 * KiB) => new Uint8Array(size).fill(seq)

/** A room of entries, and a reader who takes what the test lets it take. */
const open = () => {
  const clock = createManualClock()
  const entries: Uint8Array[] = []
  const received: number[] = []
  const said: string[] = []
  const socket = {
    bufferedAmount: 0,
    send: (frame: unknown) => {
      received.push((frame as Uint8Array)[0] as number)
      socket.bufferedAmount += (frame as Uint8Array).length
    },
  }
  const outlet = createOutlet({
    socket,
    clock,
    room: { handOut: (after = 0) => entries.slice(after), seq: () => entries.length },
    onCaughtUp: () => said.push('caught up'),
    onTooSlow: () => said.push('too slow'),
  })
  const commit = (count: number) => {
    for (let nth = 0; nth < count; nth++) {
      entries.push(entry(entries.length + 1))
      outlet.relay(entries.slice(-1), entries.length)
    }
  }
  return { clock, socket, outlet, commit, received, said }
}
const upTo = (count: number) => Array.from({ length: count }, (_, nth) => nth + 1)

test('G4: a reader who falls behind is relayed nothing more, and brought up to date once when it has caught up', () => {
  const { clock, socket, outlet, commit, received, said } = open()
  outlet.handOut()
  commit(40)
  expect(received).toEqual(upTo(17))
  expect(socket.bufferedAmount).toBeLessThan(1200 * KiB)
  socket.bufferedAmount = 100 * KiB
  clock.advance(500)
  expect([received, said]).toEqual([upTo(40), ['caught up']])
  socket.bufferedAmount = 0
  clock.advance(500)
  commit(1)
  expect(received).toEqual(upTo(41))
})

test('G4: a reader who takes nothing for ten seconds is cut; one who is slow is not', () => {
  const mute = open()
  mute.commit(40)
  for (let passed = 0; passed < 10_500; passed += 500) mute.clock.advance(500)
  expect(mute.said).toEqual(['too slow'])

  const slow = open()
  slow.commit(40)
  for (let passed = 0; passed < 60_000; passed += 500) {
    slow.socket.bufferedAmount -= KiB
    slow.clock.advance(500)
  }
  expect(slow.said).toEqual([])
})

test('G4: who asks for everything again and again and reads nothing is cut at 8 MiB', () => {
  const { socket, outlet, commit, said } = open()
  commit(16)
  for (let nth = 0; nth < 30; nth++) outlet.handOut()
  expect(said).toEqual(['too slow'])
  expect(socket.bufferedAmount).toBeLessThan(11 * KiB * KiB)
})

test('G4: a dispatch larger than the limits can leave', () => {
  const reader = open()
  for (let nth = 0; nth < 200; nth++) {
    reader.socket.bufferedAmount = 0
    reader.commit(1)
  }
  reader.socket.bufferedAmount = 0
  reader.outlet.handOut()
  reader.outlet.send([entry(0, 8)])
  reader.commit(1)
  expect(reader.received.slice(-202)).toEqual([...upTo(200), 0, 201])
  expect(reader.said).toEqual([])
})
