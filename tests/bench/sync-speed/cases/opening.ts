import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as pathOf } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Contender, type ContenderName, startContender } from '../contenders.ts'
import type { LongHistory } from '../long-history.ts'
import { ASK_ALL, clientFrame, openWire, readVarUint, updateMessage } from '../wire.ts'

export type OpeningFigures = {
  /** Updates a second that one connection brings in, until they are committed (ours) or have reached another (rivals). */
  readonly ingest: number
  /** Milliseconds from connecting until the whole dispatch is here: the first after a start of the server, the next one. */
  readonly cold: number
  readonly second: number
  /** The slowest of fifty that come at once. */
  readonly fifty: number
  readonly bytes: number
  readonly stateBytes: number
}

const JOINERS = 50
const LEFT_ALONE = 40_000
/** Never more than this on its way unanswered, so that no server closes for a backlog. */
const IN_FLIGHT = 2_000

export const measureOpening = async (name: ContenderName, history: LongHistory): Promise<OpeningFigures> => {
  const states = mkdtempSync(pathOf(tmpdir(), 'stet-states-'))
  // Rivals find the dispatch where they store such; ours has it from the socket, as it was written.
  const first = await startContender(name, states)
  const room = await first.createRoom()
  const ingest = await bringIn(first, room, history)
  // Ours folds what came into a checkpoint by and by; what is opened cold has been left alone for a while.
  await wait(LEFT_ALONE)
  writeFileSync(pathOf(states, room), history.state)
  const contender = await first.restart()
  try {
    const cold = await join(contender, room)
    const second = await join(contender, room)
    const all = await Promise.all(Array.from({ length: JOINERS }, () => join(contender, room)))
    return {
      ingest,
      cold: cold.took,
      second: second.took,
      fifty: Math.max(...all.map(({ took }) => took)),
      bytes: cold.bytes,
      stateBytes: history.state.length,
    }
  } finally {
    await contender.stop()
    rmSync(states, { recursive: true })
  }
}

/** Sends a history over one connection; answers updates a second. */
export const bringIn = async (contender: Contender, room: string, { base, updates }: LongHistory): Promise<number> => {
  const prefix = contender.prefixOf(room)
  let done = 0
  const hear = (bytes: Buffer, start: number, end: number) => {
    if (contender.name !== 'ours') return
    if (bytes[start] === 4 && end > start + 1) done = readVarUint(bytes, start + 1)[0]
  }
  const sender = await openWire(contender, room, hear)
  const reader = await openWire(contender, room, (bytes, start) => {
    if (contender.name !== 'ours' && bytes[start] === 0 && bytes[start + 1] === 2) done += 1
  })
  const frames = [base, ...updates].map((update) => clientFrame(prefix, updateMessage(update)))
  const began = performance.now()
  for (let sent = 0, seen = 0, seenAt = began; done < frames.length; ) {
    for (; sent < frames.length && sent - done < IN_FLIGHT; sent++) sender.send(frames[sent] as Buffer)
    await wait(1)
    const now = performance.now()
    if (done !== seen) [seen, seenAt] = [done, now]
    // Who puts several updates into one message delivers fewer of them.
    else if (now - seenAt > QUIET) {
      if (sent === frames.length) break
      done = sent
    }
  }
  const took = performance.now() - began
  sender.close()
  reader.close()
  return (frames.length / took) * 1_000
}

const QUIET = 3_000

/** Connects, asks for all, and leaves when it is here. */
export const join = async (contender: Contender, room: string): Promise<{ took: number; bytes: number }> => {
  const began = performance.now()
  const { promise: whole, resolve } = Promise.withResolvers<void>()
  let bytes = 0
  const wire = await openWire(contender, room, (data, start, end) => {
    const [message, step] = [data[start], data[start + 1]]
    if (message !== 0 || step === 0) return
    bytes += end - start
    // Ours hands out what it has piece by piece, and says with an empty step 2 that this is all.
    const isEnd = contender.name === 'ours' ? step === 1 && end - start < 12 : step === 1
    if (isEnd) resolve()
  })
  wire.send(clientFrame(contender.prefixOf(room), ASK_ALL))
  await whole
  const took = performance.now() - began
  wire.close()
  return { took, bytes }
}
