import type { BlockChange, FieldChange, SourceChange } from '@stet/schema/contract/history'
import type { Problem } from '@stet/schema/finding'
import type { DispatchId } from '@stet/schema/ids'
import type { MetaFields } from '@stet/schema/layout/open-dispatch'
import type { SnapshotOutcome } from '@stet/schema/layout/take-snapshot'
import type { RecordedSpeech } from '@stet/schema/pace'
import type { Content, Snapshot } from '@stet/schema/snapshot'

/** A room as the log holds it: a checkpoint and the updates after it. */
export type StoredState = { readonly checkpoint: Uint8Array | null; readonly updates: readonly Uint8Array[] }

export type Listed = Pick<Snapshot, 'kind' | 'number' | 'date' | 'title'> & {
  readonly sha256: string
  readonly speech: RecordedSpeech[]
}

/**
 * Entries of a log, packed, since a thread takes one buffer at once and a hundred thousand slowly: their updates one after
 * another, and of each its length and its author.
 */
export type RawPage = {
  readonly updates: Uint8Array
  readonly lengths: Uint32Array
  /** A place in `names`. */
  readonly authors: Uint32Array
  readonly names: readonly string[]
}

/** As `Diff` of the contract, authors by id alone. */
type ByIds<T extends { authors: unknown }> = Omit<T, 'authors'> & { authors: string[] }
export type DiffOutcome =
  | { ok: true; fields: ByIds<FieldChange>[]; blocks: ByIds<BlockChange>[]; sources: ByIds<SourceChange>[] }
  /** The dispatch was not sound at that end. */
  | { ok: false; end: 'from' | 'to'; problems: Problem[] }

/** All work that needs a Yjs replica. It is done in worker threads: the main thread never builds structs. */
export type Jobs = {
  readonly snapshot: (input: { state: StoredState; id: DispatchId }) => SnapshotOutcome
  /** What a list shows of a dispatch, and what it teaches the others; null while it is no valid snapshot. */
  readonly listing: (input: { state: StoredState; id: DispatchId }) => Listed | null
  /** The dispatch after these entries, which are all from the first on. */
  readonly moment: (input: { pages: readonly RawPage[]; id: DispatchId }) => SnapshotOutcome
  /** What the entries `since` made of what stood after those `before`, which are all from the first on. */
  readonly diff: (input: { before: readonly RawPage[]; since: readonly RawPage[]; id: DispatchId }) => DiffOutcome
  /** How many characters each entry wrote and erased; formatting and structure count as one each. All from the first on. */
  readonly tally: (input: { pages: readonly RawPage[] }) => { written: Uint32Array; erased: Uint32Array }
  /** The update that writes these fields into a dispatch. */
  readonly writeMeta: (input: { state: StoredState; fields: Partial<MetaFields> }) => Uint8Array
  readonly writeContent: (input: { content: Content }) => Uint8Array
  /** One state standing for all of it, with what was deleted collected; and what it holds by clocks (`held.ts`). */
  readonly compact: (input: { state: StoredState }) => { state: Uint8Array; holdings: Uint8Array }
  /**
   * Whether a replica takes the update whole, with observers that look deep, as an editor has them; and, under the client
   * id `repeats`, whether it says the same as what is stored.
   */
  readonly inspect: (
    input: { state: StoredState; update: Uint8Array; repeats: number | null },
    begin: (within: number) => void,
  ) => { sound: true } | { sound: false; fault: 'unsound' | 'clash'; reason: string }
}
export type JobName = keyof Jobs

export type JobCall = { readonly name: JobName; readonly input: unknown }
/** `begun`: so many milliseconds from here on, for what came before is no fault of the caller's. */
export type JobAnswer =
  | { readonly step: 'begun'; readonly within: number }
  | { readonly step: 'done'; readonly value: unknown }
  | { readonly step: 'failed'; readonly message: string }
