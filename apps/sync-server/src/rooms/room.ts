import type { Checkpoint, Damage, Epoch, LogFault, Stored, UpdateLog } from '../log/update-log.ts'
import { type ClientIds, createClientIds } from '../sync/client-ids.ts'
import { endOfStateFrame, type Frame, updateFrame } from '../sync/frames.ts'
import { createHeld, type Held } from '../sync/held.ts'
import { createPresence, type Presence } from '../sync/presence.ts'
import { type Scan, scanUpdate } from '../sync/scan-update.ts'

/** A connection as its room sees it. */
export type Member = {
  /** Entries committed by others, up to `seq`. */
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
  /** Frames that bring a newcomer, or one who has all entries up to `after`, up to what is committed. */
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
  const held = createHeld()
  const clientIds = createClientIds<Member>()
  const members = new Set<Member>()
  let checkpointFrame: Frame | null = null
  let tail: { readonly seq: number; readonly frame: Frame }[] = []
  let checkpointSeq = stored.checkpoint?.seq ?? 0
  let lastSeq = stored.rows.at(-1)?.seq ?? checkpointSeq
  let waiting: Submission[] = []
  let committing: Promise<void> | null = null
  let failed = false

  if (stored.checkpoint !== null) {
    checkpointFrame = updateFrame(stored.checkpoint.state)
    holdStored(id, held, stored.checkpoint.state)
  }
  for (const { seq, update } of stored.rows) {
    tail.push({ seq, frame: updateFrame(update) })
    holdStored(id, held, update)
  }

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
        const first = outcome.seq - news.length + 1
        const frames = news.map(({ update, sender }, index) => ({ sender, seq: first + index, frame: updateFrame(update) }))
        tail.push(...frames.map(({ seq, frame }) => ({ seq, frame })))
        lastSeq = outcome.seq
        fanOut(frames)
      }
      for (const [sender, count] of new Map(batch.map((submission) => [submission.sender, submission.count]))) sender.saved(count)
      if (news.length > 0) events.onCommitted(room)
    }
    committing = null
  }
  const fanOut = (sent: readonly { readonly sender: Member; readonly frame: Frame }[]) => {
    const senders = new Set(sent.map(({ sender }) => sender))
    const all = sent.map(({ frame }) => frame)
    for (const member of members) {
      const frames = senders.has(member) ? sent.filter(({ sender }) => sender !== member).map(({ frame }) => frame) : all
      if (frames.length > 0) member.relay(frames, lastSeq)
    }
  }
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
    handOut: (after = 0) => [
      ...(checkpointFrame === null || after >= checkpointSeq ? [] : [checkpointFrame]),
      ...tail.filter(({ seq }) => seq > after).map(({ frame }) => frame),
      endOfStateFrame,
    ],
    seq: () => lastSeq,
    submit: (submission) => {
      if (failed) return
      if (submission.news !== null) held.add(submission.news.scan)
      waiting.push(submission)
      committing ??= commitAll()
    },
    tailLength: () => tail.length,
    replaceCheckpoint: ({ seq, state }) => {
      checkpointFrame = updateFrame(state)
      checkpointSeq = seq
      tail = tail.filter((entry) => entry.seq > seq)
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

/** What is stored has been through the gate before; what does not fit now is damage. */
const holdStored = (id: string, held: Held, update: Uint8Array): void => {
  const scan = scanUpdate(update, held)
  if (!scan.ok) throw new Error(`room ${id}: a stored update cannot be read: ${scan.reason}`)
  held.add(scan)
}
