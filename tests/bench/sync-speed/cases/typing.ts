import { setTimeout as wait } from 'node:timers/promises'
import * as Y from 'yjs'
import type { Contender } from '../contenders.ts'
import type { Typing } from '../letters.ts'
import { processFigures } from '../process-figures.ts'
import { quantile } from '../quantile.ts'
import { ASK_ALL, clientFrame, openWire, readVarUint, requireOpen, updateMessage, type Wire } from '../wire.ts'

export type TypingLoad = {
  readonly rooms: number
  readonly writersEach: number
  readonly perSecond: number
  readonly seconds: number
}

export type TypingFigures = {
  /** Milliseconds of the server's processor time for a thousand letters that reach another writer. */
  readonly cpuPerThousand: number
  /** From send to another writer, milliseconds. */
  readonly delivery: { readonly p50: number; readonly p99: number }
  /** From send until told that it is committed; null where a server says no such thing. */
  readonly acknowledgement: { readonly p50: number; readonly p99: number } | null
  /** How many of the deliveries came within ten seconds of the last letter. */
  readonly arrived: number
}

export const WARM_UP_SECONDS = 8
const PATIENCE_SECONDS = 10
const TICK = 4
/** Only in some rooms are the times of deliveries noted. */
const OBSERVED_ROOMS = 20

type Writer = { readonly wire: Wire; readonly frames: readonly Buffer[]; readonly phase: number; sent: number; received: number }

/** Everyone types at the same pace, spread evenly over time. */
export const measureTyping = async (
  contender: Contender,
  load: TypingLoad,
  typing: Typing,
  /** Called before what is measured begins, and when all has arrived and everyone is still there. */
  { onWarm, onArrived }: { readonly onWarm?: () => void; readonly onArrived?: () => void } = {},
): Promise<TypingFigures> => {
  const sentAt: Float64Array[] = []
  const deliveries: number[] = []
  const acknowledgements: number[] = []
  const writers: Writer[] = []
  let measures = false

  const joinRoom = async (room: string, roomNumber: number) => {
    const prefix = contender.prefixOf(room)
    const leave = await seed(contender, room, typing.base)
    for (let nth = 0; nth < load.writersEach; nth++) {
      const number = writers.length
      const times = new Float64Array(typing.letters[nth]?.length ?? 0)
      sentAt.push(times)
      const observes = nth === 0 && roomNumber < OBSERVED_ROOMS
      const firstOfRoom = roomNumber * load.writersEach
      let acknowledged = 0
      const hear = (bytes: Buffer, start: number, end: number) => {
        if (bytes[start] === 4 && end > start + 1) {
          const [count] = readVarUint(bytes, start + 1)
          const now = performance.now()
          if (measures) for (; acknowledged < count; acknowledged++) acknowledgements.push(now - (times[acknowledged] ?? now))
          acknowledged = count
        } else if (bytes[start] === 0 && bytes[start + 1] === 2) {
          const now = performance.now()
          // Ours says behind the update how far it has come.
          const [size, from] = readVarUint(bytes, start + 2)
          for (const { client, clock, length } of lettersIn(bytes.subarray(from, from + size))) {
            // Some servers send it back to who typed it, which is no delivery.
            if (client === typing.firstClient + nth) continue
            writer.received += length
            if (!observes || !measures) continue
            const times = sentAt[firstOfRoom + client - typing.firstClient]
            for (let letter = clock; letter < clock + length; letter++) {
              const sent = times?.[letter]
              if (sent) deliveries.push(now - sent)
            }
          }
        }
      }
      const wire = await openWire(contender, room, hear)
      const frames = (typing.letters[nth] ?? []).map((update) => clientFrame(prefix, updateMessage(update)))
      const writer: Writer = { wire, frames, phase: number / (load.rooms * load.writersEach), sent: 0, received: 0 }
      writers.push(writer)
      wire.send(clientFrame(prefix, ASK_ALL))
    }
    leave()
  }
  for (let room = 0; room < load.rooms; room++) await joinRoom(await contender.createRoom(), room)
  await wait(500)
  for (const writer of writers) writer.received = 0

  const began = performance.now()
  const typeFor = async (seconds: number) => {
    const until = performance.now() + seconds * 1_000
    for (let now = performance.now(); now < until; await wait(TICK), now = performance.now())
      for (const [number, writer] of writers.entries()) {
        const due = Math.floor(((now - began) / 1_000) * load.perSecond + writer.phase)
        for (; writer.sent < due && writer.sent < writer.frames.length; writer.sent++) {
          ;(sentAt[number] as Float64Array)[writer.sent] = performance.now()
          writer.wire.send(writer.frames[writer.sent] as Buffer)
        }
      }
  }
  const sentNow = () => writers.reduce((sum, { sent }) => sum + sent, 0)
  const receivedNow = () => writers.reduce((sum, { received }) => sum + received, 0)

  await typeFor(WARM_UP_SECONDS)
  await drained(receivedNow, () => sentNow() * (load.writersEach - 1))
  const [sentBefore, before] = [sentNow(), processFigures(contender.pid)]
  onWarm?.()
  measures = true
  await typeFor(load.seconds)
  await drained(receivedNow, () => sentNow() * (load.writersEach - 1))
  const after = processFigures(contender.pid)
  const wanted = (sentNow() - sentBefore) * (load.writersEach - 1)
  const arrived = receivedNow() / (sentNow() * (load.writersEach - 1))
  onArrived?.()
  requireOpen(writers.map(({ wire }) => wire))
  for (const { wire } of writers) wire.close()
  const span = (values: readonly number[]) => ({ p50: quantile(values, 0.5), p99: quantile(values, 0.99) })
  return {
    cpuPerThousand: ((after.cpu - before.cpu) / wanted) * 1_000,
    delivery: span(deliveries),
    acknowledgement: acknowledgements.length === 0 ? null : span(acknowledgements),
    arrived,
  }
}

