import { may } from '@stet/schema/contract/people'
import { CloseCode, type CloseName, type Heard, MessageType } from '@stet/schema/contract/sync'
import type { WebSocket } from 'ws'
import type { Identity } from '../access/access.ts'
import type { Clock } from '../clock.ts'
import type { Member } from '../rooms/member.ts'
import type { Room, Submission } from '../rooms/room.ts'
import { type Bucket, createBucket } from './bucket.ts'
import { type ByteReader, createByteReader, Refusal } from './byte-reader.ts'
import { epochFrame, type Frame, SyncStep, savedFrame, stateVectorFrame } from './frames.ts'
import { createIntake, type Intake } from './intake.ts'
import { LARGE, PRESENCE } from './limits.ts'
import { createOutlet, type Outlet } from './outlet.ts'
import { type Scan, scanUpdate } from './scan-update.ts'
import { clockIn } from './state-vector.ts'

/** `repeats`: the client id under which the update says again what the room holds already. */
export type Inspect = (
  room: Room,
  update: Uint8Array,
  repeats: number | null,
) => Promise<{ ok: true } | { ok: false; closing: CloseName; reason: string }>

export type Connection = {
  readonly identity: Identity
  readonly receive: (data: Uint8Array, isBinary: boolean) => void
  readonly left: () => void
  readonly close: (code: number, reason: string) => void
}

type Needs = {
  readonly socket: WebSocket
  readonly room: Room
  readonly identity: Identity
  /** Whether it asked to be told which dispatch this is, and how it stands. */
  readonly wantsEpoch: boolean
  /** What it says to have of the log already. */
  readonly heard: Heard | null
  readonly clock: Clock
  readonly rates: { readonly own: Bucket; readonly shared: readonly Bucket[] }
  readonly inspect: Inspect
  readonly onRefused: (code: number, reason: string) => void
}

/** Milliseconds that an owner has to write what somebody else brought already, and between two looks. */
const OWNER_TIME = 3_000
const OWNER_LOOK = 100
/** Milliseconds in which a client is to send what is missing. */
const ANSWER_TIME = 5_000
const ASK_AGAIN = 1_000

/** One socket in one room: reads the y-websocket protocol from bytes. A fault closes this socket and touches no other. */
export const createConnection = (needs: Needs): Connection => new SocketConnection(needs)

/** A class, since most connections are quiet, and their number is what a server is measured by. */
class SocketConnection implements Connection, Member {
  readonly identity: Identity
  readonly #needs: Needs
  readonly #intake: Intake
  readonly #outlet: Outlet
  readonly #mayWrite: boolean
  #contentCount = 0
  #saved = 0
  #wantsSaved = false
  #closed = false
  #asked: { readonly savedUpTo: number; readonly until: number; cancel: (() => void) | null } | null = null
  /** The state vector of the last step 1, until it is known which client id is this connection's own. */
  #stated: Uint8Array | null = null
  /** The entry up to which the client says to have all. */
  #after: number
  #cancelOwnerWait: (() => void) | null = null
  #cancelMention: (() => void) | null = null
  #presenceRate: Bucket | null = null

