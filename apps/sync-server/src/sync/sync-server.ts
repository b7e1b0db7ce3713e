import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as after } from 'node:timers/promises'
import { CloseCode, type CloseName } from '@stet/schema/contract/sync'
import type { Logger } from 'pino'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Access } from '../access/access.ts'
import { PeopleUnreachable } from '../access/people-database.ts'
import type { Clock } from '../clock.ts'
import type { DecodePool } from '../decode/decode-pool.ts'
import { clientAddress, type TrustedProxies } from '../http/client-address.ts'
import { PEOPLE_UNREACHABLE } from '../http/problem.ts'
import type { UpdateLog } from '../log/update-log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Rooms } from '../rooms/rooms.ts'
import { stateOf } from '../rooms/stored-state.ts'
import { type Connection, createConnection, type Inspect } from './connection.ts'
import { createHolders } from './holders.ts'
import { type Limits, MAX_FRAGMENTS, MAX_MESSAGE } from './limits.ts'
import { createSending } from './sending.ts'
import { createTraffic, type Stay } from './traffic.ts'
import { type Admission, admit, answerUpgrade } from './upgrade.ts'

export type SyncServer = {
  readonly connectionCount: () => number
  readonly upgrade: (request: IncomingMessage, stream: Duplex, head: Buffer) => void
  /** Closes what lives by a session or token that has ended. */
  readonly signOut: (key: string) => void
  /** What a person may do has changed, or has ended: their sockets are closed, with what they have yet to send. */
  readonly rightsChanged: (person: string) => void
  readonly removed: (person: string) => void
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
  metrics: Pick<Metrics, 'refused' | 'turnedAway'>
  limits: Limits
  siteUrl: () => string
  proxies: TrustedProxies
  onAllLeft: () => void
}

const PING_EVERY = 30_000
const CLOSING_TIME = 2_000
const DRAINING_TIME = 5_000

