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
export const createIntake = (needs: Needs): Intake => new SocketIntake(needs)

/** A class, since every connection has one. */
class SocketIntake implements Intake {
  readonly #needs: Needs
  /** What waits, from `#next` on; null while nothing does. */
  #queue: Uint8Array[] | null = null
  #next = 0
  #holds = 0
  #isPaused = false
  #cancelWait: (() => void) | null = null
  #isStopped = false
  #overSince: number | null = null

  constructor(needs: Needs) {
    this.#needs = needs
  }
  receive(data: Uint8Array): void {
    if (this.#isStopped) return
    this.#queue ??= []
    this.#queue.push(data)
    // Within `handle` the loop goes on by itself.
    if (this.#queue.length - this.#next === 1 && this.#holds === 0 && this.#cancelWait === null) this.#work()
  }
  hold(): () => void {
    this.#holds += 1
    this.#pause()
    return () => {
      this.#holds -= 1
      this.#work()
    }
  }
  stop(): void {
    this.#isStopped = true
    this.#cancelWait?.()
    this.#queue = null
    // A paused socket would never read that the other side has closed too.
    if (this.#isPaused) this.#needs.socket.resume()
  }
  #work() {
    const { own, shared, clock, handle, onTooMany, socket } = this.#needs
    while (!this.#isStopped && this.#holds === 0 && this.#cancelWait === null && this.#queue !== null) {
      const data = this.#queue[this.#next]
      if (data === undefined) break
      const wait = this.#waitFor(data.length)
      if (wait > 0) {
        if (this.#overSince !== null && clock.now() - this.#overSince > PATIENCE) return onTooMany()
        this.#pause()
        this.#cancelWait = clock.after(Math.max(wait, LEAST_WAIT), () => {
          this.#cancelWait = null
          this.#work()
        })
        return
      }
      own.take(data.length)
      for (const bucket of shared) bucket.take(data.length)
      this.#next += 1
      handle(data)
    }
    if (this.#isStopped || this.#holds > 0 || this.#cancelWait !== null) return
    this.#queue = null
    this.#next = 0
    if (!this.#isPaused) return
    this.#isPaused = false
    socket.resume()
  }
  #waitFor(bytes: number): number {
    const { own, shared, clock } = this.#needs
    const ownWait = own.wait(bytes)
    if (ownWait > 0) this.#overSince ??= clock.now()
    else if (own.fullness() > NEARLY_EMPTY) this.#overSince = null
    return shared.reduce((longest, bucket) => Math.max(longest, bucket.wait(bytes)), ownWait)
  }
  #pause() {
    if (this.#isPaused) return
    this.#isPaused = true
    this.#needs.socket.pause()
  }
}
