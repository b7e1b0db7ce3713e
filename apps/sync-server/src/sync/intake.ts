import type { WebSocket } from 'ws'
import type { Clock } from '../clock.ts'
import type { Bucket } from './bucket.ts'
import { PATIENCE } from './limits.ts'

/** What comes in over one socket, in order and at the rates that are allowed. */
export type Intake = {
  readonly receive: (data: Uint8Array) => void
  /** Nothing more is handled until all who hold let go: what follows may rest on what is being looked into. */
  readonly hold: () => () => void
  readonly stop: () => void
}

type Needs = {
  readonly socket: Pick<WebSocket, 'pause' | 'resume'>
  readonly clock: Clock
  readonly own: Bucket
  readonly shared: readonly Bucket[]
  readonly handle: (data: Uint8Array) => void
  readonly onTooMany: () => void
}

/** One waits for several messages at a time. */
const LEAST_WAIT = 50
/** Below this a bucket counts as empty. */
const NEARLY_EMPTY = 0.1

/**
 * A sender over its rate is read more slowly, so that TCP slows it down. One who is over its own rate for long has a backlog on
 * its side that would take ever longer: it is closed, and comes back with all of it in one message.
 */
export const createIntake = ({ socket, clock, own, shared, handle, onTooMany }: Needs): Intake => {
  let queue: Uint8Array[] = []
  let next = 0
  let holds = 0
  let isPaused = false
  let cancelWait: (() => void) | null = null
  let isStopped = false
  let overSince: number | null = null

  const pause = () => {
    if (isPaused) return
    isPaused = true
    socket.pause()
  }
  const waitFor = (bytes: number): number => {
    const ownWait = own.wait(bytes)
    if (ownWait > 0) overSince ??= clock.now()
    else if (own.fullness() > NEARLY_EMPTY) overSince = null
    return shared.reduce((longest, bucket) => Math.max(longest, bucket.wait(bytes)), ownWait)
  }
  const work = () => {
    while (!isStopped && holds === 0 && cancelWait === null && next < queue.length) {
      const data = queue[next] as Uint8Array
      const wait = waitFor(data.length)
      if (wait > 0) {
        if (overSince !== null && clock.now() - overSince > PATIENCE) return onTooMany()
        pause()
        cancelWait = clock.after(Math.max(wait, LEAST_WAIT), () => {
          cancelWait = null
          work()
        })
        return
      }
      own.take(data.length)
      for (const bucket of shared) bucket.take(data.length)
      next += 1
      handle(data)
    }
    if (isStopped || holds > 0 || cancelWait !== null) return
    queue = []
    next = 0
    if (!isPaused) return
    isPaused = false
    socket.resume()
  }

  return {
    receive: (data) => {
      if (isStopped) return
      queue.push(data)
      // Within `handle` the loop goes on by itself.
      if (queue.length - next === 1 && holds === 0 && cancelWait === null) work()
    },
    hold: () => {
      holds += 1
      pause()
      return () => {
        holds -= 1
        work()
      }
    },
    stop: () => {
      isStopped = true
      cancelWait?.()
      queue = []
      // A paused socket would never read that the other side has closed too.
      if (isPaused) socket.resume()
    },
  }
}
