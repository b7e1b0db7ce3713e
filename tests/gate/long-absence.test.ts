import { MessageType } from '@stet/schema/contract/sync'
import { openDispatch } from '@stet/schema/layout/open-dispatch'
import * as decoding from 'lib0/decoding'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { countingSocket } from '../../apps/web/src/replica/counting-socket.ts'
import { createSentLedger } from '../../apps/web/src/replica/sent-ledger.ts'
import { type GateServer, startGateServer } from './gate-server.ts'
import { wholeOf } from './whole.ts'

let server: GateServer
beforeAll(async () => {
  server = await startGateServer()
})
afterAll(async () => {
  vi.unstubAllGlobals()
  await server.stop()
})

const MiB = 1024 * 1024

/** A page of the desk as far as its socket goes. */
const openDesk = async (dispatch: string, doc: Y.Doc) => {
  const token = await server.token('Ada')
  const closings: number[] = []
  vi.stubGlobal(
    'WebSocket',
    class extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, { headers: { authorization: `Bearer ${token}` } })
        this.on('close', (code) => closings.push(code))
      }
    },
  )
  const ledger = createSentLedger(1)
  const provider = new WebsocketProvider(server.socketUrl, dispatch, doc, {
    connect: false,
    disableBc: true,
    WebSocketPolyfill: countingSocket({ maySend: () => true, made: ledger.made, onContent: ledger.contentSent }),
  })
  provider.messageHandlers[MessageType.saved] = (_, decoder) => ledger.acknowledge(decoding.readVarUint(decoder))
  provider.on('status', ({ status }) => {
    if (status !== 'connected') return
    ledger.connectionOpened()
    provider.ws?.send(Uint8Array.of(MessageType.saved))
  })
  provider.connect()
  return { ledger, provider, closings }
}

test('O6: more than a message may hold, written without a network or lost by a server, goes up in parts, and what follows it too', async () => {
  const doc = new Y.Doc()
  const { body } = openDispatch(doc)
  const passage = 'She counted the lamps along the pier again. '.repeat(700)
  for (let nth = 0; nth < 100; nth++) body.text.insert(0, passage)
  for (let nth = 0; nth < 3_000; nth++) body.text.delete(nth * 3, 1)
  expect(Y.encodeStateAsUpdate(doc).length).toBeGreaterThan(2.5 * MiB)
  const dispatch = await server.createDispatch()
  const { ledger, provider, closings } = await openDesk(dispatch, doc)
  await vi.waitFor(() => expect(provider.synced).toBe(true), { timeout: 20_000 })
  ledger.changeMade()
  body.text.insert(0, 'And one word more: ')
  expect(ledger.unsent()).toBe(2)
  await vi.waitFor(() => expect(ledger.unsent()).toBe(0), { timeout: 40_000, interval: 50 })

  const late = new Y.Doc()
  const other = await openDesk(dispatch, late)
  await vi.waitFor(() => expect(other.provider.synced).toBe(true), { timeout: 20_000 })
  expect(wholeOf(late)).toBe(wholeOf(doc))
  expect(closings).toEqual([])
  for (const desk of [provider, other.provider]) desk.destroy()
})
