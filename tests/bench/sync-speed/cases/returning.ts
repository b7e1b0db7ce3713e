import { setTimeout as wait } from 'node:timers/promises'
import * as Y from 'yjs'
import { type ContenderName, startContender } from '../contenders.ts'
import type { LongHistory } from '../long-history.ts'
import { clientFrame, openWire, updateMessage } from '../wire.ts'

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
    const doc = new Y.Doc()
    for (const update of [base, ...known]) Y.applyUpdate(doc, update)
    for (const update of missed) writer.send(clientFrame(prefix, updateMessage(update)))
    await wait(1_000)
    let bytes = 0
    const reader = await openWire(contender, room, (data, start, end) => {
      if (data[start] === 0 && data[start + 1] !== 0) bytes += end - start
    })
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
