import { WebSocket } from 'ws'
import type { GateServer } from './gate-server.ts'
import type { Closing } from './page.ts'

/** A bare socket, for what no client would send. */
export type Wire = Awaited<ReturnType<typeof openWire>>

export const openWire = async (server: Pick<GateServer, 'socketUrl'>, dispatch: string, token: string) => {
  const socket = new WebSocket(`${server.socketUrl}/${dispatch}`, { headers: { authorization: `Bearer ${token}` } })
  const frames: Uint8Array[] = []
  const listeners = new Set<() => void>()
  let closing: Closing | null = null
  socket.on('message', (data: Buffer) => {
    frames.push(Uint8Array.from(data))
    for (const listener of listeners) listener()
  })
  socket.on('close', (code, reason) => {
    closing = { code, reason: String(reason) }
    for (const listener of listeners) listener()
  })
  socket.on('error', () => {})
  await new Promise<void>((resolve) => socket.once('open', resolve).once('close', () => resolve()))

  /** Resolves when the condition holds or the socket is closed. */
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!holds() && closing === null) return
        listeners.delete(look)
        resolve()
      }
      listeners.add(look)
      look()
    })
  return {
    socket,
    frames,
    until,
    closing: () => closing,
    closed: async (): Promise<Closing> => {
      await until(() => false)
      return closing as unknown as Closing
    },
    send: (data: Uint8Array | string) => socket.send(data),
    close: () => socket.close(),
  }
}
