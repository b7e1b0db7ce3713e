import { Server } from '@hocuspocus/server'
import * as Y from 'yjs'
import { storedState } from './stored-state.mjs'

const server = new Server({
  port: Number(process.env.PORT),
  address: '127.0.0.1',
  quiet: true,
  onLoadDocument: async ({ documentName, document }) => {
    const state = storedState(documentName)
    if (state) Y.applyUpdate(document, state)
  },
})
await server.listen()
console.log('ready')
