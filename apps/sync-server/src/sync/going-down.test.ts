import { CloseCode, MessageType } from '@stet/schema/contract/sync'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { eventually } from '../eventually.ts'
import type { UpdateLog } from '../log/update-log.ts'
import { createManualClock } from '../manual-clock.ts'
import { startTestServer } from '../test-server.ts'
import { savedFrame, updateFrame } from './frames.ts'

test('V14: a server that goes down stores and acknowledges what has come in before it sends anyone away', async () => {
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  let asked = 0
  const held = (log: UpdateLog): UpdateLog => ({
    ...log,
    append: async (...args) => {
      asked += 1
      await gate
      return log.append(...args)
    },
  })
  const server = await startTestServer({ wrapLog: held })
  const id = await server.createDispatch()
  const socket = server.openSocket(id)
  const heard: (Uint8Array | number)[] = []
  socket.on('message', (data: Buffer) => heard.push(Uint8Array.from(data)))
  const closed = new Promise<void>((resolve) =>
    socket.once('close', (code) => {
      heard.push(code)
      resolve()
    }),
  )
  await new Promise((resolve) => socket.once('open', resolve))
  socket.send(Uint8Array.of(MessageType.saved))
  const doc = new Y.Doc()
  doc.getText('body').insert(0, 'the last word')
  socket.send(updateFrame(Y.encodeStateAsUpdate(doc)))
  await eventually(() => expect(asked).toBe(1))
  const stopped = server.stop()
  release()
  await closed
  expect(heard.slice(-2)).toEqual([savedFrame(1), CloseCode.goingDown])
  await stopped
})

test('a socket whose other end has gone without a word is ended by the second unanswered ping, and its presence with it', async () => {
  const clock = createManualClock()
  const server = await startTestServer({ clock })
  const id = await server.createDispatch()
  const ada = server.connect(id)
  const silent = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${id}`, {
    headers: { authorization: `Bearer ${server.token}` },
    autoPong: false,
  })
  await new Promise((resolve) => silent.once('open', resolve))
  const state = JSON.stringify({ field: 'title' })
  silent.send(Uint8Array.of(1, state.length + 4, 1, 77, 1, state.length, ...Buffer.from(state)))
  await eventually(() => expect(ada.provider.awareness.getStates().has(77)).toBe(true))
  const ended = new Promise<number>((resolve) => silent.once('close', resolve))
  const pinged = new Promise((resolve) => silent.once('ping', resolve))
  clock.advance(30_000)
  await pinged
  clock.advance(30_000)
  expect(await ended).toBe(1006)
  await eventually(() => expect(ada.provider.awareness.getStates().has(77)).toBe(false))
  ada.provider.destroy()
  await server.stop()
})
