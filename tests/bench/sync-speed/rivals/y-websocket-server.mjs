import { createServer } from 'node:http'
import { setPersistence, setupWSConnection } from '@y/websocket-server/utils'
import { WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { storedState } from './stored-state.mjs'

setPersistence({
  provider: null,
  bindState: (name, doc) => {
    const state = storedState(name)
    if (state) Y.applyUpdate(doc, state)
  },
  writeState: async () => {},
})
const sockets = new WebSocketServer({ noServer: true })
const server = createServer()
server.on('upgrade', (request, stream, head) =>
  sockets.handleUpgrade(request, stream, head, (socket) => setupWSConnection(socket, request)),
)
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'))
