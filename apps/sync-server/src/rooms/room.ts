import type { Clock } from '../clock.ts'
import type { Checkpoint, Damage, Epoch, LogFault, Stored, UpdateLog } from '../log/update-log.ts'
import { type ClientIds, createClientIds } from '../sync/client-ids.ts'
import type { Frame } from '../sync/frames.ts'
import { createHeld, type Held } from '../sync/held.ts'
import type { Piece } from '../sync/join-updates.ts'
import { createPresence, type Presence } from '../sync/presence.ts'
import { type Scan, scanUpdate } from '../sync/scan-update.ts'
import { FanOut } from './fan-out.ts'
import { HandOut } from './hand-out.ts'
import type { Member } from './member.ts'

/** `count`: the how manieth content message of its sender this is. `news` null: it said nothing new. */
export type Submission = {
  readonly sender: Member
  readonly count: number
  readonly news: { readonly update: Uint8Array; readonly scan: Scan; readonly author: string } | null
}

export type Room = {
  readonly id: string
  readonly epoch: Epoch | null
  /** A damaged room shows its last sound state, and what is submitted to it is refused. */
  readonly damage: Damage | null
  /** What has been let through the gate, committed or about to be. */
  readonly held: Held
  readonly clientIds: ClientIds<Member>
  readonly presence: Presence<Member>
  readonly members: ReadonlySet<Member>
  readonly join: (member: Member) => void
  readonly leave: (member: Member) => void
  /** Frames that bring a newcomer, or one who has all entries up to `after`, up to what is committed; at the end it says so. */
  readonly handOut: (after?: number) => Frame[]
  /** Of the last committed entry. */
  readonly seq: () => number
  /** Store first: what is submitted is shown to others and acknowledged after its commit, in the order submitted. */
  readonly submit: (submission: Submission) => void
  /** Entries after the checkpoint. */
  readonly tailLength: () => number
  readonly replaceCheckpoint: (checkpoint: Checkpoint) => void
  /** Resolves when nothing submitted waits for its commit, or to be shown. */
  readonly drained: () => Promise<void>
}

export type RoomEvents = {
  readonly onCommitted: (room: Room) => void
  readonly onFailed: (room: Room, fault: LogFault) => void
}

type Contents = { readonly id: string; readonly epoch: Epoch | null; readonly stored: Stored }

/** A room is bytes: what it hands out, what that holds by clocks, and the connections. */
export const createRoom = (contents: Contents, log: UpdateLog, clock: Pick<Clock, 'after'>, events: RoomEvents): Room =>
  new BytesRoom(contents, log, clock, events)

/** A class, since there is one for every open dispatch, and most are quiet. */
class BytesRoom implements Room {
  readonly id: string
  readonly epoch: Epoch | null
  readonly damage: Damage | null
  readonly held: Held
  readonly clientIds = createClientIds<Member>()
  readonly presence = createPresence(this.clientIds)
  readonly members = new Set<Member>()
  readonly #log: UpdateLog
  readonly #events: RoomEvents
  readonly #handOut: HandOut
  readonly #fanOut: FanOut
  #waiting: Submission[] | null = null
  #committing: Promise<void> | null = null
  #failed = false

  constructor({ id, epoch, stored }: Contents, log: UpdateLog, clock: Pick<Clock, 'after'>, events: RoomEvents) {
    this.id = id
    this.epoch = epoch
    this.damage = stored.damage
    this.#log = log
    this.#events = events
    this.held = createHeld(stored.checkpoint?.holdings)
    this.#handOut = new HandOut(stored.checkpoint)
    this.#fanOut = new FanOut(this.members, clock)
    for (const { update } of stored.rows) this.#handOut.append(holdStored(id, this.held, update))
  }
  join(member: Member): void {
    this.members.add(member)
  }
  leave(member: Member): void {
    this.members.delete(member)
  }
  handOut(after = 0): Frame[] {
    return this.#handOut.framesAfter(after)
  }
  seq(): number {
    return this.#handOut.seq
  }
  tailLength(): number {
    return this.#handOut.tailLength
  }
  replaceCheckpoint(checkpoint: Checkpoint): void {
    this.#handOut.replaceCheckpoint(checkpoint)
  }
  submit(submission: Submission): void {
    if (this.#failed) return
    if (submission.news !== null) this.held.add(submission.news.scan)
    this.#waiting ??= []
    this.#waiting.push(submission)
    this.#committing ??= this.#commitAll()
  }
  async drained(): Promise<void> {
    while (this.#committing !== null) await this.#committing
    this.#fanOut.flush()
  }
  async #commitAll(): Promise<void> {
    // Never done before `#committing` holds this very promise; and what one tick submits goes together.
    await null
    while (this.#waiting !== null && !this.#failed) {
      const batch = this.#waiting
      this.#waiting = null
      const news = batch.flatMap(({ sender, news }) => (news === null ? [] : [{ sender, ...news }]))
      if (news.length > 0) {
        const outcome = await this.#log.append(
          this.id,
          news.map(({ update, author }) => ({ update, author })),
        )
        if (!outcome.ok) return this.#fail(outcome)
        const pieces = news.map(({ sender, update, scan }) => ({ sender, piece: pieceOf(update, scan) }))
        for (const { piece } of pieces) this.#handOut.append(piece)
        this.#fanOut.add(pieces, this.seq())
      }
      for (const [sender, count] of new Map(batch.map((submission) => [submission.sender, submission.count]))) sender.saved(count)
      if (news.length > 0) this.#events.onCommitted(this)
    }
    this.#committing = null
  }
  #fail(fault: LogFault): void {
    this.#failed = true
    this.#committing = null
    this.#events.onFailed(this, fault)
    for (const member of [...this.members]) member.notSaved(WHY_NOT_SAVED[fault.fault])
  }
}

const WHY_NOT_SAVED: Record<LogFault['fault'], string> = {
  full: 'the server has no space left',
  damaged: 'this dispatch is damaged on the server',
  broken: 'the server could not store it',
  closed: 'the server is going down',
}

const pieceOf = (update: Uint8Array, { inserts, deletes, isSeamless }: Scan): Piece => ({
  update,
  inserts,
  deletes,
  isSeamless,
})

/** What is stored has been through the gate before; what does not fit now is damage. */
const holdStored = (id: string, held: Held, update: Uint8Array): Piece => {
  const scan = scanUpdate(update, held)
  if (!scan.ok) throw new Error(`room ${id}: a stored update cannot be read: ${scan.reason}`)
  held.add(scan)
  return pieceOf(update, scan)
}
