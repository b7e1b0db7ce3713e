import { z } from 'zod'
import { LocalId } from './ids.ts'
import { Block, Source } from './snapshot.ts'

/** What became of a dispatch between two snapshots of it, each thing that is another by now and nothing else. */

/** One field beside the body, by its name in the snapshot; values are as there. Speakers are among them, as a whole. */
export const FieldChange = z.strictObject({ field: z.string(), before: z.json(), after: z.json() })
export type FieldChange = z.infer<typeof FieldChange>

/**
 * What became of one block. `before` null: it did not show. `after` null: it shows no more.
 * `moved`: it stands after another block than before, beyond what others' coming and going explains.
 */
export const BlockChange = z.strictObject({
  id: LocalId,
  before: Block.nullable(),
  after: Block.nullable(),
  moved: z.boolean(),
  /** The block it follows by now (or followed, when it shows no more); null: it is (was) the first. */
  follows: LocalId.nullable(),
})
export type BlockChange = z.infer<typeof BlockChange>

export const SourceChange = z.strictObject({ id: LocalId, before: Source.nullable(), after: Source.nullable() })
export type SourceChange = z.infer<typeof SourceChange>

/** In the order of the script; a block that shows no more stands behind what it followed. */
export const Changes = z.strictObject({
  fields: z.array(FieldChange),
  blocks: z.array(BlockChange),
  sources: z.array(SourceChange),
})
export type Changes = z.infer<typeof Changes>
