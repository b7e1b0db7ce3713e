import { setTimeout as wait } from 'node:timers/promises'
import { EPOCH_PARAM, HEARD_PARAM, type Heard, heardText, MessageType } from '@stet/schema/contract/sync'
import * as Y from 'yjs'
import { type Contender, type ContenderName, startContender } from '../contenders.ts'
import type { LongHistory } from '../long-history.ts'
import { ASK_ALL, clientFrame, openWire, readVarUint, updateMessage } from '../wire.ts'

/** Bytes that come to who returns after having missed a hundred edits, and those of these edits. */
export type ReturningFigures = { readonly bytes: number; readonly missed: number }

const MISSED = 100

export const measureReturning = async (name: ContenderName, { base, updates }: LongHistory): Promise<ReturningFigures> => {
  const contender = await startContender(name)
  try {
    const room = await contender.createRoom()
    const prefix = contender.prefixOf(room)
    const writer = await openWire(contender, room, () => undefined)
    const known = updates.slice(0, 5_000)
    const missed = updates.slice(5_000, 5_000 + MISSED)
    for (const [nth, update] of [base, ...known].entries()) {
      writer.send(clientFrame(prefix, updateMessage(update)))
      if (nth % 500 === 0) await wait(100)
    }
    await wait(2_000)
    const heard = contender.name === 'ours' ? await learn(contender, room) : null
    const doc = new Y.Doc()
    for (const update of [base, ...known]) Y.applyUpdate(doc, update)
    for (const update of missed) writer.send(clientFrame(prefix, updateMessage(update)))
    await wait(1_000)
    let bytes = 0
    const hear = (data: Buffer, start: number, end: number) => {
      if (data[start] === 0 && data[start + 1] !== 0) bytes += end - start
    }
    const path = heard === null ? contender.pathOf(room) : `${contender.pathOf(room)}?${HEARD_PARAM}=${heardText(heard)}`
    const reader = await openWire(contender, room, hear, { path })
    const vector = Y.encodeStateVector(doc)
    reader.send(clientFrame(prefix, Buffer.concat([Buffer.of(0, 0, vector.length), vector])))
    await wait(2_000)
    reader.close()
    writer.close()
    return { bytes, missed: missed.reduce((sum, update) => sum + update.length, 0) }
  } finally {
    await contender.stop()
  }
}

/** What a desk notes while it has all: how far it has come, and in which epoch. */
const learn = async (contender: Contender, room: string): Promise<Heard> => {
  let epoch = ''
  const { promise, resolve } = Promise.withResolvers<number>()
  const hear = (data: Buffer, start: number, end: number) => {
    if (data[start] === MessageType.epoch) epoch = data.subarray(end - 23, end - 1).toString('latin1')
    // The empty step 2 is five bytes; the entry that it reaches to comes behind them.
    if (data[start] === MessageType.sync && data[start + 1] === 1 && data[start + 2] === 2)
      resolve(readVarUint(data, start + 5)[0])
  }
  const wire = await openWire(contender, room, hear, { path: `${contender.pathOf(room)}?${EPOCH_PARAM}=tell` })
  wire.send(clientFrame(contender.prefixOf(room), ASK_ALL))
  const seq = await promise
  wire.close()
  return { epoch, seq }
}
