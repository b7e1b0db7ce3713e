import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Contender } from './contenders.ts'

/** A WebSocket on the bare wire: frames are built and read in place, so that the load costs little of the machine. */
export type Wire = {
  readonly socket: Socket
  readonly send: (frame: Buffer) => void
  readonly close: () => void
}

/** A message as a client's frame, the room's prefix before it. The mask is zero: it is asked for, and changes nothing. */
export const clientFrame = (prefix: Buffer, message: Uint8Array): Buffer => {
  const length = prefix.length + message.length
  const head =
    length < 126
      ? Buffer.of(0x82, 0x80 | length)
      : length < 65_536
        ? Buffer.of(0x82, 0x80 | 126, length >> 8, length & 255)
        : Buffer.concat([Buffer.of(0x82, 0x80 | 127), bigEndian(length)])
  return Buffer.concat([head, Buffer.alloc(4), prefix, message])
}

/** The update as a y-websocket message. */
export const updateMessage = (update: Uint8Array): Buffer => Buffer.concat([Buffer.of(0, 2), varUint(update.length), update])

/** Sync step 1 with an empty state vector: give me all. */
export const ASK_ALL = Buffer.of(0, 0, 1, 0)

export const openWire = async (
  contender: Contender,
  room: string,
  /** `start` and `end` of a message in `bytes`, the prefix left out. */
  hear: (bytes: Buffer, start: number, end: number) => void,
  { path = contender.pathOf(room) }: { readonly path?: string } = {},
): Promise<Wire> => {
  const socket = connect(contender.port, '127.0.0.1')
  socket.setNoDelay(true)
  await once(socket, 'connect')
  const headers = Object.entries({
    host: `127.0.0.1:${contender.port}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': Buffer.alloc(16).toString('base64'),
    ...contender.headers,
  })
  socket.write(`GET ${path} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
  const prefix = contender.prefixOf(room)
  await new Promise<void>((resolve, reject) => {
    /** The beginning of a frame, in the pieces it came in, and how long it must become before it is worth a look. */
    let rest: Buffer[] = []
    let restLength = 0
    let wanted = 0
    let isOpen = false
    socket.once('close', () => reject(new Error(`${contender.name} closed the connection`)))
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer) => {
      rest.push(chunk)
      restLength += chunk.length
      if (restLength < wanted) return
      let bytes = rest.length === 1 ? chunk : Buffer.concat(rest)
      rest = []
      restLength = 0
      wanted = 0
      if (!isOpen) {
        const end = bytes.indexOf('\r\n\r\n')
        if (end < 0) {
          rest = [bytes]
          restLength = bytes.length
          return
        }
        const status = bytes.subarray(9, 12).toString()
        if (status !== '101') return reject(new Error(`${contender.name} answered ${status}`))
        isOpen = true
        bytes = bytes.subarray(end + 4)
        resolve()
      }
      const read = readFrames(bytes, prefix.length, hear, (payload) => socket.write(pong(payload)))
      if (read === bytes.length) return
      rest = [bytes.subarray(read)]
      restLength = bytes.length - read
      wanted = frameAt(bytes, read).end - read
    })
  })
  const send = (frame: Buffer) => void socket.write(frame)
  for (const greeting of contender.greetings) send(clientFrame(prefix, greeting))
  return { socket, send, close: () => socket.destroy() }
}

/** Throws where a server has closed one of them: fewer than were meant cost less. */
export const requireOpen = (wires: Iterable<Wire>): void => {
  const closed = [...wires].filter(({ socket }) => socket.destroyed).length
  if (closed > 0) throw new Error(`${closed} connections were closed by the server`)
}

/** Reads whole frames; answers how many bytes they take. */
const readFrames = (
  bytes: Buffer,
  skipped: number,
  hear: (bytes: Buffer, start: number, end: number) => void,
  answerPing: (payload: Buffer) => void,
): number => {
  let at = 0
  for (;;) {
    const { start, end } = frameAt(bytes, at)
    if (end > bytes.length) return at
    const opcode = (bytes[at] as number) & 15
    if (opcode === 2) hear(bytes, start + skipped, end)
    else if (opcode === 9) answerPing(bytes.subarray(start, end))
    at = end
  }
}

/** Who answers no ping is taken for gone. */
const pong = (payload: Buffer): Buffer => Buffer.concat([Buffer.of(0x8a, 0x80 | payload.length, 0, 0, 0, 0), payload])

/** Where the payload of a frame begins and ends, as far as is known: beyond `bytes`, there has to come more. */
const frameAt = (bytes: Buffer, at: number): { start: number; end: number } => {
  const length = at + 1 < bytes.length ? (bytes[at + 1] as number) & 127 : 0
  const start = at + (length === 127 ? 10 : length === 126 ? 4 : 2)
  if (start > bytes.length) return { start, end: bytes.length + 1 }
  const long = length === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : length === 126 ? bytes.readUInt16BE(at + 2) : length
  return { start, end: start + long }
}

/** The unsigned number at a place, and the place after it. */
export const readVarUint = (bytes: Uint8Array, from: number): readonly [value: number, next: number] => {
  let value = 0
  let factor = 1
  let at = from
  for (;;) {
    const byte = bytes[at++] as number
    value += (byte & 127) * factor
    if (byte < 128) return [value, at]
    factor *= 128
  }
}

const varUint = (value: number): Buffer => {
  const bytes: number[] = []
  let left = value
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) | 128)
  return Buffer.of(...bytes, left)
}

const bigEndian = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}
