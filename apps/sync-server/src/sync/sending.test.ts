import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createSending } from './sending.ts'

let server: WebSocketServer
beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
  await once(server, 'listening')
})
afterAll(() => void server.close())

const pair = async () => {
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const [socket, request] = (await once(server, 'connection')) as [WebSocket, { socket: Socket }]
  const received: Buffer[] = []
  client.on('message', (data: Buffer) => received.push(data))
  return { client, socket, stream: request.socket, received }
}

test('V1: what is sent within a tick arrives whole and in order, at every length of a frame’s head, and before the close', async () => {
  const sending = createSending()
  const desks = [await pair(), await pair()] as const
  const messages = [0, 1, 125, 126, 127, 4_095, 65_535, 65_536, 300_000, 3].map((size, nth) => new Uint8Array(size).fill(nth + 1))
  for (const { socket, stream } of desks) sending(socket, stream)
  for (const message of messages) for (const { socket } of desks) socket.send(message)
  const closed = desks.map(({ client }) => once(client, 'close'))
  for (const { socket } of desks) socket.close(1012, 'the server restarts')
  expect((await Promise.all(closed)).map(([code]) => code)).toEqual([1012, 1012])
  for (const { received } of desks) expect(received.map((data) => Uint8Array.from(data))).toEqual(messages)
})
