import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'

/** Messages that wait for the end of the tick, of one socket. */
type Waiting = { frames: Uint8Array[]; bytes: number; readonly flush: () => void }

/** More than this is not held back, so that `bufferedAmount` tells of it. */
const AT_ONCE = 64 * 1024
/** Frames up to this size are put into one piece: a copy costs less than a vector of writes. */
const SMALL = 4 * 1024

/**
 * Sends binary messages of many sockets: a frame that many get is built once, and all that one socket is sent within a tick leaves
 * in one write. ws would build the head of each frame for each socket.
 */
export const createSending = () => {
  let lastMessage: Uint8Array | null = null
  let lastFrame: Uint8Array = new Uint8Array()
  let waitingSockets: Waiting[] = []

  const frameOf = (message: Uint8Array): Uint8Array => {
    if (message !== lastMessage) {
      lastFrame = frameOfMessage(message)
      lastMessage = message
    }
    return lastFrame
  }
  const flushAll = () => {
    const all = waitingSockets
    waitingSockets = []
    lastMessage = null
    for (const { flush } of all) flush()
  }

  /** `send` of this socket is ours from now on; what it closes with still comes after what was sent. */
  return (socket: WebSocket, stream: Duplex): WebSocket => {
    const close = socket.close.bind(socket)
    const flush = () => {
      const { frames } = waiting
      if (frames.length === 0) return
      waiting.frames = []
      waiting.bytes = 0
      if (socket.readyState !== socket.OPEN) return
      for (const piece of inFewPieces(frames)) stream.write(piece)
    }
    const waiting: Waiting = { frames: [], bytes: 0, flush }
    socket.send = (message: unknown) => {
      const frame = frameOf(message as Uint8Array)
      if (waitingSockets.length === 0) process.nextTick(flushAll)
      if (waiting.frames.length === 0) waitingSockets.push(waiting)
      waiting.frames.push(frame)
      waiting.bytes += frame.length
      if (waiting.bytes > AT_ONCE) flush()
    }
    socket.close = (code, reason) => {
      flush()
      close(code, reason)
    }
    return socket
  }
}

const inFewPieces = (frames: readonly Uint8Array[]): readonly Uint8Array[] => {
  if (frames.length === 1) return frames
  const pieces: Uint8Array[] = []
  let small: Uint8Array[] = []
  const join = () => {
    if (small.length > 0) pieces.push(small.length === 1 ? (small[0] as Uint8Array) : Buffer.concat(small))
    small = []
  }
  for (const frame of frames) {
    if (frame.length <= SMALL) {
      small.push(frame)
      continue
    }
    join()
    pieces.push(frame)
  }
  join()
  return pieces
}

/** A server's binary message in one frame, without a mask (RFC 6455, section 5.2). */
const frameOfMessage = (message: Uint8Array): Uint8Array => {
  const { length } = message
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + length)
  frame[0] = 0x82
  if (head === 2) frame[1] = length
  else if (head === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(message, head)
  return frame
}
