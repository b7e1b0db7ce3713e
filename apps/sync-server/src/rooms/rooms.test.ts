import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createDecodePool } from '../decode/decode-pool.ts'
import { eventually } from '../eventually.ts'
import { createMemoryLog } from '../log/memory-log.ts'
import type { UpdateLog } from '../log/update-log.ts'
import { createManualClock } from '../manual-clock.ts'
import { createByteReader } from '../sync/byte-reader.ts'
import { type Frame, SyncStep } from '../sync/frames.ts'
import { scanUpdate } from '../sync/scan-update.ts'
import type { Member } from './member.ts'
import type { Room } from './room.ts'
import { createRooms } from './rooms.ts'

const pool = createDecodePool(1)
afterAll(() => pool.close())
const quiet: Member = { relay: () => {}, mention: () => {}, saved: () => {}, notSaved: () => {} }

const fresh = async () => {
  const clock = createManualClock()
  const log = createMemoryLog(clock)
  await log.create('r', { update: Uint8Array.of(0, 0), author: 'ada' })
  /** Of the checkpoints that were stored. */
  const stored: number[] = []
  const noted: UpdateLog = {
    ...log,
    storeCheckpoint: async (room, checkpoint) => {
      stored.push(checkpoint.seq)
      await log.storeCheckpoint(room, checkpoint)
    },
  }
  const rooms = createRooms({ log: noted, pool, clock, logger: pino({ level: 'silent' }), onCommitted: () => {} })
  return { clock, log, stored, rooms }
}
const type = (room: Room, doc: Y.Doc, count: number) => {
  const submit = (update: Uint8Array) => {
    const scan = scanUpdate(update, room.held)
    if (scan.ok) room.submit({ sender: quiet, count: 0, news: { update, scan, author: 'ada' } })
  }
  doc.on('update', submit)
  for (let index = 0; index < count; index++) doc.getText('body').insert(0, 'k')
  doc.off('update', submit)
}
const replay = (frames: readonly Frame[]) => {
  const doc = new Y.Doc()
  for (const frame of frames) {
    const reader = createByteReader(frame)
    reader.skip(1)
    if (reader.varUint() === SyncStep.update) Y.applyUpdate(doc, frame.subarray(reader.skipChunk(), reader.position()))
  }
  return doc
}

test('a dispatch that the log does not know has no room', async () => {
  const { rooms } = await fresh()
  expect(await rooms.open('unknown')).toBeNull()
})

test('a long tail is folded into a checkpoint made from the log, and newcomers get the same', async () => {
  const { log, rooms } = await fresh()
  const room = (await rooms.open('r')) as Room
  room.join(quiet)
  const doc = new Y.Doc()
  type(room, doc, 600)
  await room.drained()
  await eventually(() => expect(room.tailLength()).toBeLessThan(500))
  expect(room.handOut().length).toBeLessThan(4)
  expect(replay(room.handOut()).getText('body').toString()).toBe('k'.repeat(600))
  expect((await log.read('r', 0)).length).toBe(601)
})

test('V21: a tail longer than is taken at once is folded piece by piece, and nothing is missing meanwhile', async () => {
  const { clock, stored, rooms } = await fresh()
  const room = (await rooms.open('r')) as Room
  room.join(quiet)
  const doc = new Y.Doc()
  type(room, doc, 25_000)
  await room.drained()
  await eventually(() => {
    clock.advance(1)
    expect(stored).toEqual([10_000])
  })
  expect(room.tailLength()).toBe(15_001)
  expect(replay(room.handOut()).getText('body').length).toBe(25_000)
  await eventually(() => {
    clock.advance(60_000)
    expect(stored).toEqual([10_000, 20_000, 25_001])
  })
  expect(room.tailLength()).toBe(0)
  expect(replay(room.handOut()).getText('body').length).toBe(25_000)
})

test('an empty room is unloaded after a while with a checkpoint, and opens again whole', async () => {
  const { clock, log, rooms } = await fresh()
  const room = (await rooms.open('r')) as Room
  room.join(quiet)
  type(room, new Y.Doc(), 5)
  await room.drained()
  clock.advance(60_000)
  expect(rooms.openCount()).toBe(1)
  room.leave(quiet)
  rooms.left(room)
  clock.advance(30_000)
  await eventually(() => expect(rooms.openCount()).toBe(0))
  await eventually(async () => expect((await log.checkpoint('r'))?.seq).toBe(6))
  const again = (await rooms.open('r')) as Room
  expect([again === room, again.tailLength()]).toEqual([false, 0])
  expect(again.held.stateVector).toEqual(room.held.stateVector)
  expect(replay(again.handOut()).getText('body').toString()).toBe('kkkkk')
})
