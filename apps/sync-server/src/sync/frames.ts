import { MessageType } from '@stet/schema/contract/sync'
import * as encoding from 'lib0/encoding'
import type { Damage, Epoch } from '../log/update-log.ts'
import type { StateVector } from './scan-update.ts'

/** Messages of the y-websocket protocol as the server sends them. A frame is built once and shared by all sockets. */
export type Frame = Uint8Array

export const SyncStep = { one: 0, two: 1, update: 2 } as const

/** `seq`: with this the reader has all entries up to it. Stock clients do not look behind the update. */
export const updateFrame = (update: Uint8Array, seq: number | null = null): Frame => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MessageType.sync)
  encoding.writeVarUint(encoder, SyncStep.update)
  encoding.writeVarUint8Array(encoder, update)
  if (seq !== null) encoding.writeVarUint(encoder, seq)
  return encoding.toUint8Array(encoder)
}

/** An empty step 2: "that was all, up to `seq`". A client says "synced" when it reads one, so it goes last. */
export const endOfStateFrame = (seq: number): Frame => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8Array(encoder, Uint8Array.of(MessageType.sync, SyncStep.two, 2, 0, 0))
  encoding.writeVarUint(encoder, seq)
  return encoding.toUint8Array(encoder)
}

/** What the room holds, so that a client answers with what it has beyond that. */
export const stateVectorFrame = (held: StateVector): Frame => {
  const vector = encoding.createEncoder()
  encoding.writeVarUint(vector, held.size)
  for (const [client, clock] of held) {
    encoding.writeVarUint(vector, client)
    encoding.writeVarUint(vector, clock)
  }
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MessageType.sync)
  encoding.writeVarUint(encoder, SyncStep.one)
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(vector))
  return encoding.toUint8Array(encoder)
}

/** `seq`: the reader has all entries up to it; null: not known. */
export const savedFrame = (count: number, seq: number | null = null): Frame => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MessageType.saved)
  encoding.writeVarUint(encoder, count)
  if (seq !== null) encoding.writeVarUint(encoder, seq)
  return encoding.toUint8Array(encoder)
}

export const epochFrame = ({ epoch, damage }: { readonly epoch: Epoch | null; readonly damage: Damage | null }): Frame => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MessageType.epoch)
  encoding.writeVarString(encoder, epoch?.lineage ?? '')
  encoding.writeVarString(encoder, epoch?.epoch ?? '')
  encoding.writeVarUint(encoder, damage === null ? 0 : 1)
  return encoding.toUint8Array(encoder)
}

/** `state` is JSON; "null" says that the client has gone. */
export type PresenceEntry = { readonly client: number; readonly clock: number; readonly state: string }

export const presenceFrame = (entries: readonly PresenceEntry[]): Frame => {
  const update = encoding.createEncoder()
  encoding.writeVarUint(update, entries.length)
  for (const { client, clock, state } of entries) {
    encoding.writeVarUint(update, client)
    encoding.writeVarUint(update, clock)
    encoding.writeVarString(update, state)
  }
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MessageType.awareness)
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(update))
  return encoding.toUint8Array(encoder)
}
