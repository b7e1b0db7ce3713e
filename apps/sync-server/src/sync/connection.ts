import { may } from '@stet/schema/contract/people'
import { CloseCode, type CloseName, type Heard, MessageType } from '@stet/schema/contract/sync'
import type { WebSocket } from 'ws'
import type { Identity } from '../access/access.ts'
import type { Clock } from '../clock.ts'
import type { Member, Room, Submission } from '../rooms/room.ts'
import { type Bucket, createBucket } from './bucket.ts'
import { type ByteReader, createByteReader, Refusal } from './byte-reader.ts'
import { epochFrame, type Frame, SyncStep, savedFrame, stateVectorFrame } from './frames.ts'
import { createIntake } from './intake.ts'
import { LARGE, PRESENCE } from './limits.ts'
import { createOutlet } from './outlet.ts'
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
export const createConnection = (needs: Needs): Connection => {
  const { socket, room, identity, wantsEpoch, heard, clock, rates, inspect, onRefused } = needs
  const { person } = identity
  const mayWrite = may(person.role, 'write')
  let contentCount = 0
  let saved = 0
  let wantsSaved = false
  let closed = false
  let asked: { readonly savedUpTo: number; readonly until: number; cancel: (() => void) | null } | null = null
  /** The state vector of the last step 1, until it is known which client id is this connection's own. */
  let stated: Uint8Array | null = null
  let after = heard !== null && heard.epoch === room.epoch?.epoch ? heard.seq : 0

  const close = (code: number, reason: string) => {
    if (closed) return
    closed = true
    intake.stop()
    outlet.stop()
    socket.close(code, reason.slice(0, 120))
  }
  const refuse = (closing: CloseName, reason: string) => {
    if (closed) return
    onRefused(CloseCode[closing], reason)
    close(CloseCode[closing], reason)
  }
  const outlet = createOutlet({
    socket,
    clock,
    room,
    onCaughtUp: () => sendEveryone(),
    onTooSlow: () => {
      if (closed) return
      closed = true
      intake.stop()
      onRefused(CloseCode.tooSlow, 'the reader does not keep up')
      socket.terminate()
    },
  })
  const intake = createIntake({
    socket,
    clock,
    ...rates,
    handle: (data) => handle(data),
    onTooMany: () => refuse('tooMany', 'too many messages; connect again and send all you have in one step 2'),
  })
  const member: Member = {
    relay: outlet.relay,
    mention: outlet.mention,
    saved: (count) => {
      saved = count
      if (wantsSaved) outlet.send([savedFrame(count, outlet.heard())])
    },
    notSaved: (reason) => close(CloseCode.notSaved, `not saved: ${reason}; your changes stay with you until it can`),
  }

  const receiveContent = (step: number, update: Uint8Array) => {
    contentCount += 1
    takeContent(step, update, contentCount, clock.now() + OWNER_TIME)
  }
  const takeContent = (step: number, update: Uint8Array, count: number, ownersUntil: number) => {
    const scan = scanUpdate(update, room.held)
    if (!scan.ok) {
      if (scan.fault === 'missing') return askForMissing(count, scan.reason)
      return refuse('badMessage', `not a sound update: ${scan.reason}`)
    }
    if (scan.breach !== null) return refuse('badMessage', `not an update of a dispatch: ${scan.breach}`)
    const isNews = room.held.isNews(scan)
    if (isNews && !mayWrite) {
      // A reader's step 2 repeats deletions it has heard of; those it only seems to make are not taken either.
      if (step !== SyncStep.two || room.held.hasNewStructs(scan))
        return refuse('readOnly', 'you may read this dispatch but not change it')
    }
    const submit = (news: Submission['news']) => room.submit({ sender: member, count: acknowledgeable(step, count), news })
    if (!mayWrite) return submit(null)
    if (isNews && room.damage !== null)
      return refuse('damaged', 'this dispatch is damaged on the server: it can be read, not changed, until it is repaired')
    const foreign = scan.inserts.find(({ client, clock, length }) => !mayBring(client, clock + length))
    if (foreign !== undefined) {
      if (clock.now() >= ownersUntil)
        return refuse('idInUse', `client id ${foreign.client} belongs to another connection, which has not written that far`)
      const release = intake.hold()
      cancelOwnerWait = clock.after(OWNER_LOOK, () => {
        takeContent(step, update, count, ownersUntil)
        release()
      })
      return
    }
    const repeats = repeatsOfOwn(scan)
    // A copy: the bytes lie in a larger piece of what the socket read, which would be kept, and cloned for the log, with them.
    const news = isNews ? { update: new Uint8Array(update), scan, author: person.id } : null
    if (repeats === null && !(isNews && isLarge(update, scan))) return submit(news)
    const release = intake.hold()
    void inspect(room, update, repeats).then((verdict) => {
      if (closed) return
      if (!verdict.ok) return refuse(verdict.closing, verdict.reason)
      submit(news)
      release()
    })
  }
  /**
   * Two tabs tell each other without the server, so what one writes may rest on what the other has yet to send. The client is
   * asked for all it has that the room has not; until this step 2 is here, nothing from the first such message on counts as
   * saved.
   */
  const askForMissing = (count: number, reason: string) => {
    asked ??= { savedUpTo: count - 1, until: clock.now() + ANSWER_TIME, cancel: null }
    if (asked.cancel !== null) return
    if (clock.now() >= asked.until)
      return refuse('notSaved', `something is missing here: ${reason}; connect again and send all you have`)
    outlet.send([stateVectorFrame(room.held.stateVector)])
    // A tab that has just opened may not have heard all from the other itself.
    asked.cancel = clock.after(ASK_AGAIN, () => {
      if (asked === null) return
      asked.cancel = null
      askForMissing(count, reason)
    })
  }
  const acknowledgeable = (step: number, count: number): number => {
    if (asked === null) return count
    if (step !== SyncStep.two) return asked.savedUpTo
    asked.cancel?.()
    asked = null
    return count
  }

  /** Clients that also reach each other by other ways bring an owner's words here before the owner does. */
  let cancelOwnerWait = () => {}
  const mayBring = (client: number, end: number): boolean =>
    end <= (room.held.stateVector.get(client) ?? 0) || room.clientIds.mayBring(member, person, client, end)

  /**
   * Under its own id a connection says each thing once: what it says again is the same, after a lost acknowledgement, or
   * two pages write under one id. A worker finds out. Also notes how far the owner has come.
   */
  const repeatsOfOwn = ({ inserts }: Scan): number | null => {
    const own = room.clientIds.ofMember(member)
    if (own === null) return null
    for (const { client, clock, length } of inserts) {
      if (client !== own) continue
      room.clientIds.reached(member, clock + length)
      return clock < (room.held.stateVector.get(own) ?? 0) ? own : null
    }
    return null
  }
  const isLarge = (update: Uint8Array, { structs, inserts, firstSets }: Scan): boolean =>
    update.length > LARGE.bytes ||
    structs > LARGE.structs ||
    (inserts.length > LARGE.newClients &&
      inserts.filter(({ client }) => !room.held.stateVector.has(client)).length > LARGE.newClients) ||
    (firstSets.length > LARGE.firstSetsOfOneKey && mostOfOne(firstSets) > LARGE.firstSetsOfOneKey)

  const receiveSync = (reader: ByteReader) => {
    const step = reader.varUint()
    const from = reader.skipChunk()
    const payload = reader.bytes.subarray(from, reader.position())
    endOf(reader)
    if (step === SyncStep.one) {
      stated = payload
      compareOwnClock()
      // Once only: who asks again wants the whole.
      outlet.handOut(after)
      after = 0
    } else if (step === SyncStep.two || step === SyncStep.update) receiveContent(step, payload)
    else refuse('badMessage', `there is no sync message ${step}`)
  }

  /**
   * A connection cannot hold less under its own id than the room does, unless somebody else has written under it, or another
   * of the same person's tabs was quicker to bring it. It is asked for all it has under that id, and a worker compares.
   */
  const compareOwnClock = () => {
    const own = room.clientIds.ofMember(member)
    if (stated === null) return
    const clock = clockIn(stated, own)
    if (own === null) return
    stated = null
    room.clientIds.reached(member, clock)
    if (!mayWrite || clock >= (room.held.stateVector.get(own) ?? 0)) return
    outlet.send([stateVectorFrame(new Map([...room.held.stateVector].filter(([client]) => client !== own)))])
  }

  let cancelMention: (() => void) | null = null
  const presenceRate = createBucket(
    { messages: PRESENCE.everySecond, burst: PRESENCE.everySecond, bytes: Number.MAX_VALUE, burstBytes: Number.MAX_VALUE },
    clock,
  )
  const receivePresence = (reader: ByteReader) => {
    const from = reader.skipChunk()
    const payload = reader.bytes.subarray(from, reader.position())
    endOf(reader)
    const hadOwn = room.clientIds.ofMember(member) !== null
    const outcome = room.presence.receive(member, person, payload)
    if (!outcome.ok) return refuse('badMessage', outcome.reason)
    if (!hadOwn) compareOwnClock()
    if (outcome.frame === null) return
    const wait = outcome.isGoodbye ? 0 : presenceRate.wait(0)
    if (wait > 0) cancelMention ??= clock.after(wait, mentionOwn)
    else mentionToOthers(outcome.frame)
  }
  const mentionOwn = () => {
    const frame = room.presence.said(member)
    if (frame !== null) mentionToOthers(frame)
  }
  const mentionToOthers = (frame: Frame) => {
    cancelMention?.()
    cancelMention = null
    presenceRate.take(0)
    for (const other of room.members) if (other !== member) other.mention(frame)
  }

  const handle = (data: Uint8Array) => {
    if (closed) return
    try {
      const reader = createByteReader(data)
      const type = reader.varUint()
      if (type === MessageType.sync) receiveSync(reader)
      else if (type === MessageType.awareness) receivePresence(reader)
      else if (type === MessageType.queryAwareness) {
        endOf(reader)
        sendEveryone()
      } else if (type === MessageType.saved) {
        endOf(reader)
        wantsSaved = true
        outlet.send([savedFrame(saved, outlet.heard())])
      } else refuse('badMessage', `there is no message type ${type}`)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refuse('badMessage', `the message cannot be read: ${error.message}`)
    }
  }
  const sendEveryone = () => {
    const everyone = room.presence.everyone()
    if (everyone !== null) outlet.send([everyone])
  }

  room.join(member)
  // Before anything that a client would answer with its content.
  if (wantsEpoch) outlet.send([epochFrame(room)])
  outlet.send([stateVectorFrame(room.held.stateVector)])
  sendEveryone()

  return {
    identity,
    receive: (data, isBinary) => {
      if (closed) return
      if (isBinary) intake.receive(data)
      else refuse('badMessage', 'messages are binary')
    },
    left: () => {
      closed = true
      intake.stop()
      outlet.stop()
      cancelMention?.()
      cancelOwnerWait()
      asked?.cancel?.()
      room.leave(member)
      const goodbye = room.presence.leave(member)
      if (goodbye !== null) for (const other of room.members) other.mention(goodbye)
      room.clientIds.leave(member)
    },
    close,
  }
}

const endOf = (reader: ByteReader): void => {
  if (reader.left() > 0) throw new Refusal('trailing', `${reader.left()} bytes follow its end`)
}

const mostOfOne = (numbers: readonly number[]): number => {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  return Math.max(...counts.values())
}
