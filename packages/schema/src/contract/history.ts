import { z } from 'zod'
import { LocalId } from '../ids.ts'
import { Block, Source } from '../snapshot.ts'

/** A place in the log of a dispatch: after this entry. 0 is before the first. */
export const Seq = z.int().min(0)

/** `name` null: nobody the server still knows. */
export const Author = z.strictObject({ id: z.string(), name: z.string().nullable() })
export type Author = z.infer<typeof Author>

/** What one person wrote in one go: entries `from` to `to`. Any moment at the end of a session can be shown again. */
export const Session = z.strictObject({
  from: Seq,
  to: Seq,
  begunAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  author: Author,
  /** Characters written and erased, formatting and structure counted as one each. */
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
 * What became of one block between two moments. `before` null: it did not show. `after` null: it shows no more.
 * `moved`: it stands after another block than before, beyond what others' coming and going explains.
 */
export const BlockChange = z.strictObject({
  id: LocalId,
  before: Block.nullable(),
  after: Block.nullable(),
  moved: z.boolean(),
  /** The block it follows by now (or followed, when it shows no more); null: it is (was) the first. */
  follows: LocalId.nullable(),
  authors: z.array(Author),
})
export type BlockChange = z.infer<typeof BlockChange>

/** One field beside the body, by its name in the snapshot; values are as there. Speakers are among them, as a whole. */
export const FieldChange = z.strictObject({ field: z.string(), before: z.json(), after: z.json(), authors: z.array(Author) })
export type FieldChange = z.infer<typeof FieldChange>

export const SourceChange = z.strictObject({
  id: LocalId,
  before: Source.nullable(),
  after: Source.nullable(),
  authors: z.array(Author),
})
export type SourceChange = z.infer<typeof SourceChange>

/** From the moment after entry `from` to the moment after entry `to`, in the order of the script. */
export const Diff = z.strictObject({
  from: Seq,
  to: Seq,
  fields: z.array(FieldChange),
  blocks: z.array(BlockChange),
  sources: z.array(SourceChange),
})
export type Diff = z.infer<typeof Diff>