export const createSyncServer = ({
  access,
  rooms,
  log,
  pool,
  clock,
  logger,
  metrics,
  limits,
  siteUrl,
  proxies,
  onAllLeft,
}: Needs): SyncServer => {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE,
    maxFragments: MAX_FRAGMENTS,
    perMessageDeflate: false,
    clientTracking: false,
  })
  const connections = new Map<WebSocket, { readonly connection: Connection; answered: boolean }>()
  const byHolder = createHolders<Connection>()
  const sending = createSending()
  let goingDown = false

  const traffic = createTraffic(limits, clock)
  const inspectionByPerson = new Map<string, Promise<unknown>>()

  const inspect: Inspect = async (room, update, repeats) => {
    await room.drained()
    const outcome = await pool.run('inspect', { state: stateOf(await log.load(room.id)), update, repeats })
    if (!outcome.ok) return { ok: false, closing: 'tooLarge', reason: 'this update is too much at once; import it over HTTP' }
    if (outcome.value.sound) return { ok: true }
    return outcome.value.fault === 'clash'
      ? { ok: false, closing: 'idInUse', reason: `another page writes under this client id: ${outcome.value.reason}` }
      : { ok: false, closing: 'badMessage', reason: `not a sound update: ${outcome.value.reason}` }
  }
  /** One at a time for each person, so that nobody keeps all workers busy. */
  const inspectInTurn = async (person: string, ...args: Parameters<Inspect>): ReturnType<Inspect> => {
    const inTurn = (inspectionByPerson.get(person) ?? Promise.resolve()).then(() => inspect(...args))
    const settled = inTurn.catch(() => undefined)
    inspectionByPerson.set(person, settled)
    try {
      return await inTurn
    } catch (error) {
      logger.error({ room: args[0].id, person, error: String(error) }, 'an update could not be inspected')
      return { ok: false, closing: 'notSaved', reason: 'the server could not look into this update; try again later' }
    } finally {
      if (inspectionByPerson.get(person) === settled) inspectionByPerson.delete(person)
    }
  }

  const welcome = (socket: WebSocket, { room, identity, wantsEpoch, heard }: Admission & { ok: true }, stay: Stay) => {
    const who = { room: room.id, person: identity.person.id }
    const connection = createConnection({
      socket,
      room,
      identity,
      wantsEpoch,
      heard,
      clock,
      rates: stay.rates,
      inspect: (...args) => inspectInTurn(identity.person.id, ...args),
      onRefused: (code, reason) => {
        metrics.refused(code)
        logger.warn({ ...who, code, reason }, 'a connection was refused')
      },
    })
    const entry = { connection, answered: true }
    connections.set(socket, entry)
    byHolder.add(connection, identity)
    socket.on('message', (data: Buffer, isBinary) => {
      entry.answered = true
      connection.receive(data, isBinary)
    })
    socket.on('pong', () => {
      entry.answered = true
    })
    socket.on('error', (error) => logger.info({ ...who, error: error.message }, 'a socket failed'))
    socket.on('close', () => {
      connections.delete(socket)
      byHolder.delete(connection, identity)
      stay.end()
      connection.left()
      rooms.left(room)
      if (connections.size === 0) onAllLeft()
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
    traffic.forgetQuiet()
    clock.after(PING_EVERY, pingAll)
  }
  clock.after(PING_EVERY, pingAll)

  /** Rights that end while a dispatch is being opened for somebody are looked at again. */
  let endings = 0
  const admitAsOfNow = async (request: IncomingMessage): Promise<Admission> => {
    for (;;) {
      const before = endings
      const admission = await admit(request, { access, rooms, siteUrl: siteUrl() })
      if (before === endings) return admission
    }
  }
  const end = (held: Iterable<Connection>, closing: CloseName, reason: string) => {
    endings += 1
    for (const connection of [...held]) connection.close(CloseCode[closing], reason)
  }

  const turnAway = (stream: Duplex, status: number, title: string) => {
    metrics.turnedAway(status)
    answerUpgrade(stream, status, title)
  }

  return {
    connectionCount: () => connections.size,
    upgrade: (request, stream, head) => {
      stream.on('error', destroyIt)
      if (goingDown) return turnAway(stream, 503, 'The server is going down; come back')
      admitAsOfNow(request).then(
        (admission) => {
          if (!admission.ok) return turnAway(stream, admission.status, admission.title)
          if (goingDown) return turnAway(stream, 503, 'The server is going down; come back')
          const stay = traffic.enter({
            person: admission.identity.person.id,
            address: clientAddress(
              request.socket.remoteAddress ?? '',
              [request.headers['x-forwarded-for'] ?? []].flat().join(',') || null,
              proxies,
            ),
            room: admission.room.id,
          })
          if (stay === null) return turnAway(stream, 429, 'Too many sockets are open; close some, or come back later')
          // Whatever becomes of the handshake, the stream ends.
          stream.once('close', stay.end)
          sockets.handleUpgrade(request, stream, head, (socket) => welcome(inOurCodes(sending(socket, stream)), admission, stay))
        },
        (error) => {
          if (error instanceof PeopleUnreachable) {
            logger.warn({ error: error.message }, 'people cannot be asked')
            return turnAway(stream, 503, PEOPLE_UNREACHABLE)
          }
          logger.error({ error: String(error) }, 'a dispatch could not be opened')
          turnAway(stream, 500, 'This dispatch cannot be opened; the server’s log says why')
        },
      )
    },
    signOut: (key) => end(byHolder.ofKey(key), 'signedOut', 'this session or token has ended'),
    rightsChanged: (person) =>
      end(byHolder.ofPerson(person), 'rightsChanged', 'you may do more or less than before; connect again'),
    removed: (person) => end(byHolder.ofPerson(person), 'forbidden', 'you are not among the people of this desk any more'),
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

/** A function of its own: one made where the request is at hand would keep the request for as long as the socket lives. */
function destroyIt(this: Duplex): void {
  this.destroy()
}

/** What ws closes by itself (too large, too many parts, not UTF-8) would otherwise be tried again for ever. */
const inOurCodes = (socket: WebSocket): WebSocket => {
  const close = socket.close.bind(socket)
  socket.close = (code, reason) => {
    if (code === 1009) close(CloseCode.tooLarge, 'a message may have 2 MiB')
    else if (code === 1002 || code === 1007 || code === 1008) close(CloseCode.badMessage, 'not a message of this protocol')
    else close(code, reason)
  }
  return socket
}
