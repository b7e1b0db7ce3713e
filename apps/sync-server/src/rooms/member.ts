import type { Frame } from '../sync/frames.ts'

/** A connection as its room sees it. */
export type Member = {
  /** Entries committed, up to `seq`: the frames of those by others. */
  readonly relay: (frames: readonly Frame[], seq: number) => void
  /** What may be missed: presence. */
  readonly mention: (frame: Frame) => void
  /** The first `count` content messages of this member are committed. */
  readonly saved: (count: number) => void
  /** The log refused what someone sent: nobody may believe what this room held in memory. */
  readonly notSaved: (reason: string) => void
}
