import { settleRemoval } from '@stet/schema/layout/removed-blocks'
import { type CommandContext, structural } from './command-context.ts'

/** Puts a removed block back where it stood, the caret at its start. */
export const putBack = (context: CommandContext, block: string): boolean =>
  structural(
    context,
    () => context.binding.body.restore(block, context.signature.origin),
    () => ({ block, offset: 0 }),
  )

/** Leaves a block removed though its words have changed, for everyone. */
export const leaveRemoved = (context: CommandContext, block: string): boolean =>
  structural(context, () => settleRemoval(context.binding.body, block, context.signature.mark(), context.signature.origin))
