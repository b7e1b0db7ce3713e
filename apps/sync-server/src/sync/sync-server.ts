import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as after } from 'node:timers/promises'
import { CloseCode } from '@stet/schema/contract/sync'
import type { Logger } from 'pino'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Access } from '../access/access.ts'
import type { Clock } from '../clock.ts'
import type { DecodePool } from '../decode/decode-pool.ts'
import type { UpdateLog } from '../log/update-log.ts'
import type { Rooms } from '../rooms/rooms.ts'
import { stateOf } from '../rooms/stored-state.ts'
import { type Connection, createConnection, type InspectLarge } from './connection.ts'
import { type Admission, admit, answerUpgrade } from './upgrade.ts'

export type SyncServer = {
  readonly upgrade: (request: IncomingMessage, stream: Duplex, head: Buffer) => void
  /** Closes what lives by a session or token that has ended. */
  readonly signOut: (key: string) => void
  /** Closes every socket in good order and takes no new ones. */
  readonly close: () => Promise<void>
}

type Needs = {
  access: Access
  rooms: Rooms
  log: UpdateLog
  pool: DecodePool
  clock: Clock
  logger: Logger
  siteUrl: () => string
}

const MAX_MESSAGE = 2 * 1024 * 1024
const PING_EVERY = 30_000
const CLOSING_TIME = 2_000
const DRAINING_TIME = 5_000

export const createSyncServer = ({ access, rooms, log, pool, clock, logger, siteUrl }: Needs): SyncServer => {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
    clientTracking: false,
  })
  const connections = new Map<WebSocket, { readonly connection: Connection; answered: boolean }>()
  let goingDown = false

  const inspectLarge: InspectLarge = async (room, update) => {
    await room.drained()
    const outcome = await pool.run('inspect', { state: stateOf(await log.load(room.id)), update })
    if (!outcome.ok)
      return { ok: false, code: CloseCode.tooLarge, reason: 'this update is too much at once; import it over HTTP' }
    return outcome.value.sound
      ? { ok: true }
      : { ok: false, code: CloseCode.badMessage, reason: `not a sound update: ${outcome.value.reason}` }
  }

  const welcome = (socket: WebSocket, { room, identity, wantsEpoch }: Admission & { ok: true }) => {
    const who = { room: room.id, person: identity.person.id }
    const connection = createConnection({
      socket,
      room,
      identity,
      wantsEpoch,
      inspectLarge: (...args) =>
        inspectLarge(...args).catch((error) => {
          logger.error({ ...who, error: String(error) }, 'a large update could not be inspected')
          return { ok: false, code: CloseCode.notSaved, reason: 'the server could not look into this update; try again later' }
        }),
      onRefused: (code, reason) => logger.warn({ ...who, code, reason }, 'a connection was refused'),
    })
    const entry = { connection, answered: true }
    connections.set(socket, entry)
    socket.on('message', (data: Buffer, isBinary) => connection.receive(data, isBinary))
    socket.on('pong', () => {
      entry.answered = true
    })
    socket.on('error', (error) => logger.info({ ...who, error: error.message }, 'a socket failed'))
    socket.on('close', () => {
      connections.delete(socket)
      connection.left()
      rooms.left(room)
    })
  }

  const pingAll = () => {
    if (goingDown) return
    for (const [socket, entry] of connections) {
      if (entry.connection.identity.expiresAt <= clock.now())
        entry.connection.close(CloseCode.signedOut, 'your session has ended; sign in again')
      else if (!entry.answered) socket.terminate()
      else {
        entry.answered = false
        socket.ping()
      }
    }
    clock.after(PING_EVERY, pingAll)
  }
  clock.after(PING_EVERY, pingAll)

  return {
    upgrade: (request, stream, head) => {
      stream.on('error', () => stream.destroy())
      if (goingDown) return answerUpgrade(stream, 503, 'The server is going down; come back')
      admit(request, { access, rooms, siteUrl: siteUrl() }).then(
        (admission) => {
          if (!admission.ok) return answerUpgrade(stream, admission.status, admission.title)
          if (goingDown) return answerUpgrade(stream, 503, 'The server is going down; come back')
          sockets.handleUpgrade(request, stream, head, (socket) => welcome(inOneWriteATick(socket, stream), admission))
        },
        (error) => {
          logger.error({ error: String(error) }, 'a dispatch could not be opened')
          answerUpgrade(stream, 500, 'This dispatch cannot be opened; the server’s log says why')
        },
      )
    },
    signOut: (key) => {
      for (const { connection } of connections.values())
        if (connection.identity.key === key) connection.close(CloseCode.signedOut, 'you have signed out')
    },
    close: async () => {
      goingDown = true
      // What has come in is stored and acknowledged first; what is still on the wire stays with who sent it.
      for (const socket of connections.keys()) socket.pause()
      await Promise.race([rooms.drain(), after(DRAINING_TIME, undefined, { ref: false })])
      const closing = [...connections].map(
        ([socket, { connection }]) =>
          new Promise<void>((resolve) => {
            const timer = setTimeout(() => socket.terminate(), CLOSING_TIME)
            socket.once('close', () => {
              clearTimeout(timer)
              resolve()
            })
            connection.close(CloseCode.goingDown, 'the server restarts')
            socket.resume()
          }),
      )
      await Promise.all(closing)
    },
  }
}

/** All that is sent to a socket within one tick leaves in one write. */
const inOneWriteATick = (socket: WebSocket, stream: Duplex): WebSocket => {
  const send = socket.send.bind(socket) as (data: Uint8Array) => void
  let corked = false
  socket.send = (data: unknown) => {
    if (!corked) {
      corked = true
      stream.cork()
      process.nextTick(() => {
        corked = false
        stream.uncork()
      })
    }
    send(data as Uint8Array)
  }
  return socket
}
