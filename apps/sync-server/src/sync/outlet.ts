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
export const createOutlet = ({ socket, clock, room, onCaughtUp, onTooSlow }: Needs): Outlet => {
  /** The last entry that was sent. */
  let heard = 0
  let hasHandedOut = false
  let isBehind = false
  let isStopped = false
  /** Bytes of the last hand-out: a dispatch larger than the limits must still be able to leave. */
  let handedOut = 0
  let cancelLook: (() => void) | null = null

  const stop = () => {
    isStopped = true
    cancelLook?.()
  }
  const cut = () => {
    stop()
    onTooSlow()
  }
  const watch = () => {
    if (cancelLook !== null || socket.bufferedAmount <= BEHIND) return
    look(socket.bufferedAmount, clock.now())
  }
  const look = (least: number, since: number) => {
    cancelLook = clock.after(LOOK_EVERY, () => {
      cancelLook = null
      const waiting = socket.bufferedAmount
      if (waiting <= BEHIND / 2) return caughtUp()
      if (waiting < least) return look(waiting, clock.now())
      if (clock.now() - since >= MUTE) return cut()
      look(least, since)
    })
  }
  const caughtUp = () => {
    handedOut = 0
    if (!isBehind) return
    isBehind = false
    handOut(heard)
    if (!isStopped) onCaughtUp()
  }
  const send = (frames: readonly Frame[]) => {
    if (isStopped) return
    if (socket.bufferedAmount > FAR_BEHIND + handedOut) return cut()
    for (const frame of frames) socket.send(frame)
    watch()
  }
  const handOut = (after: number) => {
    const frames = room.handOut(after)
    heard = room.seq()
    hasHandedOut = true
    send(frames)
    handedOut = frames.reduce((sum, frame) => sum + frame.length, 0)
  }
  const mayPass = (): boolean => {
    if (!isBehind && socket.bufferedAmount > BEHIND + handedOut) {
      isBehind = true
      watch()
    }
    return !isBehind
  }
  return {
    send,
    relay: (frames, seq) => {
      if (!mayPass()) return
      heard = seq
      if (frames.length > 0) send(frames)
    },
    mention: (frame) => {
      if (mayPass()) send([frame])
    },
    handOut: (after = 0) => handOut(after),
    heard: () => (hasHandedOut && !isBehind ? heard : null),
    stop,
  }
}
