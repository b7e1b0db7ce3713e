/**
 * The truth: for each room a dense sequence of entries, 1, 2, 3 ... Nothing is acknowledged or shown to
 * anyone before `append` has resolved, so `append` resolves only when the entries would survive a power cut.
 */
export type LogEntry = { readonly update: Uint8Array; readonly author: string }

/** `at` is milliseconds since 1970, when the entry was committed. */
export type LogRow = { readonly seq: number; readonly at: number; readonly author: string; readonly update: Uint8Array }

/** Binary state standing for every entry with seq <= `seq`. */
export type Checkpoint = { readonly seq: number; readonly state: Uint8Array; readonly holdings: Uint8Array }

/**
 * Which dispatch a room is, and since when it has not gone back. A room made anew under an old id is of another lineage:
 * what was written to the old one must not be merged into it. A room that was restored or repaired is of the same
 * lineage and another epoch: it may lack what others still hold, and they may give it back.
 */
export type Epoch = { readonly lineage: string; readonly epoch: string }

/** `epoch` is null where nothing of it can be read any more; its `epoch` is empty where the lineage is all that is known. */
export type RoomHead = { readonly room: string; readonly seq: number; readonly at: number; readonly epoch: Epoch | null }

/** What is wrong with a room; `seq` is the first entry concerned. The message is for the operator. */
export type Damage = {
  readonly seq: number
  /** `lost`: not there any more. `altered`: not what was written. `unreadable`: the storage cannot read it. */
  readonly kind: 'lost' | 'altered' | 'unreadable'
  readonly message: string
}

/** What a room rests on. With `damage` it is the last sound state, and nothing can be appended. */
export type Stored = {
  readonly checkpoint: Checkpoint | null
  readonly rows: readonly LogRow[]
  readonly damage: Damage | null
}

/** `full`: no space left. `damaged`: this room alone takes nothing more. `broken`: anything else; the message is for the operator. */
export type LogFault = {
  readonly ok: false
  readonly fault: 'full' | 'damaged' | 'broken' | 'closed'
  readonly message: string
}

export type AppendOutcome = { readonly ok: true; readonly seq: number; readonly at: number } | LogFault
export type CreateOutcome = { readonly ok: true; readonly created: boolean } | LogFault

export type UpdateLog = {
  /** Resolves with the seq of the last entry, after commit and fsync. Calls take effect in the order made. */
  readonly append: (room: string, entries: readonly LogEntry[]) => Promise<AppendOutcome>
  /** Appends the first entry of a room; does nothing when the room has entries already. `lineage` is of a room that was lost. */
  readonly create: (room: string, entry: LogEntry, lineage?: string) => Promise<CreateOutcome>
  /**
   * The entries with seq > `after`, and <= `upTo` where it is given, in order. Rejects with `DamagedLog` when one of them is not
   * what was written; what is damaged beyond `upTo` does not matter.
   */
  readonly read: (room: string, after: number, upTo?: number) => Promise<LogRow[]>
  /** The newest sound checkpoint and the entries after it, as far as they are sound. */
  readonly load: (room: string) => Promise<Stored>
  readonly head: (room: string) => Promise<RoomHead | null>
  readonly heads: () => Promise<RoomHead[]>
  readonly checkpoint: (room: string) => Promise<Checkpoint | null>
  /** Keeps the newest; one that is older than the stored one is dropped. Every entry can still be read. */
  readonly storeCheckpoint: (room: string, checkpoint: Checkpoint) => Promise<void>
  /** Whether an entry could be written now, proved by a real write. */
  readonly canAppend: () => Promise<boolean>
  /** Resolves with the reason when the storage has failed in a way after which no commit could be believed. */
  readonly failed: Promise<string>
  /** Finishes what was asked before, then closes. */
  readonly close: () => Promise<void>
}

export class DamagedLog extends Error {
  override readonly name = 'DamagedLog'
}
