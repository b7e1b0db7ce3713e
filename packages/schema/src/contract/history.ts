import { z } from 'zod'
import * as changes from '../changes.ts'
import { LocalId } from '../ids.ts'

/** A place in the log of a dispatch: after this entry. 0 is before the first. */
export const Seq = z.int().min(0)

/** `name` null: nobody the server still knows. */
export const Author = z.strictObject({ id: z.string(), name: z.string().nullable() })
export type Author = z.infer<typeof Author>

/**
 * A sitting of one person: what they wrote without a pause of five minutes, for an hour at most, whoever else wrote meanwhile. Of
 * two who type at once each has one session, so entries `from` to `to` may hold others' work too; no two sessions have the same
 * `to`. A diff from `from` - 1 to `to` has all of it, with authors. Any moment at the end of a session can be shown again.
 */
export const Session = z.strictObject({
  from: Seq,
  to: Seq,
  begunAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  author: Author,
  /** Characters written and erased, formatting and structure counted as one each; what a page said again as it came back, once. */
  written: z.int().min(0),
  erased: z.int().min(0),
})
export type Session = z.infer<typeof Session>

/** A moment that somebody gave a name to. */
export const NamedMoment = z.strictObject({
  id: LocalId,
  seq: Seq,
  /** When its last entry was committed. */
  at: z.iso.datetime(),
  name: z.string().min(1).max(120),
  by: Author,
  namedAt: z.iso.datetime(),
})
export type NamedMoment = z.infer<typeof NamedMoment>

/**
 * Changes between two moments, with whose writing since the one moment stands at the other, and who took away what stood, in the
 * order in which they began. What came and went in between is nobody's.
 */
const authors = z.array(Author)

export const BlockChange = z.strictObject({ ...changes.BlockChange.shape, authors })
export type BlockChange = z.infer<typeof BlockChange>

export const FieldChange = z.strictObject({ ...changes.FieldChange.shape, authors })
export type FieldChange = z.infer<typeof FieldChange>

export const SourceChange = z.strictObject({ ...changes.SourceChange.shape, authors })
export type SourceChange = z.infer<typeof SourceChange>

/**
 * From the moment after entry `from` to the moment after entry `to`, in the order of the script; a block that shows no more stands
 * behind what it followed. `from` and `to` may be earlier than asked for: where a log keeps several entries as one.
 */
export const Diff = z.strictObject({
  from: Seq,
  to: Seq,
  fields: z.array(FieldChange),
  blocks: z.array(BlockChange),
  sources: z.array(SourceChange),
})
export type Diff = z.infer<typeof Diff>
