/**
 * The truth: for each room a dense sequence of entries, 1, 2, 3 ... Nothing is acknowledged or shown to
 * anyone before `append` has resolved, so `append` resolves only when the entries would survive a power cut.
 */
export type LogEntry = { readonly update: Uint8Array; readonly author: string }

/** `at` is milliseconds since 1970, when the entry was committed. */
export type LogRow = { readonly seq: number; readonly at: number; readonly author: string; readonly update: Uint8Array }

/** Binary state standing for every entry with seq <= `seq`. */
export type Checkpoint = { readonly seq: number; readonly state: Uint8Array; readonly stateVector: Uint8Array }

export type RoomHead = { readonly room: string; readonly seq: number; readonly at: number }

/** `full`: no space left. `broken`: anything else; the message is for the operator. */
export type LogFault = { readonly ok: false; readonly fault: 'full' | 'broken' | 'closed'; readonly message: string }

export type AppendOutcome = { readonly ok: true; readonly seq: number; readonly at: number } | LogFault
export type CreateOutcome = { readonly ok: true; readonly created: boolean } | LogFault

export type UpdateLog = {
  /** Resolves with the seq of the last entry, after commit and fsync. Calls take effect in the order made. */
  readonly append: (room: string, entries: readonly LogEntry[]) => Promise<AppendOutcome>
  /** Appends the first entry of a room; does nothing when the room has entries already. */
  readonly create: (room: string, entry: LogEntry) => Promise<CreateOutcome>
  /** The entries with seq > `after`, in order. Rejects with `DamagedLog` when a row is not what was written. */
  readonly read: (room: string, after: number) => Promise<LogRow[]>
  readonly head: (room: string) => Promise<RoomHead | null>
  readonly heads: () => Promise<RoomHead[]>
  readonly checkpoint: (room: string) => Promise<Checkpoint | null>
  /** Keeps the newest; one that is older than the stored one is dropped. Entries stay. */
  readonly storeCheckpoint: (room: string, checkpoint: Checkpoint) => Promise<void>
  /** Whether an entry could be written now, proved by a real write. */
  readonly canAppend: () => Promise<boolean>
  /** Finishes what was asked before, then closes. */
  readonly close: () => Promise<void>
}

export class DamagedLog extends Error {
  override readonly name = 'DamagedLog'
}
