import type { Checkpoint } from '../log/update-log.ts'
import { endOfStateFrame, type Frame, updateFrame } from '../sync/frames.ts'
import { joinUpdates, type Piece } from '../sync/join-updates.ts'

type Entry = { readonly seq: number; readonly piece: Piece }

/** Entries that are kept beside the checkpoint that holds them, for who comes back soon. */
const REMEMBERED = 256

/** What a room gives to who comes: a checkpoint and the entries after it, as bytes. One for every open dispatch. */
export class HandOut {
  #checkpointFrame: Frame | null = null
  #checkpointSeq = 0
  #lastSeq = 0
  /** The newest entries: all after the checkpoint, and some before it. */
  #tail: Entry[] | null = null
  /** What a newcomer gets; null when it is to be made anew. */
  #toNewcomer: Frame[] | null = null

  constructor(checkpoint: Checkpoint | null) {
    if (checkpoint === null) return
    this.#checkpointFrame = updateFrame(checkpoint.state)
    this.#checkpointSeq = this.#lastSeq = checkpoint.seq
  }
  /** Of the last entry. */
  get seq(): number {
    return this.#lastSeq
  }
  /** Entries after the checkpoint. */
  get tailLength(): number {
    return this.#lastSeq - this.#checkpointSeq
  }
  append(piece: Piece): void {
    this.#lastSeq += 1
    this.#tail ??= []
    this.#tail.push({ seq: this.#lastSeq, piece })
    this.#toNewcomer = null
  }
  replaceCheckpoint({ seq, state }: Checkpoint): void {
    this.#checkpointFrame = updateFrame(state)
    this.#checkpointSeq = seq
    this.#tail = this.#tail?.filter((entry) => entry.seq > Math.min(seq, this.#lastSeq - REMEMBERED)) ?? null
    this.#toNewcomer = null
  }
  /** Frames that bring one who has all entries up to `after`, 0 for none, to the last one; at the end they say so. */
  framesAfter(after: number): Frame[] {
    const firstKept = this.#tail?.[0]?.seq ?? this.#lastSeq + 1
    if (after > 0 && after <= this.#lastSeq && after + 1 >= firstKept)
      return [...framesOf(this.#piecesAfter(after)), endOfStateFrame(this.#lastSeq)]
    this.#toNewcomer ??= [
      ...(this.#checkpointFrame === null ? [] : [this.#checkpointFrame]),
      ...framesOf(this.#piecesAfter(this.#checkpointSeq)),
      endOfStateFrame(this.#lastSeq),
    ]
    return this.#toNewcomer
  }
  #piecesAfter(after: number): Piece[] {
    return this.#tail?.filter(({ seq }) => seq > after).map(({ piece }) => piece) ?? []
  }
}

/** As few frames as possible; the last one says how far the reader has come with it, where that is given. */
export const framesOf = (pieces: readonly Piece[], seq: number | null = null): Frame[] =>
  joinUpdates(pieces).map(({ update }, index, all) => updateFrame(update, index === all.length - 1 ? seq : null))