/**
 * Brings a room what all writers know, as the first of them; answers how to leave. Rivals forget a room that all have left.
 */
const seed = async (contender: Contender, room: string, base: Uint8Array): Promise<() => void> => {
  if (contender.name === 'floor') return () => undefined
  const prefix = contender.prefixOf(room)
  const first = await openWire(contender, room, () => undefined)
  first.send(clientFrame(prefix, updateMessage(base)))
  const { promise: taken, resolve } = Promise.withResolvers<true>()
  const second = await openWire(contender, room, (bytes, start, end) => {
    if (bytes[start] === 0 && bytes[start + 1] !== 0 && end - start > base.length / 2) resolve(true)
  })
  for (let turn = 0; turn < 500; turn++) {
    second.send(clientFrame(prefix, ASK_ALL))
    if (await Promise.race([taken, wait(20, false)])) break
  }
  second.close()
  return first.close
}

type Letters = { readonly client: number; readonly clock: number; readonly length: number }

/** The letters of an update: mostly one; some servers put those of several writers together. */
const lettersIn = (update: Uint8Array): readonly Letters[] => {
  const [clients, afterClients] = readVarUint(update, 0)
  const [structs, afterStructs] = readVarUint(update, afterClients)
  // One string of one byte, and no deletions.
  if (clients === 1 && structs === 1 && update.at(-3) === 1) {
    const [client, afterClient] = readVarUint(update, afterStructs)
    return [{ client, clock: readVarUint(update, afterClient)[0], length: 1 }]
  }
  return Y.decodeUpdate(update).structs.map(({ id, length }) => ({ ...id, length }))
}

const drained = async (received: () => number, wanted: () => number): Promise<void> => {
  const until = performance.now() + PATIENCE_SECONDS * 1_000
  while (received() < wanted() && performance.now() < until) await wait(20)
}
