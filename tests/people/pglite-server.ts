import { createServer, type Socket } from 'node:net'
import type { PGlite } from '@electric-sql/pglite'

const TERMINATE = 'X'.charCodeAt(0)

/**
 * The one session of PGlite, spoken to by any number of sockets in turns. Whoever has begun a query or a transaction keeps
 * the others waiting until its end.
 */
export const servePglite = async (db: PGlite): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> => {
  const open = new Set<Socket>()
  let last: Promise<unknown> = Promise.resolve()
  const takeTurn = async (): Promise<() => void> => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const before = last
    last = promise
    await before
    return resolve
  }
  const server = createServer((socket) => {
    let [unread, isBegun] = [Buffer.alloc(0), false]
    let endTurn: (() => void) | null = null
    let work: Promise<unknown> = Promise.resolve()
    const say = async (message: Buffer) => {
      endTurn ??= await takeTurn()
      const answer = await db.execProtocolRaw(message)
      socket.write(answer)
      if (!isReady(answer)) return
      endTurn()
      endTurn = null
    }
    const leave = async () => {
      if (endTurn === null) return
      await db.exec('ROLLBACK')
      endTurn()
    }
    socket.on('data', (bytes) => {
      unread = Buffer.concat([unread, bytes])
      let end = 0
      for (;;) {
        // The first message has no byte for its kind.
        const kind = isBegun ? 1 : 0
        const size = unread.length < end + kind + 4 ? Number.POSITIVE_INFINITY : kind + unread.readUInt32BE(end + kind)
        if (unread.length < end + size) break
        if (isBegun && unread[end] === TERMINATE) return void socket.end()
        isBegun = true
        end += size
      }
      const messages = unread.subarray(0, end)
      unread = unread.subarray(end)
      if (end > 0) work = work.then(() => say(messages))
    })
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      open.delete(socket)
      work = work.then(leave)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('a server that listens has an address')
  return {
    port: address.port,
    stop: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      await last
    },
  }
}

/** Whether an answer ends with "ready for query", outside of a transaction. */
const isReady = (answer: Uint8Array): boolean =>
  Buffer.from(answer.subarray(-6)).equals(Buffer.from([0x5a, 0, 0, 0, 5, 'I'.charCodeAt(0)]))
