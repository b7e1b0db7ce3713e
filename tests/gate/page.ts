import { type Dispatch, openDispatch } from '@stet/schema/layout/open-dispatch'
import { WebSocket } from 'ws'
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

/** One page of one person: a replica with the desk's layout, the stock provider, presence and undo. */
export type Page = ReturnType<typeof openPage>

export type Closing = { readonly code: number; readonly reason: string }

export type PageOptions = {
  readonly socketUrl: string
  readonly dispatch: string
  readonly token: string
  /** What the page finds on its device. */
  readonly stored?: Uint8Array | null
  readonly onSent: () => void
  readonly onClosed: (closing: Closing) => void
}

export const openPage = ({ socketUrl, dispatch: id, token, stored = null, onSent, onClosed }: PageOptions) => {
  const doc = new Y.Doc()
  if (stored !== null) Y.applyUpdate(doc, stored)
  const dispatch: Dispatch = openDispatch(doc)
  const awareness = new Awareness(doc)
  const sockets = new Set<WebSocket>()
  class CountingSocket extends WebSocket {
    constructor(address: string, protocols: string[]) {
      super(address, protocols, { headers: { authorization: `Bearer ${token}` } })
      sockets.add(this)
      this.on('close', (code, reason) => {
        sockets.delete(this)
        onClosed({ code, reason: String(reason) })
      })
      this.on('error', () => {})
    }
    // The provider sends bytes and nothing else.
    override send(data: unknown): void {
      onSent()
      super.send(data as Uint8Array)
    }
  }
  const provider = new WebsocketProvider(socketUrl, id, doc, {
    awareness,
    connect: false,
    disableBc: true,
    maxBackoffTime: 400,
    WebSocketPolyfill: CountingSocket as unknown as typeof globalThis.WebSocket,
  })
  const own = { page: doc.clientID }
  const undo = new Y.UndoManager([dispatch.body.text, dispatch.text('title'), dispatch.meta], {
    trackedOrigins: new Set([own]),
    captureTimeout: 0,
  })
  awareness.setLocalState({ person: { id: 'x', name: 'x', color: 1 }, field: null })
  return {
    doc,
    dispatch,
    awareness,
    provider,
    own,
    undo,
    token,
    /** The page is gone and its socket does not know yet: a closed lid, a dead network. */
    vanish: () => {
      const [socket] = sockets
      if (socket) {
        // The stock provider says goodbye and closes; a page that vanishes does neither.
        provider.ws = null
        provider.wsconnected = false
        provider.shouldConnect = false
      }
      provider.destroy()
      setTimeout(() => socket?.terminate(), 300).unref()
    },
    close: () => {
      provider.destroy()
      undo.destroy()
      awareness.destroy()
    },
  }
}
