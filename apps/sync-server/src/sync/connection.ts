import { may } from '@stet/schema/contract/people'
import { CloseCode, MessageType } from '@stet/schema/contract/sync'
import type { WebSocket } from 'ws'
import type { Identity } from '../access/access.ts'
import type { Member, Room } from '../rooms/room.ts'
import { createByteReader, Refusal } from './byte-reader.ts'
import { epochFrame, type Frame, SyncStep, savedFrame, stateVectorFrame } from './frames.ts'
import { scanUpdate } from './scan-update.ts'

export type InspectLarge = (room: Room, update: Uint8Array) => Promise<{ ok: true } | { ok: false; code: number; reason: string }>

export type Connection = {
  readonly identity: Identity
  readonly receive: (data: Uint8Array, isBinary: boolean) => void
  readonly left: () => void
  readonly close: (code: number, reason: string) => void
}

type Needs = {
  readonly socket: WebSocket
  readonly room: Room
  readonly identity: Identity
  /** Whether it asked to be told which dispatch this is, and how it stands. */
  readonly wantsEpoch: boolean
  readonly inspectLarge: InspectLarge
  readonly onRefused: (code: number, reason: string) => void
}

const LARGE_BYTES = 64 * 1024
const LARGE_STRUCTS = 2_000
const MAX_BACKLOG = 8 * 1024 * 1024

/** One socket in one room: reads the y-websocket protocol from bytes. A fault closes this socket and touches no other. */
export const createConnection = ({ socket, room, identity, wantsEpoch, inspectLarge, onRefused }: Needs): Connection => {
  const mayWrite = may(identity.person.role, 'write')
  let contentCount = 0
  let saved = 0
  let wantsSaved = false
  let closed = false
  /** Messages that wait while a large update of this connection is being inspected: they may rest on it. */
  let waiting: Uint8Array[] | null = null
  /** Bytes of the last hand-out: a dispatch larger than the backlog must still be able to leave. */
  let handedOut = 0

  const close = (code: number, reason: string) => {
    if (closed) return
    closed = true
    socket.close(code, reason.slice(0, 120))
  }
  const refuse = (code: number, reason: string) => {
    if (closed) return
    onRefused(code, reason)
    close(code, reason)
  }
  const send = (frames: readonly Frame[]) => {
    if (closed) return
    if (socket.bufferedAmount > MAX_BACKLOG + handedOut) {
      closed = true
      onRefused(CloseCode.tooSlow, 'the reader does not keep up')
      socket.terminate()
      return
    }
    for (const frame of frames) socket.send(frame)
  }
  const member: Member = {
    send,
    saved: (count) => {
      saved = count
      if (wantsSaved) send([savedFrame(count)])
    },
    notSaved: (reason) => close(CloseCode.notSaved, `not saved: ${reason}; your changes stay with you until it can`),
  }

  const receiveContent = (step: number, update: Uint8Array) => {
    contentCount += 1
    const count = contentCount
    const scan = scanUpdate(update, room.held.stateVector)
    if (!scan.ok) {
      if (scan.fault === 'missing')
        return refuse(CloseCode.notSaved, `something is missing here: ${scan.reason}; connect again and send all you have`)
      return refuse(CloseCode.badMessage, `not a sound update: ${scan.reason}`)
    }
    const isNews = room.held.isNews(scan)
    if (isNews && !mayWrite) {
      // A reader's step 2 repeats deletions it has heard of; those it only seems to make are not taken either.
      if (step !== SyncStep.two || room.held.hasNewStructs(scan))
        return refuse(CloseCode.readOnly, 'you may read this dispatch but not change it')
    }
    if (isNews && mayWrite && room.damage !== null)
      return refuse(
        CloseCode.damaged,
        'this dispatch is damaged on the server: it can be read, not changed, until it is repaired',
      )
    if (!isNews || !mayWrite) return room.submit({ sender: member, count, news: null })
    const submit = () => room.submit({ sender: member, count, news: { update, scan, author: identity.person.id } })
    if (update.length <= LARGE_BYTES && scan.structs <= LARGE_STRUCTS) return submit()
    waiting = []
    socket.pause()
    void inspectLarge(room, update).then((verdict) => {
      const held = waiting ?? []
      waiting = null
      if (closed) return
      if (!verdict.ok) return refuse(verdict.code, verdict.reason)
      submit()
      socket.resume()
      for (const data of held) receiveBinary(data)
    })
  }

  const receiveSync = (reader: ReturnType<typeof createByteReader>) => {
    const step = reader.varUint()
    const from = reader.skipChunk()
    const payload = reader.bytes.subarray(from, reader.position())
    if (step === SyncStep.one) {
      const frames = room.handOut()
      handedOut = frames.reduce((sum, frame) => sum + frame.length, 0)
      send(frames)
    } else if (step === SyncStep.two || step === SyncStep.update) receiveContent(step, payload)
    else refuse(CloseCode.badMessage, `there is no sync message ${step}`)
  }

  const receivePresence = (reader: ReturnType<typeof createByteReader>) => {
    const from = reader.skipChunk()
    const outcome = room.presence.receive(member, identity.person, reader.bytes.subarray(from, reader.position()))
    if (!outcome.ok) return refuse(CloseCode.badMessage, outcome.reason)
    if (outcome.frame !== null) sendToOthers(outcome.frame)
  }
  const sendToOthers = (frame: Frame) => {
    for (const other of room.members) if (other !== member) other.send([frame])
  }

  const receiveBinary = (data: Uint8Array) => {
    if (closed) return
    if (waiting !== null) {
      waiting.push(data)
      return
    }
    try {
      const reader = createByteReader(data)
      const type = reader.varUint()
      if (type === MessageType.sync) receiveSync(reader)
      else if (type === MessageType.awareness) receivePresence(reader)
      else if (type === MessageType.queryAwareness) sendEveryone()
      else if (type === MessageType.saved) {
        wantsSaved = true
        send([savedFrame(saved)])
      } else refuse(CloseCode.badMessage, `there is no message type ${type}`)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refuse(CloseCode.badMessage, `the message cannot be read: ${error.message}`)
    }
  }
  const sendEveryone = () => {
    const everyone = room.presence.everyone()
    if (everyone !== null) send([everyone])
  }

  room.join(member)
  // Before anything that a client would answer with its content.
  if (wantsEpoch) send([epochFrame(room)])
  send([stateVectorFrame(room.held.stateVector)])
  sendEveryone()

  return {
    identity,
    receive: (data, isBinary) => {
      if (isBinary) receiveBinary(data)
      else refuse(CloseCode.badMessage, 'messages are binary')
    },
    left: () => {
      closed = true
      room.leave(member)
      const goodbye = room.presence.leave(member)
      if (goodbye !== null) sendToOthers(goodbye)
    },
    close,
  }
}