  constructor(needs: Needs) {
    const { socket, clock, room, identity, wantsEpoch, heard, rates } = needs
    this.identity = identity
    this.#needs = needs
    this.#mayWrite = may(identity.person, 'write')
    this.#after = heard !== null && heard.epoch === room.epoch?.epoch ? heard.seq : 0
    this.#outlet = createOutlet({
      socket,
      clock,
      room,
      onCaughtUp: () => this.#sendEveryone(),
      onTooSlow: () => this.#cut(),
    })
    this.#intake = createIntake({
      socket,
      clock,
      ...rates,
      handle: (data) => this.#handle(data),
      onTooMany: () => this.#refuse('tooMany', 'too many messages; connect again and send all you have in one step 2'),
    })
    room.join(this)
    // Before anything that a client would answer with its content.
    if (wantsEpoch) this.#outlet.send([epochFrame(room)])
    this.#outlet.send([stateVectorFrame(room.held.stateVector)])
    this.#sendEveryone()
  }

  receive(data: Uint8Array, isBinary: boolean): void {
    if (this.#closed) return
    if (isBinary) this.#intake.receive(data)
    else this.#refuse('badMessage', 'messages are binary')
  }
  left(): void {
    const { room } = this.#needs
    this.#closed = true
    this.#intake.stop()
    this.#outlet.stop()
    this.#cancelMention?.()
    this.#cancelOwnerWait?.()
    this.#asked?.cancel?.()
    room.leave(this)
    const goodbye = room.presence.leave(this)
    if (goodbye !== null) for (const other of room.members) other.mention(goodbye)
    room.clientIds.leave(this)
  }
  close(code: number, reason: string): void {
    if (this.#closed) return
    this.#closed = true
    this.#intake.stop()
    this.#outlet.stop()
    this.#needs.socket.close(code, reason.slice(0, 120))
  }
  #refuse(closing: CloseName, reason: string) {
    if (this.#closed) return
    this.#needs.onRefused(CloseCode[closing], reason)
    this.close(CloseCode[closing], reason)
  }
  #cut() {
    if (this.#closed) return
    this.#closed = true
    this.#intake.stop()
    this.#needs.onRefused(CloseCode.tooSlow, 'the reader does not keep up')
    this.#needs.socket.terminate()
  }

  relay(frames: readonly Frame[], seq: number): void {
    this.#outlet.relay(frames, seq)
  }
  mention(frame: Frame): void {
    this.#outlet.mention(frame)
  }
  saved(count: number): void {
    this.#saved = count
    if (this.#wantsSaved) this.#outlet.send([savedFrame(count, this.#outlet.heard())])
  }
  notSaved(reason: string): void {
    this.close(CloseCode.notSaved, `not saved: ${reason}; your changes stay with you until it can`)
  }

  #handle(data: Uint8Array) {
    if (this.#closed) return
    try {
      const reader = createByteReader(data)
      const type = reader.varUint()
      if (type === MessageType.sync) this.#receiveSync(reader)
      else if (type === MessageType.awareness) this.#receivePresence(reader)
      else if (type === MessageType.queryAwareness) {
        endOf(reader)
        this.#sendEveryone()
      } else if (type === MessageType.saved) {
        endOf(reader)
        this.#wantsSaved = true
        this.#outlet.send([savedFrame(this.#saved, this.#outlet.heard())])
      } else this.#refuse('badMessage', `there is no message type ${type}`)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.#refuse('badMessage', `the message cannot be read: ${error.message}`)
    }
  }
  #sendEveryone() {
    const everyone = this.#needs.room.presence.everyone()
    if (everyone !== null) this.#outlet.send([everyone])
  }

  #receiveSync(reader: ByteReader) {
    const step = reader.varUint()
    const from = reader.skipChunk()
    const payload = reader.bytes.subarray(from, reader.position())
    endOf(reader)
    if (step === SyncStep.one) {
      this.#stated = payload
      this.#compareOwnClock()
      // Once only: who asks again wants the whole.
      this.#outlet.handOut(this.#after)
      this.#after = 0
    } else if (step === SyncStep.two || step === SyncStep.update) {
      this.#contentCount += 1
      this.#takeContent(step, payload, this.#contentCount, this.#needs.clock.now() + OWNER_TIME)
    } else this.#refuse('badMessage', `there is no sync message ${step}`)
  }
  #takeContent(step: number, update: Uint8Array, count: number, ownersUntil: number) {
    const { room, clock, inspect } = this.#needs
    const { person } = this.identity
    const scan = scanUpdate(update, room.held)
    if (!scan.ok) {
      if (scan.fault === 'missing') return this.#askForMissing(count, scan.reason)
      return this.#refuse('badMessage', `not a sound update: ${scan.reason}`)
    }
    if (scan.breach !== null) return this.#refuse('badMessage', `not an update of a dispatch: ${scan.breach}`)
    const isNews = room.held.isNews(scan)
    if (isNews && !this.#mayWrite) {
      // A reader's step 2 repeats deletions it has heard of; those it only seems to make are not taken either.
      if (step !== SyncStep.two || room.held.hasNewStructs(scan))
        return this.#refuse('readOnly', 'you may read this dispatch but not change it')
    }
    const submit = (news: Submission['news']) => room.submit({ sender: this, count: this.#acknowledgeable(step, count), news })
    if (!this.#mayWrite) return submit(null)
    if (isNews && room.damage !== null)
      return this.#refuse('damaged', 'this dispatch is damaged on the server: it can be read, not changed, until it is repaired')
    const foreign = scan.inserts.find(({ client, clock, length }) => !this.#mayBring(client, clock + length))
    if (foreign !== undefined) {
      if (clock.now() >= ownersUntil)
        return this.#refuse(
          'idInUse',
          `client id ${foreign.client} belongs to another connection, which has not written that far`,
        )
      const release = this.#intake.hold()
      this.#cancelOwnerWait = clock.after(OWNER_LOOK, () => {
        this.#takeContent(step, update, count, ownersUntil)
        release()
      })
      return
    }
    const repeats = this.#repeatsOfOwn(scan)
    // A copy: the bytes lie in a larger piece of what the socket read, which would be kept, and cloned for the log, with them.
    const news = isNews ? { update: new Uint8Array(update), scan, author: person.id } : null
    if (repeats === null && !(isNews && isLarge(update, scan, room))) return submit(news)
    const release = this.#intake.hold()
    void inspect(room, update, repeats).then((verdict) => {
      if (this.#closed) return
      if (!verdict.ok) return this.#refuse(verdict.closing, verdict.reason)
      submit(news)
      release()
    })
  }
  /**
   * Two tabs tell each other without the server, so what one writes may rest on what the other has yet to send. The client is
   * asked for all it has that the room has not; until this step 2 is here, nothing from the first such message on counts as
   * saved.
   */
  #askForMissing(count: number, reason: string) {
    const { clock, room } = this.#needs
    this.#asked ??= { savedUpTo: count - 1, until: clock.now() + ANSWER_TIME, cancel: null }
    if (this.#asked.cancel !== null) return
    if (clock.now() >= this.#asked.until)
      return this.#refuse('notSaved', `something is missing here: ${reason}; connect again and send all you have`)
    this.#outlet.send([stateVectorFrame(room.held.stateVector)])
    // A tab that has just opened may not have heard all from the other itself.
    this.#asked.cancel = clock.after(ASK_AGAIN, () => {
      if (this.#asked === null) return
      this.#asked.cancel = null
      this.#askForMissing(count, reason)
    })
  }
  #acknowledgeable(step: number, count: number): number {
    if (this.#asked === null) return count
    if (step !== SyncStep.two) return this.#asked.savedUpTo
    this.#asked.cancel?.()
    this.#asked = null
    return count
  }

  /** Clients that also reach each other by other ways bring an owner's words here before the owner does. */
  #mayBring(client: number, end: number): boolean {
    const { room } = this.#needs
    return end <= (room.held.stateVector.get(client) ?? 0) || room.clientIds.mayBring(this, this.identity.person, client, end)
  }
  /**
   * Under its own id a connection says each thing once: what it says again is the same, after a lost acknowledgement, or
   * two pages write under one id. A worker finds out. Also notes how far the owner has come.
   */
  #repeatsOfOwn({ inserts }: Scan): number | null {
    const { room } = this.#needs
    const own = room.clientIds.ofMember(this)
    if (own === null) return null
    for (const { client, clock, length } of inserts) {
      if (client !== own) continue
      room.clientIds.reached(this, clock + length)
      return clock < (room.held.stateVector.get(own) ?? 0) ? own : null
    }
    return null
  }
  /**
   * A connection cannot hold less under its own id than the room does, unless somebody else has written under it, or another
   * of the same person's tabs was quicker to bring it. It is asked for all it has under that id, and a worker compares.
   */
  #compareOwnClock() {
    const { room } = this.#needs
    const own = room.clientIds.ofMember(this)
    if (this.#stated === null) return
    const clock = clockIn(this.#stated, own)
    if (own === null) return
    this.#stated = null
    room.clientIds.reached(this, clock)
    if (!this.#mayWrite || clock >= (room.held.stateVector.get(own) ?? 0)) return
    this.#outlet.send([stateVectorFrame(new Map([...room.held.stateVector].filter(([client]) => client !== own)))])
  }

  #receivePresence(reader: ByteReader) {
    const { room, clock } = this.#needs
    const from = reader.skipChunk()
    const payload = reader.bytes.subarray(from, reader.position())
    endOf(reader)
    const hadOwn = room.clientIds.ofMember(this) !== null
    const outcome = room.presence.receive(this, this.identity.person, payload)
    if (!outcome.ok) return this.#refuse('badMessage', outcome.reason)
    if (!hadOwn) this.#compareOwnClock()
    if (outcome.frame === null) return
    this.#presenceRate ??= createBucket(PRESENCE_RATE, clock)
    const wait = outcome.isGoodbye ? 0 : this.#presenceRate.wait(0)
    if (wait > 0) this.#cancelMention ??= clock.after(wait, () => this.#mentionOwn())
    else this.#mentionToOthers(outcome.frame)
  }
  #mentionOwn() {
    const frame = this.#needs.room.presence.said(this)
    if (frame !== null) this.#mentionToOthers(frame)
  }
  #mentionToOthers(frame: Frame) {
    this.#cancelMention?.()
    this.#cancelMention = null
    this.#presenceRate?.take(0)
    for (const other of this.#needs.room.members) if (other !== this) other.mention(frame)
  }
}

const PRESENCE_RATE = {
  messages: PRESENCE.everySecond,
  burst: PRESENCE.everySecond,
  bytes: Number.MAX_VALUE,
  burstBytes: Number.MAX_VALUE,
}

const isLarge = (update: Uint8Array, { structs, inserts, firstSets }: Scan, { held }: Room): boolean =>
  update.length > LARGE.bytes ||
  structs > LARGE.structs ||
  (inserts.length > LARGE.newClients &&
    inserts.filter(({ client }) => !held.stateVector.has(client)).length > LARGE.newClients) ||
  (firstSets.length > LARGE.firstSetsOfOneKey && mostOfOne(firstSets) > LARGE.firstSetsOfOneKey)

const endOf = (reader: ByteReader): void => {
  if (reader.left() > 0) throw new Refusal('trailing', `${reader.left()} bytes follow its end`)
}

const mostOfOne = (numbers: readonly number[]): number => {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  return Math.max(...counts.values())
}
