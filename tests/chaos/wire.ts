import { MessageType } from '@stet/schema/contract/sync'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as syncProtocol from 'y-protocols/sync'
import * as Y from 'yjs'

/**
 * A client of the bare wire: sends what its replica writes as it is written, answers the server's step 1, and hears
 * which of its messages are saved. It never comes back by itself: a test decides when.
 */
export type Wire = {
  readonly socket: WebSocket
  /** Resolves when the server has handed out all that it holds. */
  readonly synced: Promise<void>
  readonly closed: Promise<{ code: number; reason: string }>
  /** Messages with content sent on this connection, and how many of them the server has committed. */
  readonly sent: () => number
  readonly saved: () => number
  readonly close: () => void
}

type Options = {
  readonly url: string
  readonly authorization: string
  readonly dispatch: string
  readonly doc: Y.Doc
  readonly onSaved?: (count: number) => void
  /** What becomes of a frame on its way out; answers the frames that leave in its place. */
  readonly onTheWay?: (frame: Uint8Array) => readonly Uint8Array[]
}

export const openWire = ({ url, authorization, dispatch, doc, onSaved, onTheWay = (frame) => [frame] }: Options): Wire => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/sync/${dispatch}`, { headers: { authorization } })
  let sent = 0
  let saved = 0
  let isSynced = () => {}
  const synced = new Promise<void>((resolve) => {
    isSynced = resolve
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
  )
  const sendContent = (frame: Uint8Array) => {
    for (const each of onTheWay(frame)) {
      if (socket.readyState !== WebSocket.OPEN) return
      sent += 1
      socket.send(each)
    }
  }
  const sendUpdate = (update: Uint8Array, origin: unknown) => {
    if (origin !== socket) sendContent(syncFrame((encoder) => syncProtocol.writeUpdate(encoder, update)))
  }
  socket.on('open', () => {
    socket.send(Uint8Array.of(MessageType.saved))
    socket.send(syncFrame((encoder) => syncProtocol.writeSyncStep1(encoder, doc)))
  })
  socket.on('error', () => {})
  socket.on('message', (data: Buffer) => {
    const decoder = decoding.createDecoder(Uint8Array.from(data))
    const type = decoding.readVarUint(decoder)
    if (type === MessageType.saved) {
      saved = decoding.readVarUint(decoder)
      onSaved?.(saved)
    } else if (type === MessageType.sync) {
      const step = decoding.readVarUint(decoder)
      const payload = decoding.readVarUint8Array(decoder)
      if (step === syncProtocol.messageYjsSyncStep1) {
        sendContent(syncFrame((encoder) => syncProtocol.writeSyncStep2(encoder, doc, payload)))
        doc.on('update', sendUpdate)
      } else {
        Y.applyUpdate(doc, payload, socket)
        if (step === syncProtocol.messageYjsSyncStep2) isSynced()
      }
    }
  })
  socket.once('close', () => doc.off('update', sendUpdate))
  return {
    socket,
    synced,
    closed,
    sent: () => sent,
    saved: () => saved,
    close: () => socket.close(),
  }
}

const syncFrame = (write: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MessageType.sync)
  write(encoder)
  return encoding.toUint8Array(encoder)
}
