import { setTimeout as wait } from 'node:timers/promises'
import * as Y from 'yjs'
import { type ContenderName, startContender } from '../contenders.ts'
import { processFigures } from '../process-figures.ts'
import { ASK_ALL, clientFrame, openWire, updateMessage } from '../wire.ts'

export type SlowReaderFigures = {
  /** Whether the server closed the connection of who did not read. */
  readonly isClosed: boolean
  /** How much more its resident memory grew at most, in bytes, than under the same load with a reader that reads. */
  readonly extra: number
  /** What was sent into the room meanwhile. */
  readonly sent: number
}

const WRITERS = 4
const CHUNK = 8_000
const SECONDS = 20
/** Of each writer, in a second: 640 kB. */
const CHUNKS_A_SECOND = 80

/** Others write much while one connection reads nothing. */
export const measureSlowReader = async (name: ContenderName): Promise<SlowReaderFigures> => {
  const control = await growUnder(name, true)
  const { growth, isClosed, sent } = await growUnder(name, false)
  return { isClosed, extra: growth - control.growth, sent }
}

const growUnder = async (name: ContenderName, reads: boolean) => {
  const contender = await startContender(name)
  try {
    const room = await contender.createRoom()
    const prefix = contender.prefixOf(room)
    const reader = await openWire(contender, room, () => undefined)
    reader.send(clientFrame(prefix, ASK_ALL))
    await wait(500)
    let isClosed = false
    reader.socket.on('close', () => {
      isClosed = true
    })
    reader.socket.on('error', () => undefined)
    if (!reads) reader.socket.pause()
    const writers = await Promise.all(
      Array.from({ length: WRITERS }, async (_, number) => ({
        wire: await openWire(contender, room, () => undefined),
        frames: chunksOf(number).map((update) => clientFrame(prefix, updateMessage(update))),
      })),
    )
    const before = processFigures(contender.pid).rss
    let [most, sent] = [before, 0]
    const began = performance.now()
    for (let round = 0; round < SECONDS * CHUNKS_A_SECOND; round++) {
      for (const { wire, frames } of writers) {
        const frame = frames[round] as Buffer
        sent += frame.length
        wire.send(frame)
      }
      most = Math.max(most, processFigures(contender.pid).rss)
      await wait(Math.max(0, began + ((round + 1) * 1_000) / CHUNKS_A_SECOND - performance.now()))
    }
    // A paused socket hears of its end only when it reads again.
    reader.socket.resume()
    await wait(2_000)
    const isOver = isClosed
    for (const { wire } of writers) wire.close()
    reader.close()
    return { isClosed: isOver, growth: most - before, sent }
  } finally {
    await contender.stop()
  }
}

/** A text that is written anew again and again, so that the backlog grows and the dispatch does not. */
const chunksOf = (writer: number): readonly Uint8Array[] => {
  const doc = Object.assign(new Y.Doc(), { clientID: 100 + writer })
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const text = doc.getText('body')
  for (let chunk = 0; chunk < SECONDS * CHUNKS_A_SECOND; chunk++)
    doc.transact(() => {
      text.delete(0, text.length)
      text.insert(0, 'x'.repeat(CHUNK))
    })
  return updates
}
