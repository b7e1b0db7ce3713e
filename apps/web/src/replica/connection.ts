import { CloseCode, closeMessage, EPOCH_PARAM, HEARD_PARAM, type Heard, heardText, MessageType } from '@stet/schema/contract/sync'
import * as decoding from 'lib0/decoding'
import type { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import type * as Y from 'yjs'
import { countingSocket } from './counting-socket.ts'
import { createFeed, type Feed } from './feed.ts'
import type { SentLedger } from './sent-ledger.ts'
import type { Link } from './status.ts'

export type Connection = {
  readonly link: Feed<Link>
  /** What the server said when it closed the connection last, until it is made again. */
  readonly closed: Feed<string | null>
  /** Transactions with this origin came from elsewhere: the server, or another tab. */
  readonly origin: unknown
  /** How much of the server's log is in the replica; null while that is not known. */
  readonly heard: () => Heard | null
  readonly start: () => void
  readonly destroy: () => void
}

/** What the server says of its copy; empty where it cannot tell any more. */
export type Met = { readonly lineage: string; readonly epoch: string; readonly damaged: boolean }

type Options = {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly dispatch: string
  /** The copy on this device that `doc` is of. */
  readonly copy: string
  /** Such as `wss://show.example` */
  readonly socketOrigin: string
  readonly ledger: SentLedger
  /** What the replica had heard when it was read from this device. */
  readonly heardBefore: Heard | null
  /** Read-only replicas receive and send nothing back. */
  readonly maySend: () => boolean
  readonly onAcknowledged: () => void
  /** Told before any content is asked for or handed out. `stop`: it is another dispatch, nothing may pass either way. */
  readonly onEpoch: (met: Met) => 'go on' | 'stop'
  /** The socket did not open or was cut; why is not said by browsers. */
  readonly onLost: () => void
}

/**
 * The stock provider, asked for acknowledgements. Its BroadcastChannel stays on: two tabs without a network still see
 * each other's letters.
 */
export const createConnection = (options: Options): Connection => {
  const { doc, awareness, dispatch, copy, socketOrigin, ledger, heardBefore, maySend, onAcknowledged, onEpoch, onLost } = options
  let damaged = false
  /** Until the server has said which dispatch it has, nothing goes to it: what is written meanwhile goes with step 2. */
  let hasMet = false
  let epoch = ''
  let heard = heardBefore
  const paramsNow = () => ({ [EPOCH_PARAM]: 'tell', ...(heard === null ? {} : { [HEARD_PARAM]: heardText(heard) }) })
  const link = createFeed<Link>('offline')
  const closed = createFeed<string | null>(null)
  const provider = new WebsocketProvider(`${socketOrigin}/sync`, dispatch, doc, {
    awareness,
    connect: false,
    maxBackoffTime: 10_000,
    params: paramsNow(),
    WebSocketPolyfill: countingSocket({
      maySend: () => hasMet && maySend(),
      made: ledger.made,
      onContent: ledger.contentSent,
    }),
  })

  // Tabs that have copies of two dispatches under one id must not hear each other.
  provider.bcChannel = `${provider.serverUrl}/${copy}`

  provider.messageHandlers[MessageType.epoch] = (_encoder: unknown, decoder: decoding.Decoder) => {
    const lineage = decoding.readVarString(decoder)
    epoch = decoding.readVarString(decoder)
    damaged = decoding.readVarUint(decoder) === 1
    hasMet = onEpoch({ lineage, epoch, damaged }) === 'go on'
    if (hasMet) return
    provider.disconnect()
    link.set('put aside')
  }
  /** Behind a message of the server, once all that was asked for is here. */
  const noteHeard = (decoder: decoding.Decoder) => {
    if (!provider.synced || epoch === '' || !decoding.hasContent(decoder)) return
    heard = { epoch, seq: decoding.readVarUint(decoder) }
    provider.params = paramsNow()
  }
  const readSync = provider.messageHandlers[MessageType.sync]
  provider.messageHandlers[MessageType.sync] = (encoder, decoder, ...rest) => {
    readSync?.(encoder, decoder, ...rest)
    noteHeard(decoder)
  }
  provider.messageHandlers[MessageType.saved] = (_encoder: unknown, decoder: decoding.Decoder) => {
    ledger.acknowledge(decoding.readVarUint(decoder))
    noteHeard(decoder)
    onAcknowledged()
  }
  provider.on('status', ({ status }) => {
    if (status !== 'connected') return
    hasMet = false
    ledger.connectionOpened()
    provider.ws?.send(Uint8Array.of(MessageType.saved))
    link.set('connecting')
  })
  provider.on('sync', (synced) => {
    if (!synced) return
    closed.set(null)
    link.set(damaged ? 'damaged' : 'synced')
  })
  provider.on('connection-close', (event) => {
    closed.set(event === null ? null : closeMessage(event.code))
    if (link.get() !== 'put aside') link.set('offline')
    onLost()
  })
  provider.on('closed', ({ code }) => link.set(finalLink(code)))

  const reconnect = () => {
    if (provider.shouldConnect && provider.ws === null) provider.connect()
  }
  /**
   * A socket whose network went away looks open for half a minute. A new one is tried at once: it fails and says so, or,
   * where the server is on this very machine, it does not.
   */
  const renew = () => {
    if (!provider.shouldConnect) return
    provider.disconnect()
    provider.connect()
  }
  globalThis.addEventListener?.('online', reconnect)
  globalThis.addEventListener?.('offline', renew)

  return {
    link,
    closed,
    origin: provider,
    heard: () => heard,
    start: () => {
      link.set('connecting')
      provider.connect()
    },
    destroy: () => {
      globalThis.removeEventListener?.('online', reconnect)
      globalThis.removeEventListener?.('offline', renew)
      provider.destroy()
    },
  }
}

/** Close codes 4400 to 4499 are the server's last word. */
const finalLink = (code: number): Link => {
  if (code === CloseCode.signedOut) return 'signed out'
  if (code === CloseCode.damaged) return 'damaged'
  if (code === CloseCode.readOnly || code === CloseCode.forbidden) return 'read only'
  return 'refused'
}
