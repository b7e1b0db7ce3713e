import type { Clock } from '../clock.ts'
import type { Piece } from '../sync/join-updates.ts'
import { framesOf } from './hand-out.ts'
import type { Member } from './member.ts'

/** A committed entry, and who need not be told of it. */
export type Sent = { readonly sender: Member; readonly piece: Piece }

/**
 * So many readers are worth an entry's wait: what is shown costs a write to each of them, however much it holds, so with fifty
 * four entries go together. Up to this many readers nothing waits.
 */
const READERS_AN_ENTRY = 12
/** Milliseconds that an entry waits for others at most: half of what a screen takes to show it. */
const WAIT = 8

/** Shows the members of a room what is committed. */
export class FanOut {
  readonly #members: ReadonlySet<Member>
  readonly #clock: Pick<Clock, 'after'>
  #waiting: Sent[] | null = null
  /** Of the last entry that waits. */
  #seq = 0
  #cancelWait: (() => void) | null = null

  constructor(members: ReadonlySet<Member>, clock: Pick<Clock, 'after'>) {
    this.#members = members
    this.#clock = clock
  }
  /** Entries up to `seq`, in order, as they are committed. */
  add(sent: readonly Sent[], seq: number): void {
    this.#seq = seq
    if (this.#waiting === null) this.#waiting = [...sent]
    else this.#waiting.push(...sent)
    if (this.#waiting.length * READERS_AN_ENTRY >= this.#members.size) this.flush()
    else this.#cancelWait ??= this.#clock.after(WAIT, () => this.flush())
  }
  flush(): void {
    this.#cancelWait?.()
    this.#cancelWait = null
    if (this.#waiting === null) return
    const sent = this.#waiting
    this.#waiting = null
    const senders = new Set(sent.map(({ sender }) => sender))
    const framesFor = (member: Member | null) =>
      framesOf(
        sent.flatMap(({ sender, piece }) => (sender === member ? [] : [piece])),
        this.#seq,
      )
    const forAll = framesFor(null)
    for (const member of this.#members) member.relay(senders.has(member) ? framesFor(member) : forAll, this.#seq)
  }
}
