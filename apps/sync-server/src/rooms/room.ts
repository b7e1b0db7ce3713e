import type { Checkpoint, Damage, Epoch, LogFault, Stored, UpdateLog } from '../log/update-log.ts'
import { type ClientIds, createClientIds } from '../sync/client-ids.ts'
import { endOfStateFrame, type Frame, updateFrame } from '../sync/frames.ts'
import { createHeld, type Held } from '../sync/held.ts'
import { joinUpdates, type Piece } from '../sync/join-updates.ts'
import { createPresence, type Presence } from '../sync/presence.ts'
import { type Scan, scanUpdate } from '../sync/scan-update.ts'

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
  /** Resolves when nothing submitted waits for its commit. */
  readonly drained: () => Promise<void>
}

export type RoomEvents = {
  readonly onCommitted: (room: Room) => void
  readonly onFailed: (room: Room, fault: LogFault) => void
}

/** A room is bytes: a checkpoint, the entries after it, what they hold by clocks, and the connections. */
export const createRoom = (
  { id, epoch, stored }: { readonly id: string; readonly epoch: Epoch | null; readonly stored: Stored },
  log: UpdateLog,
  events: RoomEvents,
): Room => {
  const held = createHeld(stored.checkpoint?.holdings)
  const clientIds = createClientIds<Member>()
  const members = new Set<Member>()
  let checkpointFrame: Frame | null = null
  /** The newest entries, one by one: all after the checkpoint, and some before it for who comes back soon. */
  let tail: { readonly seq: number; readonly piece: Piece }[] = []
  /** What a newcomer gets; null when it is to be made anew. */
  let handOutToNewcomer: Frame[] | null = null
  let checkpointSeq = stored.checkpoint?.seq ?? 0
  let lastSeq = stored.rows.at(-1)?.seq ?? checkpointSeq
  let waiting: Submission[] = []
  let committing: Promise<void> | null = null
  let failed = false

  if (stored.checkpoint !== null) checkpointFrame = updateFrame(stored.checkpoint.state)
  for (const { seq, update } of stored.rows) tail.push({ seq, piece: holdStored(id, held, update) })

  const commitAll = async (): Promise<void> => {
    // Never done before `committing` holds this very promise; and what one tick submits goes together.
    await null
    while (waiting.length > 0 && !failed) {
      const batch = waiting
      waiting = []
      const news = batch.flatMap((submission) =>
        submission.news === null ? [] : [{ sender: submission.sender, ...submission.news }],
      )
      if (news.length > 0) {
        const outcome = await log.append(
          id,
          news.map(({ update, author }) => ({ update, author })),
        )
        if (!outcome.ok) return fail(outcome)
        const pieces = news.map(({ sender, update, scan }) => ({ sender, piece: pieceOf(update, scan) }))
        for (const { piece } of pieces) tail.push({ seq: ++lastSeq, piece })
        handOutToNewcomer = null
        fanOut(pieces)
      }
      for (const [sender, count] of new Map(batch.map((submission) => [submission.sender, submission.count]))) sender.saved(count)
      if (news.length > 0) events.onCommitted(room)
    }
    committing = null
  }
  const fanOut = (sent: readonly { readonly sender: Member; readonly piece: Piece }[]) => {
    const senders = new Set(sent.map(({ sender }) => sender))
    const forAll = framesOf(
      sent.map(({ piece }) => piece),
      lastSeq,
    )
    for (const member of members)
      member.relay(
        senders.has(member)
          ? framesOf(
              sent.flatMap(({ sender, piece }) => (sender === member ? [] : [piece])),
              lastSeq,
            )
          : forAll,
        lastSeq,
      )
  }
  const piecesAfter = (after: number): Piece[] => tail.filter(({ seq }) => seq > after).map(({ piece }) => piece)
  const fail = (fault: LogFault) => {
    failed = true
    committing = null
    events.onFailed(room, fault)
    for (const member of [...members]) member.notSaved(WHY_NOT_SAVED[fault.fault])
  }

  const room: Room = {
    id,
    epoch,
    damage: stored.damage,
    held,
    clientIds,
    presence: createPresence(clientIds),
    members,
    join: (member) => members.add(member),
    leave: (member) => members.delete(member),
    handOut: (after = 0) => {
      const firstKept = tail[0]?.seq ?? lastSeq + 1
      if (after > 0 && after <= lastSeq && after + 1 >= firstKept)
        return [...framesOf(piecesAfter(after)), endOfStateFrame(lastSeq)]
      handOutToNewcomer ??= [
        ...(checkpointFrame === null ? [] : [checkpointFrame]),
        ...framesOf(piecesAfter(checkpointSeq)),
        endOfStateFrame(lastSeq),
      ]
      return handOutToNewcomer
    },
    seq: () => lastSeq,
    submit: (submission) => {
      if (failed) return
      if (submission.news !== null) held.add(submission.news.scan)
      waiting.push(submission)
      committing ??= commitAll()
    },
    tailLength: () => lastSeq - checkpointSeq,
    replaceCheckpoint: ({ seq, state }) => {
      checkpointFrame = updateFrame(state)
      checkpointSeq = seq
      tail = tail.filter((entry) => entry.seq > Math.min(seq, lastSeq - REMEMBERED))
      handOutToNewcomer = null
    },
    drained: async () => {
      while (committing !== null) await committing
    },
  }
  return room
}

const WHY_NOT_SAVED: Record<LogFault['fault'], string> = {
  full: 'the server has no space left',
  damaged: 'this dispatch is damaged on the server',
  broken: 'the server could not store it',
  closed: 'the server is going down',
}

/** Entries that are kept beside the checkpoint that holds them. */
const REMEMBERED = 256

/** The last one says how far the reader has come with it. */
const framesOf = (pieces: readonly Piece[], seq: number | null = null): Frame[] =>
  joinUpdates(pieces).map(({ update }, index, all) => updateFrame(update, index === all.length - 1 ? seq : null))

const pieceOf = (update: Uint8Array, { inserts, deletions, isSeamless }: Scan): Piece => ({
  update,
  inserts,
  deletions,
  isSeamless,
})

/** What is stored has been through the gate before; what does not fit now is damage. */
const holdStored = (id: string, held: Held, update: Uint8Array): Piece => {
  const scan = scanUpdate(update, held)
  if (!scan.ok) throw new Error(`room ${id}: a stored update cannot be read: ${scan.reason}`)
  held.add(scan)
  return pieceOf(update, scan)
}
