import type { WebSocket } from 'ws'
import type { Clock } from '../clock.ts'
import type { Frame } from './frames.ts'
import { BEHIND, FAR_BEHIND, MUTE } from './limits.ts'

/** What goes out over one socket, and what becomes of a reader who does not keep up. */
export type Outlet = {
  /** Sent whatever waits: what was asked for. */
  readonly send: (frames: readonly Frame[]) => void
  /** Entries of the log up to `seq`, as they are committed. Not sent to one who is behind. */
  readonly relay: (frames: readonly Frame[], seq: number) => void
  /** Passing news that one who is behind can do without. */
  readonly mention: (frame: Frame) => void
  /** All that is committed, or what came after an entry. */
  readonly handOut: (after?: number) => void
  /** The entry up to which all has been sent; null while nothing has been handed out, or for one who is behind. */
  readonly heard: () => number | null
  readonly stop: () => void
}

type Needs = {
  readonly socket: Pick<WebSocket, 'send' | 'bufferedAmount'>
  readonly clock: Clock
  readonly room: { readonly handOut: (after?: number) => Frame[]; readonly seq: () => number }
  /** After one was behind: what was only mentioned meanwhile. */
  readonly onCaughtUp: () => void
  readonly onTooSlow: () => void
}

const LOOK_EVERY = 500

/**
 * Above 1 MiB of waiting bytes the entries that follow stay in the room; when the reader has taken most of it, one hand-out
 * brings what was missed. So a slow reader costs the server a bounded amount, and a mute one is cut.
 */
export const createOutlet = (needs: Needs): Outlet => new SocketOutlet(needs)

/** A class, since every connection has one. */
class SocketOutlet implements Outlet {
  readonly #needs: Needs
  /** The last entry that was sent. */
  #heard = 0
  #hasHandedOut = false
  #isBehind = false
  #isStopped = false
  /** Bytes of the last hand-out: a dispatch larger than the limits must still be able to leave. */
  #handedOut = 0
  #cancelLook: (() => void) | null = null

  constructor(needs: Needs) {
    this.#needs = needs
  }
  send(frames: readonly Frame[]) {
    if (this.#isStopped) return
    const { socket } = this.#needs
    if (socket.bufferedAmount > FAR_BEHIND + this.#handedOut) return this.#cut()
    for (const frame of frames) socket.send(frame)
    this.#watch()
  }
  relay(frames: readonly Frame[], seq: number): void {
    if (!this.#mayPass()) return
    this.#heard = seq
    if (frames.length > 0) this.send(frames)
  }
  mention(frame: Frame): void {
    if (this.#mayPass()) this.send([frame])
  }
  handOut(after = 0): void {
    const { room } = this.#needs
    const frames = room.handOut(after)
    this.#heard = room.seq()
    this.#hasHandedOut = true
    this.send(frames)
    this.#handedOut = frames.reduce((sum, frame) => sum + frame.length, 0)
  }
  heard(): number | null {
    return this.#hasHandedOut && !this.#isBehind ? this.#heard : null
  }
  stop(): void {
    this.#isStopped = true
    this.#cancelLook?.()
  }
  #cut() {
    this.stop()
    this.#needs.onTooSlow()
  }
  #mayPass(): boolean {
    if (!this.#isBehind && this.#needs.socket.bufferedAmount > BEHIND + this.#handedOut) {
      this.#isBehind = true
      this.#watch()
    }
    return !this.#isBehind
  }
  #watch() {
    const { socket, clock } = this.#needs
    if (this.#cancelLook !== null || socket.bufferedAmount <= BEHIND) return
    this.#look(socket.bufferedAmount, clock.now())
  }
  #look(least: number, since: number) {
    const { socket, clock } = this.#needs
    this.#cancelLook = clock.after(LOOK_EVERY, () => {
      this.#cancelLook = null
      const waiting = socket.bufferedAmount
      if (waiting <= BEHIND / 2) return this.#caughtUp()
      if (waiting < least) return this.#look(waiting, clock.now())
      if (clock.now() - since >= MUTE) return this.#cut()
      this.#look(least, since)
    })
  }
  #caughtUp() {
    this.#handedOut = 0
    if (!this.#isBehind) return
    this.#isBehind = false
    this.handOut(this.#heard)
    if (!this.#isStopped) this.#needs.onCaughtUp()
  }
}
